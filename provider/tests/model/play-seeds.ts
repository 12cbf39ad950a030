// Plays histories as a process of its own: `node play-seeds.js <first seed> <how many>`. Each verdict is a line of JSON.
import pLimit from "p-limit";
import { closeEmulators, LANES, playSeed, type SeedVerdict } from "./play.js";

async function playSeeds(first: number, count: number): Promise<void> {
    const seeds = Array.from({ length: count }, (_, index) => first + index);
    await pLimit(LANES).map(seeds, async (seed) => {
        const told: SeedVerdict = { seed, verdict: await playSeed(seed) };
        process.stdout.write(`${JSON.stringify(told)}\n`);
    });
    await closeEmulators();
}

const [first = 1, count = 1] = process.argv.slice(2).map(Number);
void playSeeds(first, count);
