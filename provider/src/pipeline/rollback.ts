import { isPlatformError } from "../cognigy/errors.js";
import { backoff } from "../cognigy/http/backoff.js";
import { unlessRefused } from "../release/failure.js";
import type { Version } from "../release/inputs.js";
import { attemptIn } from "./attempt.js";
import { lastEvent } from "./history.js";
import type { Pipeline } from "./pipeline.js";
import { recordOrTell } from "./record.js";

/** How often a rollback is sent before it is given up. */
const TRIES = 4;

/** What is taken back. */
export interface TakenBack {
    deploymentId: string;
    /** The deployment that it took the place of; left out where only the ledger may know. */
    previous?: string | undefined;
}

/** What the ledger is to say of a rollback beside the deployment and the reason. */
interface Said {
    /** Before and after. */
    details?: Record<string, unknown>;
    /** Before only: what is intended with it. */
    intended?: Record<string, unknown>;
}

/**
 * Takes a deployment back, and writes that into the ledger before and after.
 *
 * A deployment that is gone, or was rolled back already, is as good as rolled back.
 *
 * @throws PlatformError when the platform does not do it.
 */
export async function rollBack(
    pipeline: Pipeline,
    version: Version,
    { deploymentId, previous }: TakenBack,
    reason: string,
    { details = {}, intended = {} }: Said = {},
): Promise<void> {
    const told = { deployment_id: deploymentId, reason, ...details };
    await recordOrTell(pipeline, version, "rollback_intent", "started", { ...told, ...intended });
    try {
        await pipeline.trace("cognigy.rollback", { "cognigy.deployment": deploymentId }, async () =>
            send(pipeline, version.botId, reason, {
                deploymentId,
                previous: previous ?? (await previousIn(pipeline, version)),
            }),
        );
    } catch (error) {
        await recordOrTell(pipeline, version, "rollback", "failed", {
            ...told,
            error: (error as Error).message,
        });
        throw error;
    }
    await recordOrTell(pipeline, version, "rollback", "completed", told);
}

async function send(
    { platform, clock, random }: Pipeline,
    botId: string,
    reason: string,
    { deploymentId, previous }: TakenBack,
): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
        try {
            await platform.rollback(deploymentId, reason, previous);
            return;
        } catch (error) {
            if (!isPlatformError(error) || !(error.outcomeUnknown || error.kind === "conflict")) {
                throw error;
            }
            if (!(await platform.stands(botId, deploymentId))) {
                return;
            }
            if (attempt === TRIES) {
                throw error;
            }
            await clock.sleep(backoff(attempt, random()));
        }
    }
}

/** What a version took the place of, as the ledger tells: a rollback does not wait for a ledger that cannot be read. */
export async function previousIn(
    { ledger }: Pick<Pipeline, "ledger">,
    version: Version,
): Promise<string | undefined> {
    const intent = await unlessRefused(lastEvent(ledger, version, ["deployment_intent"]));
    return intent && attemptIn(intent).previousDeploymentId;
}
