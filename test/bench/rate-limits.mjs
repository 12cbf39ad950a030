import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/lib/root.mjs";

const require = createRequire(import.meta.url);

const COUNT = 1_100;
const WORKERS = 32;
const PER_SECOND = 20;
const LATENCIES = [5, 50];
const LEAST_SHARE = 0.9;
/** In their order: so that each run has the same. */
const JITTER = [0.1, -0.3, 0.2, 0, -0.1, 0.3, -0.2];

/**
 * Makes calls under servers that allow so many a second, each in its own way, with the provider's own pace and a clock that
 * nobody waits for: what share of the rate is made use of, with the time counted in that it takes to learn it.
 */
export async function rateLimits(folder) {
    const { pacedCalls, fixedWindow, slidingWindow, tokenBucket } = await load(folder);
    const limits = {
        "a bucket for a second": (form) => tokenBucket(PER_SECOND, PER_SECOND, form),
        "a bucket for two": (form) => tokenBucket(PER_SECOND, 2 * PER_SECOND, form),
        "each second for itself": (form) => fixedWindow(PER_SECOND, 1_000, form),
        "any second": (form) => slidingWindow(PER_SECOND, 1_000, form),
    };
    const kinds = [];
    for (const [kind, limit] of Object.entries(limits)) {
        const shares = [];
        let most = 0;
        for (const form of ["seconds", "date"]) {
            for (const latency of LATENCIES) {
                let drawn = 0;
                const jitter = () => JITTER[drawn++ % JITTER.length];
                const calls = { count: COUNT, latency, workers: WORKERS, jitter };
                const { seconds, refused } = await pacedCalls(limit(form), calls);
                shares.push(COUNT / seconds / PER_SECOND);
                most = Math.max(most, refused);
            }
        }
        kinds.push({ kind, shares, refused: most });
    }
    const least = Math.min(...kinds.flatMap(({ shares }) => shares));
    return {
        name: "rate-limits",
        work: `make ${COUNT} calls where ${PER_SECOND} a second are allowed, \`Retry-After\` in seconds and as a date`,
        measured: kinds
            .map(
                ({ kind, shares, refused }) =>
                    `${kind}: ${shares.map(percent).join(", ")}, ${refused} refused`,
            )
            .join("; "),
        target: `at least ${percent(LEAST_SHARE)} of what is allowed`,
        met: least >= LEAST_SHARE,
        kinds,
    };
}

/** The provider's own pace, and the limits of its tests. */
async function load(folder) {
    const outfile = join(folder, "paced-calls.cjs");
    await build({
        stdin: {
            contents: 'export * from "./paced-calls.js"; export * from "./rate-limits.js";',
            resolveDir: join(root, "provider", "tests", "support"),
        },
        outfile,
        bundle: true,
        platform: "node",
        format: "cjs",
        logLevel: "warning",
    });
    return require(outfile);
}

function percent(share) {
    return `${Math.round(share * 100)} %`;
}
