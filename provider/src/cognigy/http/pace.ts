import type { Clock } from "../../clock.js";
import { LearnedRate } from "./learned-rate.js";
import { Pause } from "./pause.js";

/** The pace that all calls of one client keep: they stop when the server says so, and go on at the rate that it allows. */
export class Pace {
    private readonly pause: Pause;
    private readonly rate = new LearnedRate();
    private last: Promise<void> = Promise.resolve();

    constructor(
        private readonly clock: Clock,
        random: () => number,
    ) {
        this.pause = new Pause(clock, random);
    }

    /** Waits until one more call may be sent. */
    async turn(): Promise<void> {
        await this.pause.over();
        if (!this.rate.known) {
            return;
        }
        // One waits for the clock, and the others for that one: they go in the order in which they came.
        const turn = this.last.then(() => this.wait());
        this.last = turn;
        await turn;
    }

    private async wait(): Promise<void> {
        for (;;) {
            await this.pause.over(0);
            const milliseconds = this.rate.take(this.clock.monotonic());
            if (milliseconds === 0) {
                return;
            }
            await this.clock.sleep(milliseconds);
            this.rate.raise(milliseconds, this.clock.monotonic());
        }
    }

    /** A call was answered, and not refused for coming too early. */
    accepted(): void {
        this.rate.accepted(this.clock.monotonic());
    }

    /** A call came too early: all calls stop for so many milliseconds, and go on at another pace. */
    refused(milliseconds: number): void {
        // Calls that were on their way together are refused together: that tells one thing only.
        if (!this.pause.on) {
            this.rate.refused(this.clock.monotonic(), milliseconds);
        }
        this.pause.start(milliseconds);
    }

    /** The server asks for a rest of so many milliseconds, whatever the pace. */
    rest(milliseconds: number): void {
        this.pause.start(milliseconds);
    }
}
