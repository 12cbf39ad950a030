import { PlatformError } from "../cognigy/errors.js";
import { ReleaseError, ReleaseFailure } from "../release/failure.js";
import { nodesIn } from "../release/flow.js";
import { gatesPassed } from "../release/gates.js";
import { releaseName } from "../release/inputs.js";
import {
    type CheckedInputs,
    compact,
    foundIn,
    type ReleaseState,
    standingIn,
    stateOf,
} from "../release/state.js";
import { closeAbandoned } from "./abandoned.js";
import { type Attempt, attemptIn, contentOf, detailsOf, previousOf } from "./attempt.js";
import { GateBlocked } from "./blocked.js";
import { takeBackCutOff } from "./cut-off.js";
import { deploymentEnd, deploymentOf, freeSlot, startDeployment, tagTaken } from "./deploy.js";
import { expectNoFreeze } from "./freeze.js";
import { evidenceAt, expectUnchanged } from "./gate.js";
import { goBack } from "./going-back.js";
import { checkHealth } from "./health-check.js";
import { lastDeployed, unfinishedAttempt, unfinishedRollback, wantedBack } from "./history.js";
import { liveShare, standingAt } from "./live.js";
import { type Fault, giveUp, keep, undo } from "./outcome.js";
import { liveAlready, sameContent, settle } from "./own.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";
import { toldOfRelease } from "./told.js";
import { inTurn } from "./turn.js";

/**
 * Brings a release live, or puts everything back and says why.
 *
 * @param inputs as `check` returned them.
 * @param prior what an earlier attempt left in the state, if there was one.
 * @returns the state of a release that is live and healthy.
 * @throws ReleaseFailure with the state to keep when it did not go through.
 */
export async function release(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior?: ReleaseState,
): Promise<ReleaseState> {
    try {
        return await inTurn(pipeline, inputs.botId, async () => {
            const own = await liveAlready(pipeline, inputs, prior);
            if (own) {
                return await settle(pipeline, inputs, own);
            }
            await finishRollback(pipeline, inputs, prior);
            const attempt =
                (await goBack(pipeline, inputs)) ??
                (await resume(pipeline, inputs, prior)) ??
                (await deploy(pipeline, inputs, prior));
            return await prove(pipeline, inputs, attempt, prior);
        });
    } catch (error) {
        if (error instanceof ReleaseFailure || !(error instanceof ReleaseError)) {
            throw error;
        }
        const status = error instanceof GateBlocked ? "blocked" : "failed";
        throw new ReleaseFailure(
            error.message,
            stateOf(
                inputs,
                // A deployment of another version whose end is not known stays known.
                {
                    ...standingIn(prior),
                    ...compact({ pendingDeploymentId: prior?.pendingDeploymentId }),
                    status,
                },
                prior && foundIn(prior),
            ),
        );
    }
}

/** A rollback that an earlier run had decided on is made, or found made, and told: the release has failed. */
async function finishRollback(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<void> {
    const unfinished = await unfinishedRollback(pipeline.ledger, inputs);
    if (!unfinished || !sameContent(inputs, attemptIn(unfinished.intent).contentHash)) {
        return;
    }
    const { rollback, intent } = unfinished;
    const deploymentId = String(rollback.details.deployment_id);
    pipeline.progress(`finishing the rollback of deployment ${deploymentId} of an earlier run`);
    const [, reason, finding] = /^(\w+): (.*)$/s.exec(String(rollback.details.reason)) ?? [];
    await undo(pipeline, inputs, { deploymentId, ...attemptIn(intent) }, prior, {
        reason: reason === "deployment_timeout" ? reason : "health_check_failed",
        finding: finding ?? "an earlier run found it unfit",
        isLive: reason !== "deployment_timeout",
    });
}

/** A deployment of this very content that an earlier run began and did not see through. */
async function resume(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<Attempt | undefined> {
    const attempt = (await openIn(pipeline, inputs, prior)) ?? (await dangling(pipeline, inputs));
    if (attempt) {
        pipeline.progress(`taking up deployment ${attempt.deploymentId} of an earlier run`);
    }
    return attempt;
}

/** A deployment of which the state says that its end is not known, or that it is live without being healthy. */
async function openIn(
    { ledger }: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<Attempt | undefined> {
    if (prior?.versionTag !== inputs.versionTag || prior.contentHash !== inputs.contentHash) {
        return undefined;
    }
    const unhealthy = prior.status === "failed" && prior.liveVersionTag === prior.versionTag;
    const pending = prior.status === "in_progress" ? prior.pendingDeploymentId : undefined;
    const deploymentId = pending ?? (unhealthy ? prior.deploymentId : undefined);
    if (deploymentId === undefined) {
        return undefined;
    }
    // What was refused since has its content in the state, and what a refresh saw its version: the ledger knows whose it is.
    const written = await lastDeployed(ledger, inputs);
    const isSame =
        written?.action === "deployment_intent"
            ? !unhealthy
            : written?.details.deployment_id === deploymentId;
    if (written && !(isSame && sameContent(inputs, attemptIn(written).contentHash))) {
        return undefined;
    }
    const { contentHash, nodesCount, lastModified, previousVersionTag, previousDeploymentId } = prior;
    return { deploymentId, contentHash, nodesCount, lastModified, previousVersionTag, previousDeploymentId };
}

async function dangling(pipeline: Pipeline, inputs: CheckedInputs): Promise<Attempt | undefined> {
    const intent = await unfinishedAttempt(pipeline.ledger, inputs);
    if (!intent || !sameContent(inputs, attemptIn(intent).contentHash)) {
        return undefined;
    }
    const ours = await deploymentOf(pipeline, inputs);
    return ours && { deploymentId: ours.deploymentId, ...attemptIn(intent) };
}

/** Waits for a free slot, makes sure of the gates, and starts the deployment. */
async function deploy(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<Attempt> {
    for (;;) {
        await freeSlot(pipeline, inputs);
        await takeBackCutOff(pipeline, inputs);
        const { live, byTag } = await standingAt(pipeline, inputs);
        const taken = byTag.get(inputs.versionTag);
        if (taken) {
            throw tagTaken(inputs, taken, live);
        }
        const evidence = await evidenceAt(pipeline, inputs, inputs.contentHash);
        // Last before the deployment, for evidence takes its time: the content must still be what was validated.
        const flow = await expectUnchanged(pipeline, inputs, evidence.contentHash);
        const attempt = {
            contentHash: evidence.contentHash,
            nodesCount: nodesIn(flow),
            lastModified: flow.updated_at,
            previousVersionTag: live?.versionTag,
            previousDeploymentId: live?.deploymentId,
        };
        expectNoFreeze(pipeline, inputs);
        await closeAbandoned(pipeline, inputs, byTag.values(), inputs.versionTag);
        await record(pipeline, inputs, "deployment_intent", "started", {
            ...detailsOf(attempt),
            ...toldOfRelease(inputs),
            ...exceptionsOf(inputs),
        });
        pipeline.progress(
            `deploying ${inputs.versionTag} to ${inputs.targetEnvironment}; ${gatesPassed(evidence.gates)}`,
        );
        const deploymentId = await start(pipeline, inputs, attempt, prior);
        if (deploymentId !== undefined) {
            return { deploymentId, ...attempt };
        }
    }
}

/** The rules that the release sets aside, with the reasons that it gives. */
function exceptionsOf({ deployment }: CheckedInputs): Record<string, unknown> {
    const { breakGlass, retryRejected, downgrade } = deployment;
    return compact({ break_glass: breakGlass, retry_rejected: retryRejected, downgrade });
}

/** Starts the deployment. A refusal ends the attempt; a lost answer leaves it open for the next run to look up. */
async function start(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Omit<Attempt, "deploymentId"> & {
        contentHash: string;
        nodesCount: number;
        lastModified: string;
    },
    prior: ReleaseState | undefined,
): Promise<string | undefined> {
    const { contentHash, nodesCount, lastModified, previousDeploymentId } = attempt;
    const keep = [
        ...(await wantedBack(pipeline.ledger, inputs.botId)),
        ...[previousDeploymentId, prior?.previousDeploymentId].filter((id) => id !== undefined),
    ];
    const request = {
        release: inputs,
        contentHash,
        nodesCount,
        lastModified,
        keep,
        ...compact({ previous: previousDeploymentId }),
    };
    try {
        return await startDeployment(pipeline, request, () => expectUnchanged(pipeline, inputs, contentHash));
    } catch (error) {
        const refused =
            error instanceof ReleaseError && !(error instanceof PlatformError && error.outcomeUnknown);
        // Another run may have taken the attempt up meanwhile, and told how it ended.
        if (refused && (await unfinishedAttempt(pipeline.ledger, inputs))) {
            await record(pipeline, inputs, "deployment_execution", "failed", {
                ...detailsOf(attempt),
                reason: "deployment_refused",
                summary: error.message,
            });
        }
        throw error;
    }
}

/** What is left of a deployment that somebody has changed in part is not what was released. */
const SWITCHED_IN_PART: Fault = {
    reason: "health_check_failed",
    finding: "somebody has switched a part of it elsewhere",
    isLive: true,
};

/** Waits for the deployment, bakes it, and keeps it or takes it back. */
async function prove(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Attempt,
    prior: ReleaseState | undefined,
): Promise<ReleaseState> {
    try {
        const { deploymentId } = attempt;
        const end = await pipeline.trace(
            "cognigy.deployment",
            { "cognigy.deployment": deploymentId },
            (note) =>
                deploymentEnd(pipeline, deploymentId, inputs.deployment.timeoutSeconds).then((ended) => {
                    note({ "cognigy.outcome": ended });
                    return ended;
                }),
        );
        if (end === "completed") {
            const { health, finding } = await checkHealth(pipeline, inputs, {
                after: "deployment",
                deploymentId: attempt.deploymentId,
            });
            const certain = health.verdict === "failed";
            const { onInconclusive } = inputs.health;
            if (health.verdict === "healthy" || (!certain && onInconclusive === "accept")) {
                // Somebody may have deployed over it, or taken it back.
                switch (await liveShare(pipeline, inputs, deploymentId)) {
                    case "all":
                        return await keep(pipeline, inputs, attempt, { health, finding });
                    case "part":
                        return await undo(pipeline, inputs, attempt, prior, SWITCHED_IN_PART);
                    case "none":
                        return await giveUp(pipeline, inputs, attempt, prior, "superseded");
                }
            }
            return await undo(pipeline, inputs, attempt, prior, {
                reason: "health_check_failed",
                finding: `after its deployment the bot was ${finding}`,
                isLive: true,
                ...(!certain && onInconclusive === "fail"
                    ? { spared: '`health.onInconclusive` is "fail"' }
                    : {}),
                health,
            });
        }
        if (end === "unfinished") {
            return await undo(pipeline, inputs, attempt, prior, {
                reason: "deployment_timeout",
                finding: `deployment ${attempt.deploymentId} did not end within ${inputs.deployment.timeoutSeconds} s`,
                isLive: false,
            });
        }
        return end === "gone" && (await liveShare(pipeline, inputs, deploymentId)) === "part"
            ? await undo(pipeline, inputs, attempt, prior, SWITCHED_IN_PART)
            : await giveUp(pipeline, inputs, attempt, prior, end);
    } catch (error) {
        if (error instanceof ReleaseFailure || !(error instanceof ReleaseError)) {
            throw error;
        }
        throw new ReleaseFailure(
            `release ${releaseName(inputs)} is on its way as deployment ${attempt.deploymentId}, and what became of it ` +
                `is not known: ${error.message} Run \`pulumi up\` again: it takes up this deployment, and deploys nothing twice.`,
            stateOf(inputs, {
                ...standingIn(prior),
                ...previousOf(attempt),
                ...contentOf(attempt),
                status: "in_progress",
                pendingDeploymentId: attempt.deploymentId,
            }),
        );
    }
}
