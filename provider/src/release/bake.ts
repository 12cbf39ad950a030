import type { ReleaseInputs } from "./inputs.js";

/** One look at the bot's health: `error` means that the look itself failed. */
export type Probe = "healthy" | "unhealthy" | "error";

/** What a bake is judged by. */
export type BakeLimits = Omit<ReleaseInputs["health"], "onInconclusive">;

/** How a bake ended, or that it goes on. */
export type BakeVerdict = "baking" | "healthy" | "failed" | "inconclusive" | "error";

/** What a bake has seen so far. */
export interface BakeTally {
    probes: number;
    /** Healthy probes in a row, up to now. */
    successes: number;
    failures: number;
    errors: number;
}

/** A bake that has seen nothing. */
export const NO_PROBES: BakeTally = { probes: 0, successes: 0, failures: 0, errors: 0 };

/** Counts one more probe. A failure starts the row of successes anew; a broken probe says nothing of the bot. */
export function countProbe(tally: BakeTally, probe: Probe): BakeTally {
    return {
        probes: tally.probes + 1,
        successes: probe === "healthy" ? tally.successes + 1 : probe === "unhealthy" ? 0 : tally.successes,
        failures: tally.failures + Number(probe === "unhealthy"),
        errors: tally.errors + Number(probe === "error"),
    };
}

/**
 * Judges a bake.
 *
 * @param timeLeft whether there is time for one more probe.
 */
export function judgeBake(tally: BakeTally, limits: BakeLimits, timeLeft: boolean): BakeVerdict {
    if (tally.failures > limits.failuresAllowed) {
        return "failed";
    }
    if (tally.errors > limits.errorsAllowed) {
        return "error";
    }
    if (tally.successes >= limits.successesRequired) {
        return "healthy";
    }
    return timeLeft ? "baking" : "inconclusive";
}

/** How far a bake is, in one line for people. */
export function bakeProgress(tally: BakeTally, limits: BakeLimits): string {
    return [
        `bake ${tally.successes}/${limits.successesRequired} healthy`,
        ...(tally.failures > 0 ? [`${tally.failures} unhealthy, ${limits.failuresAllowed} allowed`] : []),
        ...(tally.errors > 0 ? [`${tally.errors} broken, ${limits.errorsAllowed} allowed`] : []),
    ].join("; ");
}

/** What a bake found, in one clause for people. */
export function bakeFinding(verdict: BakeVerdict, tally: BakeTally, limits: BakeLimits): string {
    switch (verdict) {
        case "healthy":
            return `healthy (${tally.successes} of ${limits.successesRequired} probes in a row)`;
        case "failed":
            return `unhealthy (${tally.failures} failed of ${tally.probes} probes, ${limits.failuresAllowed} allowed)`;
        case "error":
            return `of unknown health (${tally.errors} of ${tally.probes} probes broke, ${limits.errorsAllowed} allowed)`;
        default:
            return `not proved healthy within ${limits.timeoutSeconds} s (${tally.successes} of ${limits.successesRequired} probes in a row)`;
    }
}
