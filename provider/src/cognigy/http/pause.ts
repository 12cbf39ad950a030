import type { Clock } from "../../clock.js";

/** How far apart the calls start again after a pause, in milliseconds. */
const SPREAD = 250;

/** A pause that all calls of one client keep: what one call is told by `Retry-After`, the others obey too. */
export class Pause {
    private until = 0;

    constructor(
        private readonly clock: Clock,
        private readonly random: () => number,
    ) {}

    /** Holds every call that has not been sent yet for so many milliseconds. */
    start(milliseconds: number): void {
        this.until = Math.max(this.until, this.clock.monotonic() + milliseconds);
    }

    /** Waits until no pause is on. Calls go on a little apart, not all in the same instant. */
    async over(): Promise<void> {
        while (this.clock.monotonic() < this.until) {
            await this.clock.sleep(this.until - this.clock.monotonic() + this.random() * SPREAD);
        }
    }
}
