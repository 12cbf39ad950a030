// Plays histories as a process of its own: `node play-seeds.js <orders>`, which are JSON. Each verdict is a line of JSON.
import "./files-in-place.js";
import pLimit from "p-limit";
import type { SideMaker } from "./platform-side.js";
import { closeEmulators, LANES, playSeed, type SeedVerdict } from "./play.js";
import { sideOf } from "./sides.js";

/** Seeds to be played on one dialect, in their order. */
export interface Order {
    api: SideMaker["api"];
    seeds: readonly number[];
}

async function playAll(orders: readonly Order[]): Promise<void> {
    const plays = orders.flatMap(({ api, seeds }) => seeds.map((seed) => ({ api, seed })));
    await pLimit(LANES).map(plays, async ({ api, seed }) => {
        const told: SeedVerdict = { api, seed, verdict: await playSeed(seed, sideOf(api)) };
        process.stdout.write(`${JSON.stringify(told)}\n`);
    });
    await closeEmulators();
}

void playAll(JSON.parse(process.argv[2] ?? "[]"));
