/** A limit of a server: null lets a call pass, otherwise `Retry-After` asks it to come again in so many milliseconds. */
export type Limit = (now: number) => number | null;

/** How a server says when to come again: HTTP dates have whole seconds only, and so do the seconds. */
export type RetryAfterForm = "seconds" | "date";

/** The wall's time at which the clock of these tests starts: in the middle of a second. */
const WALL = 123;

/** A bucket that is filled at a rate, and from which each call takes one. */
export function tokenBucket(perSecond: number, size: number, form: RetryAfterForm): Limit {
    let tokens = size;
    let filledAt = 0;
    return (now) => {
        tokens = Math.min(size, tokens + ((now - filledAt) / 1000) * perSecond);
        filledAt = now;
        if (tokens >= 1) {
            tokens -= 1;
            return null;
        }
        return askedFor(now, Math.max(1000, ((1 - tokens) / perSecond) * 1000), form);
    };
}

/** So many calls in each window of so many milliseconds. */
export function fixedWindow(calls: number, length: number, form: RetryAfterForm): Limit {
    let began = 0;
    let taken = 0;
    return (now) => {
        const window = Math.floor(now / length) * length;
        taken = window === began ? taken : 0;
        began = window;
        if (taken < calls) {
            taken += 1;
            return null;
        }
        return askedFor(now, window + length - now, form);
    };
}

/** So many calls in any window of so many milliseconds. */
export function slidingWindow(calls: number, length: number, form: RetryAfterForm): Limit {
    let taken: number[] = [];
    return (now) => {
        taken = taken.filter((at) => now - at < length);
        if (taken.length < calls) {
            taken.push(now);
            return null;
        }
        return askedFor(now, (taken[0] ?? now) + length - now, form);
    };
}

function askedFor(now: number, wait: number, form: RetryAfterForm): number {
    return form === "seconds"
        ? Math.ceil(wait / 1000) * 1000
        : Math.ceil((now + WALL + wait) / 1000) * 1000 - WALL - now;
}
