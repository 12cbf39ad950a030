import { ifThere } from "../cognigy/errors.js";
import { contentHash } from "../release/content-hash.js";
import { FEW, linesOf } from "../release/diff/cut.js";
import { diffFlows } from "../release/diff/diff.js";
import { type FlowDefinition, isSealed } from "../release/flow.js";
import type { ReleaseState } from "../release/state.js";
import { shared } from "./glance.js";
import type { Pipeline } from "./pipeline.js";

/**
 * What was edited in a flow since it was released, one readable line each. The flow is read once for all of its releases;
 * what was released is read only where it differs.
 */
export async function unreleasedChanges(pipeline: Pipeline, state: ReleaseState): Promise<string[]> {
    // What another project has made is edited there.
    if (state.snapshots?.source) {
        return [];
    }
    const draft = await draftOf(pipeline, state);
    if (!draft) {
        return ["the flow is not there any more"];
    }
    if (contentHash(draft) === state.contentHash) {
        return [];
    }
    const released = await pipeline.platform.releasedFlow(state, state.versionTag);
    if (!released || isSealed(released)) {
        return [`the platform does not show the content of ${state.versionTag}: nodes are not compared`];
    }
    return linesOf(diffFlows(released, draft).changes, FEW);
}

async function draftOf(pipeline: Pipeline, state: ReleaseState): Promise<FlowDefinition | undefined> {
    const { botId, flowId } = state;
    return shared(pipeline, botId, `flow ${flowId}`, () =>
        ifThere(pipeline.platform.flow({ botId, flowId })),
    );
}
