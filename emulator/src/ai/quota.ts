import type { Clock } from "../clock";

/** How many requests in which time. */
export interface QuotaSettings {
    readonly requests: number;
    readonly windowSeconds: number;
}

/** The limit of the shared platform. */
export const sharedQuota: QuotaSettings = { requests: 1000, windowSeconds: 300 };

/** A limit over all requests, counted in windows: the first request opens one. */
export class Quota {
    private openedAt = Number.NEGATIVE_INFINITY;
    private used = 0;

    constructor(
        private settings: QuotaSettings | null,
        private readonly clock: Clock,
    ) {}

    /** Starts anew; null switches the limit off. */
    set(settings: QuotaSettings | null): void {
        this.settings = settings;
        this.openedAt = Number.NEGATIVE_INFINITY;
    }

    /** Counts one request. @returns the seconds to wait when it is one too many, or null */
    take(): string | null {
        if (this.settings === null) {
            return null;
        }
        const { requests, windowSeconds } = this.settings;
        const now = this.clock.now();
        if (now - this.openedAt >= windowSeconds * 1000) {
            this.openedAt = now;
            this.used = 0;
        }
        this.used += 1;
        return this.used <= requests
            ? null
            : String(Math.ceil((this.openedAt + windowSeconds * 1000 - now) / 1000));
    }
}
