/** The first waits are this long, in milliseconds. */
const SHORTEST = 25;
/** No wait is longer, in milliseconds. */
const LONGEST = 15_000;
/** A wait's share of the time that has passed: what ends after T is noticed within T × (1 + SHARE). */
const SHARE = 0.08;

/**
 * How long to wait before the next look at something that takes a while: short at first, then in proportion to the
 * time passed, so that a short job is noticed at once and a long one is not asked after a thousand times.
 *
 * @param elapsed milliseconds since it began.
 * @returns milliseconds.
 */
export function nextPoll(elapsed: number): number {
    return Math.min(LONGEST, Math.max(SHORTEST, elapsed * SHARE));
}
