import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import type { Place } from "../release/inputs.js";
import { attemptIn, detailsOf } from "./attempt.js";
import { openIntents } from "./history.js";
import { isVersion } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";

/**
 * Writes down what became of what earlier runs began and did not see through: their process died, or the answer was
 * lost, and the program has gone on to another version.
 *
 * @param completed the complete deployments of that place.
 * @param goesOn the version that goes on, where there is one: its own attempt has its outcome still to come.
 */
export async function closeAbandoned(
    pipeline: Pipeline,
    place: Place,
    completed: Iterable<Deployment>,
    goesOn?: string,
): Promise<void> {
    const intents = await openIntents(pipeline.ledger, place);
    const standing = intents.length === 0 ? [] : [...completed];
    for (const intent of intents) {
        if (intent.action === "rollback_intent") {
            await closeRollback(pipeline, place, intent, standing);
        } else if (intent.version_tag !== goesOn) {
            await closeDeployment(pipeline, place, intent, standing);
        }
    }
}

/** What earlier runs deployed and did not see through, and still stands: each with its version, newest first. */
export async function abandonedDeployments(
    { platform, ledger }: Pick<Pipeline, "platform" | "ledger">,
    place: Place,
): Promise<Deployment[]> {
    const tags = (await openIntents(ledger, place))
        .filter(({ action }) => action === "deployment_intent")
        .map(({ version_tag }) => version_tag);
    const found = new Map<string, Deployment>();
    for (const status of tags.length === 0 ? [] : (["in_progress", "completed"] as const)) {
        for (const one of await platform.deployments(place.botId, status)) {
            if (tags.some((versionTag) => isVersion(one, { ...place, versionTag }))) {
                found.set(one.deploymentId, one);
            }
        }
    }
    return [...found.values()].sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

async function closeRollback(
    pipeline: Pipeline,
    place: Place,
    { version_tag, details }: LedgerEvent,
    standing: readonly Deployment[],
): Promise<void> {
    const stands = standing.some(({ deploymentId }) => deploymentId === details.deployment_id);
    await record(
        pipeline,
        { ...place, versionTag: version_tag },
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
    place: Place,
    intent: LedgerEvent,
    standing: readonly Deployment[],
): Promise<void> {
    const versionTag = intent.version_tag;
    const deployment = standing.find((one) => one.versionTag === versionTag);
    await record(pipeline, { ...place, versionTag }, "deployment_execution", "failed", {
        ...detailsOf(attemptIn(intent)),
        ...(deployment ? { deployment_id: deployment.deploymentId } : {}),
        reason: "abandoned",
        summary:
            "its run ended before its outcome was written down; the deployment " +
            `${deployment ? "is complete, and was never proved healthy" : "does not stand"}`,
    });
}
