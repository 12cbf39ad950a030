import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import { ReleaseError } from "../release/failure.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import type { CheckedInputs } from "../release/state.js";
import { type Attempt, attemptIn } from "./attempt.js";
import { freeSlot } from "./deploy.js";
import { isOurs, isUnprovedReturn, lastEvent, ownRelease } from "./history.js";
import { newestFirst, type Standing, standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { rollBack } from "./rollback.js";
import { toldOfRelease } from "./told.js";

/** A release of ours that stands beneath what is live, and what must be taken back so that it is live again. */
export interface WayBack {
    target: Deployment;
    /** The record of its release. */
    release: LedgerEvent;
    /** Newest first; empty where an earlier run took them back and did not prove the target again. */
    newer: Deployment[];
}

/**
 * Finds the way back to a version that was live and healthy before. Its deployment still stands: it is live again as soon
 * as those after it are rolled back.
 *
 * @returns undefined where there is none: the version was never a release of ours, does not stand any more, is live
 * already, or stands beneath what somebody else deployed, which is not ours to take back.
 */
export async function wayBack(
    { ledger }: Pick<Pipeline, "ledger">,
    inputs: ReleaseInputs,
    standing: Standing,
): Promise<WayBack | undefined> {
    const target = standing.byTag.get(inputs.versionTag);
    const release = target && (await ownRelease(ledger, inputs, target.deploymentId));
    if (!target || !release) {
        return undefined;
    }
    const all = newestFirst(standing);
    const newer = all.slice(0, all.indexOf(target));
    for (const { deploymentId, versionTag } of newer) {
        if (!(await isOurs(ledger, { ...inputs, versionTag }, deploymentId))) {
            return undefined;
        }
    }
    const proved =
        newer.length === 0 &&
        !(await isUnprovedReturn(ledger, { ...inputs, deploymentId: target.deploymentId }));
    return proved ? undefined : { target, release, newer };
}

/**
 * Goes back to a version that was live and healthy before, by taking back what stands above it.
 *
 * @returns the attempt that is left to prove; undefined where there is no way back.
 * @throws ReleaseError when something above it is not taken back.
 */
export async function goBack(pipeline: Pipeline, inputs: CheckedInputs): Promise<Attempt | undefined> {
    const last = await lastEvent(pipeline.ledger, inputs, ["deployment_execution"]);
    if (
        last?.status !== "completed" ||
        !(await wayBack(pipeline, inputs, await standingAt(pipeline, inputs)))
    ) {
        return undefined;
    }
    await freeSlot(pipeline, inputs);
    // What was in progress may stand above it now.
    const way = await wayBack(pipeline, inputs, await standingAt(pipeline, inputs));
    if (!way) {
        return undefined;
    }
    const { target, release, newer } = way;
    // What all of it changes is told once, before the first of them is taken back.
    let intended = toldOfRelease(inputs);
    for (const above of newer) {
        await takeBack(pipeline, inputs, above, target, intended);
        intended = {};
    }
    return { deploymentId: target.deploymentId, ...attemptIn(release) };
}

async function takeBack(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { deploymentId, versionTag }: Deployment,
    target: Deployment,
    intended: Record<string, unknown>,
): Promise<void> {
    const name = releaseName(inputs);
    pipeline.progress(
        `going back to ${inputs.versionTag}: rolling back ${versionTag}, deployment ${deploymentId}`,
    );
    try {
        await rollBack(
            pipeline,
            { ...inputs, versionTag },
            { deploymentId },
            `going back to ${inputs.versionTag}`,
            { details: { returns_to: target.deploymentId }, intended },
        );
    } catch (error) {
        if (!(error instanceof ReleaseError)) {
            throw error;
        }
        throw new ReleaseError(
            `release ${name} was not gone back to: deployment ${deploymentId} of ${versionTag} could not be rolled back, and ` +
                `${versionTag} is live. ${error.message} Run \`pulumi up\` again.`,
        );
    }
}

/** The release that was live and healthy before what is live now, where one still stands. */
export async function lastGood(
    { ledger }: Pick<Pipeline, "ledger">,
    place: ReleaseInputs,
    standing: Standing,
): Promise<Deployment | undefined> {
    for (const one of newestFirst(standing).slice(1)) {
        if (await ownRelease(ledger, { ...place, versionTag: one.versionTag }, one.deploymentId)) {
            return one;
        }
    }
    return undefined;
}
