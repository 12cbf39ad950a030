import type { ReleaseInputs } from "../release/inputs.js";
import { findingsAhead } from "./check.js";
import { glance, standingIn } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/**
 * Finds out what there is to find of a release whose version is not live yet, ahead of `check`, which is handed it over: the
 * engine calls `check` for one resource after another, and a wide stack would wait for each in turn.
 *
 * @param asker names who will ask `check` for the same.
 */
export async function gateEarly(pipeline: Pipeline, inputs: ReleaseInputs, asker: string): Promise<void> {
    const completed = await glance(pipeline, inputs.botId);
    if (standingIn(completed, inputs).live?.versionTag !== inputs.versionTag) {
        await pipeline.handover.obtain(asker, () => findingsAhead(pipeline, inputs, completed, asker));
    }
}
