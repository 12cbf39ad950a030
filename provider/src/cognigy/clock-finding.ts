import type { Clock } from "../clock.js";
import { PlatformError } from "./errors.js";
import type { Found } from "./examination.js";
import type { Call, HttpClient } from "./http/client.js";

/** So far apart clocks may be, in seconds: nobody sets a freeze to the minute. */
const TOLERATED = 60;

/** Tells how far the platform's clock and the machine's are apart. */
export async function clockFinding(
    http: HttpClient,
    clock: Clock,
    call: Call,
    answers: readonly number[] = [],
): Promise<Found> {
    const check = "clock";
    const before = clock.now();
    const theirs = await http.serverTime(call, answers).catch((error: unknown) => {
        if (error instanceof PlatformError) {
            return undefined;
        }
        throw error;
    });
    if (theirs === undefined) {
        return { check, verdict: "not known", found: "the platform does not tell what time it has" };
    }
    // It says whole seconds, and said them somewhere between asking and now.
    const ours = (before + clock.now()) / 2 - 500;
    const seconds = Math.trunc((theirs - ours) / 1000);
    const apart = Math.abs(seconds);
    if (apart <= TOLERATED) {
        return {
            check,
            verdict: "ok",
            found: `this machine's clock agrees with the platform's (${apart} s apart)`,
        };
    }
    return {
        check,
        verdict: "warning",
        found: `this machine's clock is ${apart} s ${seconds > 0 ? "behind" : "ahead of"} the platform's`,
        advice: "Set it: freezes and the stamps of the ledger go by it.",
    };
}
