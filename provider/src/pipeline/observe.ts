import type { ReleaseState } from "../release/state.js";
import { glance, standingIn } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/**
 * What became of a release since it was last seen.
 *
 * `drifted`: another version is live, and the state's version is that one. `returned`: the release's own is live again.
 */
export type Observation =
    | { kind: "unchanged" | "drifted" | "returned"; state: ReleaseState }
    | { kind: "gone" };

/**
 * Looks at what is live now.
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
    if (live) {
        const seen = { ...withLive(state, live.versionTag), versionTag: live.versionTag };
        if (live.deploymentId !== deploymentId) {
            pipeline.progress(
                `${state.flowId} (bot ${state.botId}) in ${state.targetEnvironment} has drifted: ${live.versionTag} is ` +
                    `live, by deployment ${live.deploymentId} of ${live.createdAt}`,
            );
            return { kind: "drifted", state: seen };
        }
        return { kind: live.versionTag === state.versionTag ? "unchanged" : "returned", state: seen };
    }
    const status = await pipeline.platform.deploymentStatus(deploymentId);
    if (status === undefined) {
        return { kind: "gone" };
    }
    return status === "completed"
        ? { kind: "unchanged", state }
        : { kind: "unchanged", state: { ...withLive(state, undefined), status: "rolled_back" } };
}

function withLive(state: ReleaseState, liveVersionTag: string | undefined): ReleaseState {
    const { liveVersionTag: _, ...rest } = state;
    return liveVersionTag === undefined ? rest : { ...rest, liveVersionTag };
}
