import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { callsPerRelease } from "./calls.mjs";
import { firstUp } from "./first-up.mjs";
import { coldFlowDiff, flowDiff, flowDiffGrowth } from "./flow-diff.mjs";
import { loading } from "./loading.mjs";
import { memory } from "./memory.mjs";
import { noticing } from "./noticing.mjs";
import { rateLimits } from "./rate-limits.mjs";
import { refresh } from "./refresh.mjs";
import { report } from "./report.mjs";
import { validation } from "./validation.mjs";
import { wideStack } from "./wide-stack.mjs";
import { world } from "./world.mjs";

const require = createRequire(import.meta.url);

/** Each gives one row of the table, or several. */
const MEASUREMENTS = {
    loading,
    validation,
    "rate-limits": rateLimits,
    noticing,
    memory,
    refresh,
    calls: callsPerRelease,
    "first-up": firstUp,
    "wide-stack": wideStack,
    world,
    report,
    "flow-diff": flowDiff,
    "flow-diff-cold": coldFlowDiff,
    "flow-diff-growth": flowDiffGrowth,
};

/**
 * @typedef {object} Result One row of the table.
 * @property {string} work
 * @property {string} measured
 * @property {string} target
 * @property {boolean} met
 * @property {string} [why] What stands in the way where it is missed.
 */

/**
 * Runs the measurements, prints them as a table, and writes them to `reports/bench.json`, or to `bench.json` in the folder
 * that `BENCH_OUT` names.
 *
 * @param {{ only?: string[], engine: () => Promise<string> }} options `only`: the names of those to run; all by default.
 * @returns {Promise<number>} The exit code: 0 when every target is met.
 */
export async function measure({ only, engine }) {
    const unknown = (only ?? []).filter((name) => !(name in MEASUREMENTS));
    if (unknown.length > 0) {
        console.error(
            `bench: there is no ${unknown.join(", ")}; expected ${Object.keys(MEASUREMENTS).join(", ")}`,
        );
        return 2;
    }
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-bench-"));
    try {
        const results = [];
        for (const name of only ?? Object.keys(MEASUREMENTS)) {
            console.error(`bench: ${name}`);
            results.push(...[await MEASUREMENTS[name](folder, engine)].flat());
        }
        print(results);
        write(results);
        return results.every(({ met }) => met) ? 0 : 1;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function write(results) {
    const folder = process.env.BENCH_OUT || join(root, "reports");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
}

/** @param {Result[]} results */
function print(results) {
    const Table = require("cli-table3");
    const table = new Table({
        head: ["Work", "Measured", "Target", ""],
        style: { head: [], border: [] },
        colWidths: [42, 62, 40, 8],
        wordWrap: true,
    });
    table.push(
        ...results.map(({ work, measured, target, met }) => [work, measured, target, met ? "met" : "missed"]),
    );
    process.stdout.write(`${table.toString()}\n`);
    for (const { work, why } of results.filter(({ met, why }) => !met && why)) {
        process.stdout.write(`${work}: ${why}\n`);
    }
}
