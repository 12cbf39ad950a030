import { ReleaseError } from "../release/failure.js";
import type { Blocked } from "../release/gates.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import { lastEvent } from "./history.js";
import { standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";

/** More findings than this are cut, with a count. */
export const MOST_FINDINGS = 20;

/** A release that its gates do not let through. */
export class GateBlocked extends ReleaseError {
    override name = "GateBlocked";
}

/** Records a release that a gate does not let through, and says so: what was found, what is live, what to do. */
export async function refuse(
    blocked: Blocked,
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    hash: string,
): Promise<never> {
    await recordBlocked(pipeline, inputs, blocked, hash);
    const { live } = await standingAt(pipeline, inputs);
    const findings = blocked.findings.slice(0, MOST_FINDINGS).map((finding) => `  - ${finding}`);
    const more = blocked.findings.length - findings.length;
    throw new GateBlocked(
        [
            `release ${releaseName(inputs)} is blocked, ${blocked.gate}: ${blocked.summary}.`,
            ...findings,
            ...(more > 0 ? [`  … and ${more} more`] : []),
            `Nothing was deployed; ${live ? `${live.versionTag} stays live` : "nothing is live there yet"}. ` +
                `${blocked.advice}, then run \`pulumi preview\` again.`,
        ].join("\n"),
    );
}

/** Counts a blocked release once, however often the same content is tried again. */
async function recordBlocked(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    blocked: Blocked,
    hash: string,
): Promise<void> {
    const last = await lastEvent(pipeline.ledger, inputs, ["deployment_execution"]);
    if (last?.status === "blocked" && last.content_hash === hash && last.details.reason === blocked.gate) {
        return;
    }
    await record(pipeline, inputs, "deployment_execution", "blocked", {
        content_hash: hash,
        reason: blocked.gate,
        summary: blocked.summary,
    });
}
