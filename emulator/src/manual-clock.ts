import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "./clock";

interface Sleeper {
    readonly wakesAt: number;
    readonly wake: () => void;
}

/**
 * Time that passes only when it is told to, for tests without waiting.
 *
 * @example
 * const clock = new ManualClock();
 * const emulator = await startEmulator({ clock });
 * await clock.advance(300); // what was being deployed is completed now
 */
export class ManualClock implements Clock {
    private time: number;
    private readonly sleepers = new Set<Sleeper>();

    /** @param start the first moment, in milliseconds since 1970. @default 2026-01-05T09:00:00Z */
    constructor(start: number = Date.UTC(2026, 0, 5, 9)) {
        this.time = start;
    }

    now(): number {
        return this.time;
    }

    sleep(ms: number, signal?: AbortSignal): Promise<void> {
        return new Promise((resolve, reject) => {
            if (signal?.aborted) {
                reject(signal.reason);
                return;
            }
            const onAbort = () => {
                this.sleepers.delete(sleeper);
                reject(signal?.reason);
            };
            const sleeper: Sleeper = {
                wakesAt: this.time + Math.max(0, ms),
                wake: () => {
                    this.sleepers.delete(sleeper);
                    signal?.removeEventListener("abort", onAbort);
                    resolve();
                },
            };
            signal?.addEventListener("abort", onAbort, { once: true });
            this.sleepers.add(sleeper);
        });
    }

    /** How many are asleep now. */
    get sleeping(): number {
        return this.sleepers.size;
    }

    /** Resolves when at least `count` are asleep: what is to be woken has gone to sleep. */
    async untilSleeping(count = 1): Promise<void> {
        while (this.sleepers.size < count) {
            await turn();
        }
    }

    /** Lets `ms` milliseconds pass, waking each sleeper at its own moment, the earliest first. */
    async advance(ms: number): Promise<void> {
        const end = this.time + ms;
        for (let next = this.nextBefore(end); next; next = this.nextBefore(end)) {
            this.time = Math.max(this.time, next.wakesAt);
            next.wake();
            await turn();
        }
        this.time = end;
    }

    private nextBefore(end: number): Sleeper | undefined {
        return [...this.sleepers]
            .filter((sleeper) => sleeper.wakesAt <= end)
            .sort((a, b) => a.wakesAt - b.wakesAt)[0];
    }
}
