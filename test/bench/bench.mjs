import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coldFlowDiff, flowDiff, flowDiffGrowth } from "./flow-diff.mjs";
import { report } from "./report.mjs";
import { validation } from "./validation.mjs";

const require = createRequire(import.meta.url);

/**
 * Runs every measurement, prints them as a table, and writes them to `bench.json` in the folder that `BENCH_OUT` names.
 *
 * @returns {Promise<number>} The exit code: 0 when every target is met.
 */
export async function measure() {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-bench-"));
    try {
        const results = [
            await report(folder),
            await validation(folder),
            flowDiff(),
            coldFlowDiff(folder),
            flowDiffGrowth(),
        ];
        print(results);
        if (process.env.BENCH_OUT) {
            writeFileSync(join(process.env.BENCH_OUT, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
        }
        return results.every(({ met }) => met) ? 0 : 1;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** @param {{ work: string, measured: string, target: string, met: boolean }[]} results */
function print(results) {
    const Table = require("cli-table3");
    const table = new Table({ head: ["Work", "Measured", "Target", ""], style: { head: [], border: [] } });
    table.push(
        ...results.map(({ work, measured, target, met }) => [work, measured, target, met ? "met" : "missed"]),
    );
    console.log(table.toString());
}
