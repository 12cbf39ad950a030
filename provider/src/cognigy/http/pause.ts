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

    /** Whether calls are held now. */
    get on(): boolean {
        return this.clock.monotonic() < this.until;
    }

    /** Holds every call that has not been sent yet for so many milliseconds. */
    start(milliseconds: number): void {
        this.until = Math.max(this.until, this.clock.monotonic() + milliseconds);
    }

    /**
     * Waits until no pause is on.
     *
     * @param spread how far apart calls that wait together go on, in milliseconds: not all in the same instant.
     */
    async over(spread = SPREAD): Promise<void> {
        while (this.on) {
            await this.clock.sleep(this.until - this.clock.monotonic() + this.random() * spread);
        }
    }
}
