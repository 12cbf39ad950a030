/** How much the rate is raised a second while calls wait for it, as long as no limit of it was met. */
const SEARCHING = 1.2;
/** How much it is raised a second when one was met, times the square of the seconds since: at first hardly, then boldly. */
const BOLDNESS = 6e-5;
/** What the server accepted since a refusal is proof of what it allows for so long, in milliseconds. */
const PROOF_COUNTS = 60_000;
/** The share of a full bucket that is spent at once: the rest makes up for a rate that is a little too high. */
const AT_ONCE = 0.5;

/** A moment at which the server's bucket was empty. */
interface Refusal {
    at: number;
    /** How many calls were accepted until then. */
    accepted: number;
}

/**
 * What a server allows, learned from its refusals. Most keep a bucket that is filled at a rate, and each call takes one
 * from it: when a call is refused the bucket is empty, and what is accepted from then on is what it is filled with. So
 * this keeps a bucket like the server's, and a refusal becomes rare.
 *
 * All times are milliseconds of one clock.
 */
export class LearnedRate {
    /** A second; undefined as long as it is not known. */
    private perSecond: number | undefined;
    private limitMet = false;
    private size = 1;
    private credit = 0;
    private filledAt = 0;
    private acceptedCalls = 0;
    private refusals: Refusal[] = [];

    /** Whether enough is known to keep to a rate: from the second refusal on. */
    get known(): boolean {
        return this.perSecond !== undefined;
    }

    /** The server has accepted a call. */
    accepted(): void {
        this.acceptedCalls += 1;
    }

    /** The server has refused a call. */
    refused(now: number): void {
        const last = this.refusals.at(-1);
        if (last) {
            this.learn(now, last);
        }
        this.refusals = this.refusals.filter(({ at }) => now - at < PROOF_COUNTS);
        this.refusals.push({ at: now, accepted: this.acceptedCalls });
        this.credit = 0;
        this.filledAt = now;
    }

    private learn(now: number, last: Refusal): void {
        const proved = Math.max(...[last, ...this.refusals].map((one) => this.rateSince(one, now)));
        const accepted = this.acceptedCalls - last.accepted;
        if (this.perSecond === undefined) {
            this.size = accepted;
            this.perSecond = proved;
        } else if (accepted < 2 * this.size) {
            // Too many went at once; of the rate that tells nothing.
            this.size /= 2;
            this.perSecond = Math.max(proved, this.perSecond);
        } else {
            this.perSecond = (proved + this.perSecond) / 2;
            this.limitMet = true;
        }
    }

    private rateSince({ at, accepted }: Refusal, now: number): number {
        return (Math.max(1, this.acceptedCalls - accepted) * 1000) / Math.max(1, now - at);
    }

    /**
     * Takes one from the bucket for a call.
     *
     * @returns 0 when it may be sent now; otherwise in how many milliseconds to ask again.
     */
    take(now: number): number {
        if (this.perSecond === undefined) {
            return 0;
        }
        this.fill(now, this.perSecond);
        if (this.credit >= 1) {
            this.credit -= 1;
            return 0;
        }
        return Math.ceil(((1 - this.credit) / this.perSecond) * 1000);
    }

    private fill(now: number, perSecond: number): void {
        const filled = this.credit + ((now - this.filledAt) / 1000) * perSecond;
        this.credit = Math.min(Math.max(1, this.size * AT_ONCE), filled);
        this.filledAt = now;
    }

    /** Somebody has waited so many milliseconds: the rate is what holds calls up, and may be too low. */
    raise(milliseconds: number, now: number): void {
        if (this.perSecond !== undefined) {
            const since = (now - (this.refusals.at(-1)?.at ?? now)) / 1000;
            const growth = this.limitMet ? 1 + BOLDNESS * since ** 2 : SEARCHING;
            this.perSecond *= growth ** (milliseconds / 1000);
        }
    }
}
