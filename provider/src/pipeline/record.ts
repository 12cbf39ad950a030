import type { Action, EventStatus, LedgerEvent } from "../ledger/event.js";
import { ReleaseError } from "../release/failure.js";
import type { ReleaseInputs } from "../release/inputs.js";
import type { Pipeline } from "./pipeline.js";

/**
 * Writes down what must be done whether it can be written down or not: putting things back. What cannot be written is told.
 */
export async function recordOrTell(
    pipeline: Pick<Pipeline, "ledger" | "progress">,
    ...event: Parameters<typeof record> extends [unknown, ...infer Rest] ? Rest : never
): Promise<void> {
    try {
        await record(pipeline, ...event);
    } catch (error) {
        if (!(error instanceof ReleaseError)) {
            throw error;
        }
        const [release, action, status] = event;
        pipeline.progress(
            `${action} ${status} of ${release.versionTag} is not in the ledger: ${error.message}`,
        );
    }
}

/** Writes what was done for a release into the ledger; `content_hash` is the event's own, all else are its details. */
export function record(
    { ledger }: Pick<Pipeline, "ledger">,
    release: Pick<ReleaseInputs, "botId" | "flowId" | "versionTag" | "targetEnvironment">,
    action: Action,
    status: EventStatus,
    { content_hash, ...details }: Record<string, unknown> & { content_hash?: string | undefined } = {},
): Promise<LedgerEvent> {
    return ledger.append({
        bot_id: release.botId,
        flow_id: release.flowId,
        version_tag: release.versionTag,
        action,
        status,
        content_hash,
        details: { target_environment: release.targetEnvironment, ...details },
    });
}
