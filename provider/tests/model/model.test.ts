import pLimit from "p-limit";
import { LANES, playSeed } from "./play.js";

/** How many histories are played, and from which seed on: `MODEL_HISTORIES=5000 MODEL_SEED=7 npm test -- model`. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 1_000);
const SEED = Number(process.env.MODEL_SEED ?? 1);
/** More tests than one, so that a failing one says early and exactly where. */
const BATCH = 100;

jest.setTimeout(600_000);

const batches = Array.from({ length: Math.ceil(HISTORIES / BATCH) }, (_, index) => SEED + index * BATCH);

test.each(batches)("every invariant holds in the histories from seed %i on", async (first) => {
    const lane = pLimit(LANES);
    const length = Math.min(BATCH, SEED + HISTORIES - first);
    const seeds = Array.from({ length }, (_, index) => first + index);
    const verdicts = await lane.map(seeds, (seed) => playSeed(seed));
    const reports = verdicts.flatMap((verdict) => (verdict.holds ? [] : [verdict.report]));
    if (reports.length > 0) {
        throw new Error(reports.join("\n\n"));
    }
});
