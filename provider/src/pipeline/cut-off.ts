import type { LedgerEvent } from "../ledger/event.js";
import type { Place } from "../release/inputs.js";
import { attemptIn } from "./attempt.js";
import { openIntents } from "./history.js";
import type { Pipeline } from "./pipeline.js";
import { rollBack } from "./rollback.js";

/**
 * Takes back what earlier runs have done in part when they were cut off: some endpoints of an environment were switched,
 * and others were not. Then what was live before is live again as a whole.
 */
export async function takeBackCutOff(pipeline: Pipeline, place: Place): Promise<void> {
    for (const intent of await openIntents(pipeline.ledger, place)) {
        const version = { ...place, versionTag: intent.version_tag };
        const previous = attemptIn(intent).previousDeploymentId;
        const deploymentId = await partOf(pipeline, version, intent);
        if (deploymentId !== undefined) {
            pipeline.progress(`taking back what an earlier run has done in part: ${intent.version_tag}`);
            await rollBack(
                pipeline,
                version,
                { deploymentId, previous },
                "its run ended in the middle of it",
            );
        }
    }
}

/** What is left of a deployment, or of a rollback, that was done in part. */
async function partOf(
    { platform }: Pipeline,
    version: Place & { versionTag: string },
    { action, details }: LedgerEvent,
): Promise<string | undefined> {
    if (action === "deployment_intent") {
        const previous = details.previous_deployment_id;
        return typeof previous === "string" ? platform.cutOff(version, previous) : undefined;
    }
    const deploymentId = String(details.deployment_id);
    return (await platform.standsInPart(deploymentId)) ? deploymentId : undefined;
}
