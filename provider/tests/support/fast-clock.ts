import { setImmediate as turn } from "node:timers/promises";

interface Sleeper {
    wakesAt: number;
    wake: () => void;
}

/**
 * One time for the provider and the emulator, that passes as soon as everybody waits for it: a sleep of an hour is
 * over at once, and it was an hour for both of them.
 */
export class FastClock {
    private time = Date.UTC(2026, 0, 5, 9);
    /** How far the provider's wall clock is from the emulator's, in milliseconds. */
    private set = 0;
    private readonly sleepers = new Set<Sleeper>();
    private works = 0;
    private serverSleeps = 0;
    private passing = false;
    private stopped = false;

    /** The clock as the emulator sees it: a request that sleeps there is no work that time waits for. */
    readonly server = {
        now: () => this.time,
        sleep: async (ms: number, signal?: AbortSignal) => {
            this.serverSleeps += 1;
            try {
                await this.sleep(ms, signal);
            } finally {
                this.serverSleeps -= 1;
            }
        },
    };

    now = (): number => this.time + this.set;

    monotonic = (): number => this.time;

    sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
        new Promise((resolve, reject) => {
            const abort = () => {
                this.sleepers.delete(sleeper);
                reject(signal?.reason);
            };
            const sleeper = {
                wakesAt: this.time + Math.max(0, ms),
                wake: () => {
                    this.sleepers.delete(sleeper);
                    signal?.removeEventListener("abort", abort);
                    resolve();
                },
            };
            signal?.addEventListener("abort", abort, { once: true });
            this.sleepers.add(sleeper);
            this.pass();
        });

    /** Time stands still until this is called back: something is on its way. */
    work(): () => void {
        let over = false;
        this.works += 1;
        return () => {
            this.works -= over ? 0 : 1;
            over = true;
        };
    }

    /** Somebody sets the clock on the provider's wall: no time passes. */
    setWall(ms: number): void {
        this.set += ms;
    }

    /** Lets time pass while nothing is on its way. */
    skip(ms: number): void {
        this.time += ms;
    }

    /** Time stands still for ever: who sleeps is not woken any more. */
    stop(): void {
        this.stopped = true;
    }

    private async pass(): Promise<void> {
        if (this.passing) {
            return;
        }
        this.passing = true;
        while (this.sleepers.size > 0 && !this.stopped) {
            await turn();
            await turn();
            if (this.works <= this.serverSleeps && !this.stopped) {
                const [next] = [...this.sleepers].sort((one, other) => one.wakesAt - other.wakesAt);
                this.time = Math.max(this.time, next?.wakesAt ?? 0);
                next?.wake();
            }
        }
        this.passing = false;
    }
}
