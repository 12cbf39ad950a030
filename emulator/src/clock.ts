import { setTimeout as delay } from "node:timers/promises";

/** Where the emulator's time comes from. Everything that expires, progresses or waits asks it. */
export interface Clock {
    /** Milliseconds since 1970, UTC. */
    now(): number;
    /**
     * Resolves after `ms` milliseconds.
     * @throws the signal's reason when `signal` is aborted before that.
     */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const systemClock: Clock = {
    now: Date.now,
    sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
};
