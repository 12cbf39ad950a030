import { removeTemporaryFolders } from "../support/temporary-folder.js";
import type { SideMaker } from "./platform-side.js";
import { Players } from "./players.js";

/** How many histories are played, and from which seed on: `MODEL_HISTORIES=5000 MODEL_SEED=7 npm test -- model`. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 1_600);
const SEED = Number(process.env.MODEL_SEED ?? 1);
/** The share of each dialect: one on the Cognigy.AI API takes as long as four on the bots API. */
const SHARES: readonly { api: SideMaker["api"]; share: number }[] = [
    { api: "bots", share: 15 / 16 },
    { api: "cognigy-ai", share: 1 / 16 },
];
/** More tests than one, so that a failing one says early and exactly where. */
const BATCH = 100;

jest.setTimeout(600_000);

const plays = SHARES.map(({ api, share }) => ({ api, histories: Math.ceil(HISTORIES * share) }));
let players: Map<string, Players>;
beforeAll(() => {
    players = new Map(plays.map(({ api, histories }) => [api, new Players(api, SEED, histories)]));
});
afterAll(async () => {
    await Promise.all([...players.values()].map((one) => one.stop()));
    removeTemporaryFolders();
});

const batches = plays.flatMap(({ api, histories }) =>
    Array.from({ length: Math.ceil(histories / BATCH) }, (_, index) => ({
        api,
        first: SEED + index * BATCH,
        length: Math.min(BATCH, histories - index * BATCH),
    })),
);

test.each(batches)("every invariant holds in the histories on $api from seed $first on", async (batch) => {
    const { api, first, length } = batch;
    const seeds = Array.from({ length }, (_, index) => first + index);
    const verdicts = (await players.get(api)?.verdictsOn(seeds)) ?? [];
    const reports = verdicts.flatMap((verdict) => (verdict.holds ? [] : [verdict.report]));
    expect(verdicts).toHaveLength(length);
    if (reports.length > 0) {
        throw new Error(reports.join("\n\n"));
    }
});
