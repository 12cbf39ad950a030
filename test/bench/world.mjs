import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/lib/root.mjs";
import { play } from "./world/world.mjs";

const require = createRequire(import.meta.url);

const WORLD = {
    bots: 200,
    flows: 50,
    callsPerSecond: 100,
    latency: 0.05,
    simulation: 20,
    deployment: 60,
    pages: 1,
    dependencies: 30,
    // Measured with the stacks of 200: see docs/performance.md.
    check: 0.004,
    checkpoint: 0.00015,
    byTurns: true,
    seed: 7,
};
/** What is declared for it, and how it is run. */
const WORLDS = [
    { how: "one stack, bot by bot", stacks: 1, parallel: 8, byTurns: false },
    { how: "one stack, the bots by turns", stacks: 1, parallel: 8 },
    { how: "the same with `--parallel 200`", stacks: 1, parallel: 200 },
    { how: "20 stacks side by side, `--parallel 10` each", stacks: 20, parallel: 10 },
    { how: "the same, 20 calls a second", stacks: 20, parallel: 10, callsPerSecond: 20 },
];
const MOST = 1.25;

/** Plays the release of 10,000 flows in a model of the engine and of a platform that limits the rate of calls. */
export async function world(folder) {
    const { nextPoll } = await polling(folder);
    const rows = [];
    for (const { how, ...changes } of WORLDS) {
        const one = { ...WORLD, ...changes, nextPoll };
        const { wall, calls, limits } = await play(one);
        const [[reason, least]] = Object.entries(limits).sort(([, a], [, b]) => b - a);
        rows.push({
            name: "world",
            work: `model: ${one.bots * one.flows} releases on ${one.bots} bots, ${one.callsPerSecond} calls a second; ${how}`,
            measured: `${hours(wall)}, bound by ${reason} (${hours(least)}); ${(calls / one.bots / one.flows).toFixed(0)} calls a release`,
            target: `at most ${MOST} times what it is bound by`,
            met: wall <= MOST * least,
            seconds: { wall, ...limits },
        });
    }
    return rows;
}

/** The provider's own way of polling. */
async function polling(folder) {
    const outfile = join(folder, "polling.cjs");
    await build({
        entryPoints: [join(root, "provider", "src", "release", "polling.ts")],
        bundle: true,
        platform: "node",
        format: "cjs",
        outfile,
        logLevel: "warning",
    });
    return require(outfile);
}

function hours(seconds) {
    return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
