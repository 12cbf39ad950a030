import type { ReleaseState } from "../release/state.js";
import { standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/** What became of a release since it was made. */
export type Observation =
    | { kind: "unchanged" | "drifted"; state: ReleaseState }
    /** There is no such deployment any more. */
    | { kind: "gone" };

/**
 * Looks at what is live now.
 *
 * @throws PlatformError when the platform cannot be asked: then nothing is known, and nothing is guessed.
 */
export async function observe(pipeline: Pipeline, state: ReleaseState): Promise<Observation> {
    const { live } = await standingAt(pipeline, state);
    const { deploymentId } = state;
    if (deploymentId === undefined || live?.deploymentId === deploymentId) {
        const seen = withLive(state, live?.versionTag);
        return { kind: "unchanged", state: seen };
    }
    if (live) {
        return {
            kind: "drifted",
            state: { ...withoutFindings(withLive(state, live.versionTag)), versionTag: live.versionTag },
        };
    }
    const status = await pipeline.platform.deploymentStatus(deploymentId);
    if (status === undefined) {
        return { kind: "gone" };
    }
    return status === "completed"
        ? { kind: "unchanged", state }
        : { kind: "drifted", state: { ...withLive(state, undefined), status: "rolled_back" } };
}

function withLive(state: ReleaseState, liveVersionTag: string | undefined): ReleaseState {
    const { liveVersionTag: _, ...rest } = state;
    return liveVersionTag === undefined ? rest : { ...rest, liveVersionTag };
}

/** What was found out about the declared version says nothing of another one. */
function withoutFindings(state: ReleaseState): ReleaseState {
    const { contentHash: _hash, changes: _changes, gates: _gates, ...rest } = state;
    return rest;
}
