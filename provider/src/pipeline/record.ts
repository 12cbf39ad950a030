import type { Action, EventStatus, LedgerEvent } from "../ledger/event.js";
import type { ReleaseInputs } from "../release/inputs.js";
import type { Pipeline } from "./pipeline.js";

/** Writes what was done for a release into the ledger. */
export function record(
    { ledger }: Pick<Pipeline, "ledger">,
    release: Pick<ReleaseInputs, "botId" | "flowId" | "versionTag" | "targetEnvironment">,
    action: Action,
    status: EventStatus,
    details: Record<string, unknown> = {},
): Promise<LedgerEvent> {
    return ledger.append({
        bot_id: release.botId,
        flow_id: release.flowId,
        version_tag: release.versionTag,
        action,
        status,
        details: { target_environment: release.targetEnvironment, ...details },
    });
}
