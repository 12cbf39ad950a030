/** How the limit answers and how fast it refills. */
export interface RateLimitSettings {
    /** Requests per second, in the long run; as many may come at once. */
    readonly perSecond: number;
    /** Whether `Retry-After` is sent in seconds or as an HTTP date. */
    readonly retryAfter: "seconds" | "date";
}

/** A token bucket over all requests. Off until it is set. */
export class RateLimit {
    private settings: RateLimitSettings | null = null;
    private tokens = 0;
    private filledAt = 0;

    /** Starts with a full bucket; null switches the limit off. */
    set(settings: RateLimitSettings | null, now: number): void {
        this.settings = settings;
        this.filledAt = now;
        this.tokens = settings ? capacityOf(settings) : 0;
    }

    /** Counts one request. @returns the `Retry-After` to refuse it with, or null when it may pass */
    take(now: number): string | null {
        if (this.settings === null) {
            return null;
        }
        const { perSecond, retryAfter } = this.settings;
        const refilled = ((now - this.filledAt) / 1000) * perSecond;
        this.tokens = Math.min(capacityOf(this.settings), this.tokens + refilled);
        this.filledAt = now;
        if (this.tokens >= 1) {
            this.tokens -= 1;
            return null;
        }
        const waitSeconds = Math.max(1, Math.ceil((1 - this.tokens) / perSecond));
        return retryAfter === "seconds" ? String(waitSeconds) : httpDate(now + waitSeconds * 1000);
    }
}

/** The moment as an HTTP date, rounded up: HTTP dates have whole seconds only. */
export function httpDate(time: number): string {
    return new Date(Math.ceil(time / 1000) * 1000).toUTCString();
}

function capacityOf(settings: RateLimitSettings): number {
    return Math.max(1, settings.perSecond);
}
