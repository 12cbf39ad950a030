import type { ReleaseInputs } from "../release/inputs.js";
import { expectReleasable } from "./check.js";
import { verdictOn } from "./gate.js";
import { glance, standingIn } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/**
 * Runs the gates of a release whose version is not live yet, ahead of `check`, which finds the verdict: the engine calls
 * `check` for one resource after another, and a wide stack would wait for each in turn.
 *
 * @param asker names who will ask `check` for the same.
 */
export async function gateEarly(pipeline: Pipeline, inputs: ReleaseInputs, asker: string): Promise<void> {
    const standing = standingIn(await glance(pipeline, inputs.botId), inputs);
    if (standing.live?.versionTag !== inputs.versionTag) {
        await expectReleasable(pipeline, inputs, standing);
        await verdictOn(pipeline, inputs, { asker });
    }
}
