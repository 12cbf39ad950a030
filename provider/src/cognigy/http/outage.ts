import type { Clock } from "../../clock.js";

/** A call that got no answer, or none that is of use. */
export interface Miss {
    /** When it was sent, by the clock that nobody sets. */
    sent: number;
    /** What the platform does instead of answering: `answers 503`. */
    what: string;
    /** When it is given up at the latest, by the same clock. */
    until: number;
}

/** People are told of a rest that lasts so long, in milliseconds. */
const LONG_REST = 10_000;

/** Tells people, once for each outage, that the platform does not answer and until when it is asked again. */
export class Outage {
    private began: number | undefined;
    private told = false;
    private restsUntil = 0;
    private readonly deadlines: number[] = [];

    /**
     * @param platform how it is named.
     * @param tell says one line to people.
     * @param silence how long nothing is said, in milliseconds.
     */
    constructor(
        private readonly platform: string,
        private readonly tell: (line: string) => void,
        private readonly clock: Clock,
        readonly silence: number,
    ) {}

    /** Does work that goes on asking until then, also when single calls are given up. */
    async during<T>(deadline: number, work: () => Promise<T>): Promise<T> {
        this.deadlines.push(deadline);
        try {
            return await work();
        } finally {
            this.deadlines.splice(this.deadlines.indexOf(deadline), 1);
        }
    }

    /** The platform answers. */
    answered(): void {
        this.began = undefined;
        this.told = false;
    }

    /** A call got no answer. */
    missed({ sent, what, until }: Miss): void {
        const now = this.clock.monotonic();
        this.began ??= sent;
        const last = Math.max(until, ...this.deadlines);
        if (this.told || now - this.began < this.silence || last <= now) {
            return;
        }
        this.told = true;
        this.tell(
            `${this.platform} ${what}; it is asked again until ${this.time(last - now)} UTC, for up to ${duration(last - now)}`,
        );
    }

    /** The platform takes no calls for so many milliseconds: told once for each rest, and only where people would wonder. */
    rests(milliseconds: number): void {
        const now = this.clock.monotonic();
        if (milliseconds < LONG_REST || now < this.restsUntil) {
            return;
        }
        this.restsUntil = now + milliseconds;
        this.tell(
            `${this.platform} takes no more calls for now; it is asked again at ${this.time(milliseconds)} UTC, ` +
                `in ${duration(milliseconds)}`,
        );
    }

    /** What time it will be in so many milliseconds. */
    private time(milliseconds: number): string {
        return new Date(this.clock.now() + milliseconds).toISOString().slice(11, 19);
    }
}

function duration(milliseconds: number): string {
    const seconds = Math.ceil(milliseconds / 1000);
    return seconds <= 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
