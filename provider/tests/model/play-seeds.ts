// Plays histories as a process of its own: `node play-seeds.js <dialect> <first seed> <how many>`. Each verdict is a line of JSON.
import pLimit from "p-limit";
import type { SideMaker } from "./platform-side.js";
import { closeEmulators, LANES, playSeed, type SeedVerdict } from "./play.js";
import { sideOf } from "./sides.js";

async function playSeeds(side: SideMaker, first: number, count: number): Promise<void> {
    const seeds = Array.from({ length: count }, (_, index) => first + index);
    await pLimit(LANES).map(seeds, async (seed) => {
        const told: SeedVerdict = { seed, verdict: await playSeed(seed, side) };
        process.stdout.write(`${JSON.stringify(told)}\n`);
    });
    await closeEmulators();
}

const [api, first, count] = process.argv.slice(2);
void playSeeds(sideOf(api), Number(first), Number(count));
