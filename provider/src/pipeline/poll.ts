import type { Clock } from "../clock.js";
import { isPlatformError } from "../cognigy/errors.js";
import { nextPoll } from "../release/polling.js";
import type { Pipeline } from "./pipeline.js";

/**
 * Looks at something until there is a result.
 *
 * A platform that is away for a while is asked again: what it was doing goes on without us.
 *
 * @param timeoutSeconds how long to go on.
 * @param look gives the result, or undefined while there is none.
 * @returns undefined when the time was over first.
 * @throws what the last look threw, when the platform was away to the end.
 */
export async function poll<T>(
    { clock, platform }: Pick<Pipeline, "clock" | "platform">,
    timeoutSeconds: number,
    look: () => Promise<T | undefined>,
): Promise<T | undefined> {
    const began = clock.monotonic();
    const deadline = began + timeoutSeconds * 1000;
    return platform.askingUntil(deadline, () => lookUntil(clock, began, deadline, look));
}

async function lookUntil<T>(
    clock: Clock,
    began: number,
    deadline: number,
    look: () => Promise<T | undefined>,
): Promise<T | undefined> {
    for (;;) {
        let away: unknown;
        try {
            const result = await look();
            if (result !== undefined) {
                return result;
            }
        } catch (error) {
            if (!isPlatformError(error, "unavailable", "rate_limited")) {
                throw error;
            }
            away = error;
        }
        const now = clock.monotonic();
        if (now >= deadline) {
            if (away) {
                throw away;
            }
            return undefined;
        }
        await clock.sleep(Math.min(nextPoll(now - began), deadline - now));
    }
}
