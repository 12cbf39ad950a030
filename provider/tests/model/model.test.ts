import { removeTemporaryFolders } from "../support/temporary-folder.js";
import type { SideMaker } from "./platform-side.js";
import { Players } from "./players.js";

/** How many histories are played, and from which seed on: `MODEL_HISTORIES=5000 MODEL_SEED=7 npm test -- model`. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 2_560);
const SEED = Number(process.env.MODEL_SEED ?? 1);
/** The share of each dialect: one on the Cognigy.AI API takes as long as four on the bots API. */
const SHARES: readonly { api: SideMaker["api"]; share: number }[] = [
    { api: "bots", share: 15 / 16 },
    { api: "cognigy-ai", share: 1 / 16 },
];
/** More tests than one, so that a failing one says early and exactly where. */
const BATCH = 100;

jest.setTimeout(600_000);

const orders = SHARES.map(({ api, share }) => ({
    api,
    seeds: Array.from({ length: Math.ceil(HISTORIES * share) }, (_, index) => SEED + index),
}));
let players: Players;
beforeAll(() => {
    players = new Players(orders);
});
afterAll(async () => {
    await players.stop();
    removeTemporaryFolders();
});

const batches = orders.flatMap(({ api, seeds }) =>
    Array.from({ length: Math.ceil(seeds.length / BATCH) }, (_, index) => {
        const batch = seeds.slice(index * BATCH, (index + 1) * BATCH);
        return { api, first: batch[0], seeds: batch };
    }),
);

test.each(batches)("every invariant holds in the histories on $api from seed $first on", async (batch) => {
    const verdicts = await players.verdictsOn(batch);
    const reports = verdicts.flatMap((verdict) => (verdict.holds ? [] : [verdict.report]));
    expect(verdicts).toHaveLength(batch.seeds.length);
    if (reports.length > 0) {
        throw new Error(reports.join("\n\n"));
    }
});
