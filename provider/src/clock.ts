import { setTimeout as delay } from "node:timers/promises";

/**
 * Time, as an argument: tests bring their own and wait for nothing.
 *
 * There are two of them. The wall's time is set by people and by time servers, and may jump by hours in the middle of a
 * wait: it is for stamps, and for ages that another process or the platform began. Everything that lasts is measured by
 * the other one.
 */
export interface Clock {
    /** The wall's time: milliseconds since 1970. */
    now(): number;
    /** Milliseconds since some moment in the past of this process. Never jumps, and means nothing to another process. */
    monotonic(): number;
    /** Waits so many milliseconds, however the wall's time is set meanwhile. */
    sleep(milliseconds: number): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    // Node's timers run by the monotonic clock.
    sleep: async (milliseconds) => {
        await delay(milliseconds);
    },
};
