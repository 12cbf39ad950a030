import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import type { ReleaseInputs } from "../release/inputs.js";
import { attemptIn, detailsOf } from "./attempt.js";
import { openIntents } from "./history.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";

type Release = Pick<ReleaseInputs, "botId" | "flowId" | "versionTag" | "targetEnvironment">;

/**
 * Writes down what became of what earlier runs began and did not see through: their process died, or the answer was
 * lost, and the program has gone on to another version.
 *
 * @param release the version that goes on: its own attempt has its outcome still to come.
 * @param completed the complete deployments of the release's place.
 */
export async function closeAbandoned(
    pipeline: Pipeline,
    release: Release,
    completed: Iterable<Deployment>,
): Promise<void> {
    const intents = await openIntents(pipeline.ledger, release);
    const standing = intents.length === 0 ? [] : [...completed];
    for (const intent of intents) {
        if (intent.action === "rollback_intent") {
            await closeRollback(pipeline, release, intent, standing);
        } else if (intent.version_tag !== release.versionTag) {
            await closeDeployment(pipeline, release, intent, standing);
        }
    }
}

async function closeRollback(
    pipeline: Pipeline,
    release: Release,
    { version_tag, details }: LedgerEvent,
    standing: readonly Deployment[],
): Promise<void> {
    const stands = standing.some(({ deploymentId }) => deploymentId === details.deployment_id);
    await record(
        pipeline,
        { ...release, versionTag: version_tag },
        "rollback",
        stands ? "failed" : "completed",
        {
            deployment_id: details.deployment_id,
            reason: details.reason,
            found: `its run ended before it was written down; the deployment ${stands ? "stands" : "does not stand any more"}`,
        },
    );
}

async function closeDeployment(
    pipeline: Pipeline,
    release: Release,
    intent: LedgerEvent,
    standing: readonly Deployment[],
): Promise<void> {
    const versionTag = intent.version_tag;
    const deployment = standing.find((one) => one.versionTag === versionTag);
    await record(pipeline, { ...release, versionTag }, "deployment_execution", "failed", {
        ...detailsOf(attemptIn(intent)),
        ...(deployment ? { deployment_id: deployment.deploymentId } : {}),
        reason: "abandoned",
        summary:
            "its run ended before its outcome was written down; the deployment " +
            `${deployment ? "is complete, and was never proved healthy" : "does not stand"}`,
    });
}
