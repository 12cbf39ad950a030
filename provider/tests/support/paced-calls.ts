import { Pace } from "../../src/cognigy/http/pace.js";
import { FastClock } from "./fast-clock.js";
import type { Limit } from "./rate-limits.js";

/** How many calls are made, and how. */
export interface Calls {
    count: number;
    /** Milliseconds, there and back. */
    latency: number;
    /** How many are on their way at a time. */
    workers: number;
    /** How much sooner or later a call is there than half its latency says, as a share of that. @default none */
    jitter?: () => number;
}

/** What became of calls. */
export interface Outcome {
    seconds: number;
    /** How many answers were that a call comes too early. */
    refused: number;
}

/** Makes calls at the pace that a limit lets them have, on a clock that nobody waits for. */
export async function pacedCalls(
    limit: Limit,
    { count, latency, workers, jitter = () => 0 }: Calls,
): Promise<Outcome> {
    const clock = new FastClock();
    const pace = new Pace(clock, () => 0.5);
    const began = clock.monotonic();
    let left = count;
    let refused = 0;
    const call = async (): Promise<void> => {
        await pace.turn();
        await clock.sleep((latency / 2) * (1 + jitter()));
        const rest = limit(clock.monotonic() - began);
        await clock.sleep(latency / 2);
        if (rest === null) {
            pace.accepted();
            return;
        }
        refused += 1;
        pace.refused(rest);
        await call();
    };
    const work = async () => {
        while (left > 0) {
            left -= 1;
            await call();
        }
    };
    await Promise.all(Array.from({ length: workers }, work));
    return { seconds: (clock.monotonic() - began) / 1000, refused };
}
