// Measures what is promised about speed: ratios within one run, for these machines are noisy.
import { parseArgs } from "node:util";
import { ensureBuild, ensureEngine, main } from "./setup.mjs";

main(async () => {
    const { values } = parseArgs({ options: { only: { type: "string" } } });
    await ensureBuild();
    const { measure } = await import("../test/bench/bench.mjs");
    // The measurements change the environment: each has caches of its own.
    const env = { ...process.env };
    return measure({ only: values.only?.split(","), engine: () => ensureEngine(env) });
});
