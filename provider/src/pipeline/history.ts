import type { LedgerEvent } from "../ledger/event.js";
import type { Ledger } from "../ledger/ledger.js";
import type { ReleaseInputs } from "../release/inputs.js";

type Version = Pick<ReleaseInputs, "botId" | "flowId" | "versionTag" | "targetEnvironment">;

/** The last event of some actions that the ledger has for one version in one environment. */
export async function lastEvent(
    ledger: Ledger,
    version: Version,
    actions: readonly LedgerEvent["action"][],
): Promise<LedgerEvent | undefined> {
    let last: LedgerEvent | undefined;
    for await (const event of ledger.events()) {
        if (
            event.bot_id === version.botId &&
            event.flow_id === version.flowId &&
            event.version_tag === version.versionTag &&
            event.details?.target_environment === version.targetEnvironment &&
            actions.includes(event.action)
        ) {
            last = event;
        }
    }
    return last;
}

/** The record of a version that went live and stayed, where this very deployment brought it there. */
export async function ownRelease(
    ledger: Ledger,
    version: Version,
    deploymentId: string,
): Promise<LedgerEvent | undefined> {
    const last = await lastEvent(ledger, version, ["deployment_execution"]);
    return last?.status === "completed" && last.details.deployment_id === deploymentId ? last : undefined;
}

/** An attempt that was begun and whose outcome was never recorded: its process died, or the answer was lost. */
export async function unfinishedAttempt(ledger: Ledger, version: Version): Promise<LedgerEvent | undefined> {
    const last = await lastEvent(ledger, version, ["deployment_intent", "deployment_execution"]);
    return last?.action === "deployment_intent" ? last : undefined;
}
