/** How much the rate is raised a second while calls wait for it, as long as no limit of it was met. */
const SEARCHING = 10;
/**
 * How much it is raised a second when one was met, times the square of the seconds since: at first hardly, then boldly. What
 * was counted by the second is what is allowed; what a bucket is filled with, a little less.
 */
const BOLDNESS = { counted: 4e-6, filled: 2e-5 };
/** The share of what was learned that is made use of: the rest makes up for calls that come in closer than they were sent. */
const SAFE = 0.96;
/** What the server accepted since a refusal is proof of what it allows for so long, in milliseconds. */
const PROOF_COUNTS = 60_000;
/** Servers that ask for a pause of no more than this count by the second, it is supposed; in milliseconds. */
const SHORT_PAUSE = 2_000;
/** The share of what may have been saved up in a longer pause that is spent at once. */
const AT_ONCE = 0.5;
/** So many calls tell a rate, beside those that may have been saved up. */
const FEW = 8;
/** How many of the last calls are kept in mind. */
const MOST = 4_000;

/**
 * What a server allows, learned from its refusals. Some keep a bucket that is filled at a rate, and each call takes one from
 * it; some count the calls of the last second, or of this one. Calls that are evenly apart are refused by none of them, as
 * long as they are not too many; and a refusal tells how many those are.
 *
 * All times are milliseconds of one clock.
 */
export class LearnedRate {
    /** A second; undefined as long as it is not known. */
    private perSecond: number | undefined;
    /** Whether a rate was refused, and not only calls that were sent without one. */
    private limitMet = false;
    private boldness = BOLDNESS.counted;
    /** How many were accepted when nothing held them up. */
    private saved = 1;
    private refusedAt: number | undefined;
    private resumedAt = 0;
    /** When calls were accepted since then. */
    private acceptedAt: number[] = [];
    private proofs: { at: number; perSecond: number }[] = [];
    private credit = 0;
    private filledAt = 0;

    /** Whether enough is known to keep to a rate. */
    get known(): boolean {
        return this.perSecond !== undefined;
    }

    /** The server has accepted a call. */
    accepted(now: number): void {
        // What was on its way when another one was refused says nothing of what comes after the pause.
        if (now >= this.resumedAt) {
            this.acceptedAt.push(now);
        }
        if (this.acceptedAt.length > MOST) {
            this.acceptedAt.splice(0, MOST / 2);
        }
    }

    /**
     * The server has refused a call.
     *
     * @param pause for how long no call is sent from now on.
     */
    refused(now: number, pause: number): void {
        this.learn(now, pause);
        this.refusedAt = now;
        this.resumedAt = now + pause;
        this.acceptedAt = [];
        // The first one goes when the pause is over: it was told to come then.
        this.credit = 1;
        this.filledAt = now;
    }

    private learn(now: number, pause: number): void {
        if (this.perSecond !== undefined && this.acceptedAt.length === 0) {
            // Nothing gets through: that tells of no rate.
            return;
        }
        const proved = this.proved(now);
        if (this.perSecond !== undefined) {
            this.perSecond = Math.min(this.perSecond, this.learned(now, this.perSecond, proved)) * SAFE;
            this.limitMet = true;
        } else if (proved !== undefined) {
            this.saved = Math.max(1, this.acceptedAt.length);
            this.perSecond = proved * SAFE;
        } else if (pause <= SHORT_PAUSE) {
            this.saved = Math.max(1, this.inLastSecond(now));
            this.perSecond = this.saved * SAFE;
        }
    }

    /** Whether the last pause was longer than that of a server that counts by the second. */
    private get pausedLong(): boolean {
        return this.resumedAt - (this.refusedAt ?? 0) > SHORT_PAUSE;
    }

    /** What is allowed, as the refusal of a rate tells. */
    private learned(now: number, refused: number, proved = 0): number {
        const inLastSecond = this.inLastSecond(now);
        // Where calls are counted by the second there are as many in each, and up to twice as many in a second that is in two.
        if (!this.pausedLong && inLastSecond <= this.saved * (this.limitMet ? 1.1 : 2)) {
            this.boldness = BOLDNESS.counted;
            return Math.max(proved, inLastSecond);
        }
        this.boldness = BOLDNESS.filled;
        return Math.max(proved, this.rightBefore(now) ?? this.whenFew(now, refused));
    }

    /** What the server has accepted since its last refusal, or between two others a while ago. */
    private proved(now: number): number | undefined {
        if (this.refusedAt === undefined) {
            return undefined;
        }
        this.proofs = this.proofs.filter(({ at }) => now - at < PROOF_COUNTS);
        this.proofs.push({ at: now, perSecond: rate(this.acceptedAt.length || 1, now - this.refusedAt) });
        return Math.max(...this.proofs.map(({ perSecond }) => perSecond));
    }

    private inLastSecond(now: number): number {
        return this.acceptedAt.filter((at) => now - at < 1000).length;
    }

    /** What was accepted right before a refusal, beside what may have been saved up: the time that proves most. */
    private rightBefore(now: number): number | undefined {
        const { acceptedAt, saved } = this;
        let most: number | undefined;
        for (let first = acceptedAt.length - saved - FEW; first >= 0; first -= 1) {
            const count = acceptedAt.length - first - saved;
            most = Math.max(most ?? 0, rate(count, now - (acceptedAt[first] ?? now)));
        }
        return most;
    }

    /** What the rate was, while it was raised, before the calls that may have been saved up. */
    private whenFew(now: number, refused: number): number {
        const then = this.acceptedAt.at(-this.saved - 2) ?? this.resumedAt;
        return refused / (this.limitMet ? 1 : SEARCHING ** ((now - then) / 1000));
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
        this.credit = Math.min(this.pausedLong ? Math.max(1, this.saved * AT_ONCE) : 1, filled);
        this.filledAt = now;
    }

    /** Somebody has waited so many milliseconds: the rate is what holds calls up, and may be too low. */
    raise(milliseconds: number, now: number): void {
        if (this.perSecond !== undefined) {
            const since = Math.max(0, now - this.resumedAt) / 1000;
            const growth = this.limitMet ? 1 + this.boldness * since ** 2 : SEARCHING;
            this.perSecond *= growth ** (milliseconds / 1000);
        }
    }
}

function rate(calls: number, milliseconds: number): number {
    return (calls * 1000) / Math.max(1, milliseconds);
}
