import { removeTemporaryFolders } from "../support/temporary-folder.js";
import { Players } from "./players.js";

/** How many histories are played, and from which seed on: `MODEL_HISTORIES=5000 MODEL_SEED=7 npm test -- model`. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 2_000);
const SEED = Number(process.env.MODEL_SEED ?? 1);
/** More tests than one, so that a failing one says early and exactly where. */
const BATCH = 100;

jest.setTimeout(600_000);

let players: Players;
beforeAll(() => {
    players = new Players(SEED, HISTORIES);
});
afterAll(async () => {
    await players.stop();
    removeTemporaryFolders();
});

const batches = Array.from({ length: Math.ceil(HISTORIES / BATCH) }, (_, index) => SEED + index * BATCH);

test.each(batches)("every invariant holds in the histories from seed %i on", async (first) => {
    const length = Math.min(BATCH, SEED + HISTORIES - first);
    const verdicts = await players.verdictsOn(Array.from({ length }, (_, index) => first + index));
    const reports = verdicts.flatMap((verdict) => (verdict.holds ? [] : [verdict.report]));
    if (reports.length > 0) {
        throw new Error(reports.join("\n\n"));
    }
});
