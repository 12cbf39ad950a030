/** The first wait is at most this long, in milliseconds; each further one at most twice the one before. */
const FIRST = 250;
/** No wait is longer, in milliseconds. */
const LONGEST = 10_000;

/**
 * How long to wait before a call is tried again: exponential, with full jitter.
 *
 * @param attempt the number of tries so far, from 1.
 * @param random a number from 0 up to 1.
 * @returns milliseconds.
 */
export function backoff(attempt: number, random: number): number {
    const most = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
    // Never at once: half is fixed.
    return most / 2 + (most / 2) * random;
}

/** How long all waits take at most, from the one after try `first` to the one after try `last`: milliseconds. */
export function waitsFrom(first: number, last: number): number {
    let sum = 0;
    for (let attempt = first; attempt <= last; attempt += 1) {
        sum += backoff(attempt, 1);
    }
    return sum;
}
