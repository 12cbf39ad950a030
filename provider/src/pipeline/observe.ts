import type { Deployment } from "../cognigy/platform.js";
import type { ReleaseState } from "../release/state.js";
import { unfinishedAttempt } from "./history.js";
import { glance, standingIn } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { unreleasedChanges } from "./unreleased.js";

/**
 * What became of a release since it was last seen.
 *
 * `drifted`: another version is live, and the state's version is that one. `returned`: the release's own is live again.
 */
export type Observation =
    | { kind: "unchanged" | "drifted" | "returned"; state: ReleaseState }
    | { kind: "gone" };

/**
 * Looks at what is live now, and at what was edited in the flow since. What is not as it was left is told in a line.
 *
 * @throws PlatformError when the platform cannot be asked: then nothing is known, and nothing is guessed.
 */
export async function observe(pipeline: Pipeline, state: ReleaseState): Promise<Observation> {
    const { live } = standingIn(await glance(pipeline, state.botId), state);
    const { deploymentId } = state;
    // After an attempt that failed, the version is what was attempted.
    if (deploymentId === undefined || state.status !== "completed") {
        return { kind: "unchanged", state: withLive(state, live?.versionTag) };
    }
    if (!live) {
        return nothingLive(pipeline, state, deploymentId);
    }
    if (live.deploymentId !== deploymentId) {
        return drifted(pipeline, state, live);
    }
    const kind = live.versionTag === state.versionTag ? "unchanged" : "returned";
    const seen = { ...withLive(state, live.versionTag), versionTag: live.versionTag };
    return { kind, state: await withUnreleased(pipeline, seen) };
}

async function drifted(
    { progress, ledger }: Pipeline,
    state: ReleaseState,
    live: Deployment,
): Promise<Observation> {
    const { versionTag, deploymentId, createdAt } = live;
    const seen = { ...withLive(state, versionTag), versionTag };
    progress(
        `drifted from ${state.versionTag}: ${versionTag} is live, by deployment ${deploymentId} of ${createdAt}`,
    );
    // What a run of ours began and did not see through is not complete: the next `up` takes it up and proves it.
    const unfinished = await unfinishedAttempt(ledger, seen);
    return { kind: "drifted", state: unfinished ? { ...seen, status: "in_progress" } : seen };
}

async function nothingLive(
    { platform, progress }: Pipeline,
    state: ReleaseState,
    deploymentId: string,
): Promise<Observation> {
    const status = await platform.deploymentStatus(deploymentId);
    if (status === "completed") {
        return { kind: "unchanged", state };
    }
    const fate = status === undefined ? "is gone from the platform" : `is ${status}`;
    progress(`drifted from ${state.versionTag}: its deployment ${deploymentId} ${fate}, and nothing is live`);
    return status === undefined
        ? { kind: "gone" }
        : { kind: "unchanged", state: { ...withLive(state, undefined), status: "rolled_back" } };
}

async function withUnreleased(pipeline: Pipeline, state: ReleaseState): Promise<ReleaseState> {
    const { unreleasedChanges: _, ...rest } = state;
    const changes = await unreleasedChanges(pipeline, state);
    if (changes.length === 0) {
        return rest;
    }
    pipeline.progress(`the flow was edited since ${state.versionTag} was released`);
    for (const change of changes) {
        pipeline.progress(`not released yet: ${change}`);
    }
    return { ...rest, unreleasedChanges: changes };
}

function withLive(state: ReleaseState, liveVersionTag: string | undefined): ReleaseState {
    const { liveVersionTag: _, ...rest } = state;
    return liveVersionTag === undefined ? rest : { ...rest, liveVersionTag };
}
