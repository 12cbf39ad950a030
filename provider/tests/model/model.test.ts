import { playSeed } from "./play.js";

/** How many histories are played, and from which seed on: `MODEL_HISTORIES=5000 MODEL_SEED=7 npm test -- model`. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 200);
const SEED = Number(process.env.MODEL_SEED ?? 1);
/** More tests than one, so that a failing one says early and exactly where. */
const BATCH = 40;

jest.setTimeout(600_000);

const batches = Array.from({ length: Math.ceil(HISTORIES / BATCH) }, (_, index) => SEED + index * BATCH);

test.each(batches)("every invariant holds in the histories from seed %i on", async (first) => {
    const last = Math.min(first + BATCH, SEED + HISTORIES);
    for (let seed = first; seed < last; seed += 1) {
        const verdict = await playSeed(seed);
        if (!verdict.holds) {
            throw new Error(verdict.report);
        }
    }
});
