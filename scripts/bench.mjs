// Measures what is promised about speed: ratios within one run, for these machines are noisy.
import { ensureBuild, main } from "./setup.mjs";

main(async () => {
    await ensureBuild();
    const { measure } = await import("../test/bench/bench.mjs");
    return measure();
});
