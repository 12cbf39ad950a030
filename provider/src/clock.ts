import { setTimeout as delay } from "node:timers/promises";

/** Time, as an argument: tests bring their own and wait for nothing. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    /** Waits so many milliseconds. */
    sleep(milliseconds: number): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
    now: () => Date.now(),
    sleep: async (milliseconds) => {
        await delay(milliseconds);
    },
};
