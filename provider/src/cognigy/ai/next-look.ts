/** The shortest time between two looks, in milliseconds: a tenant takes 1,000 calls in five minutes, from everybody together. */
const SHORTEST = 500;
/** No time between two looks is longer, in milliseconds. */
const LONGEST = 15_000;
/** Its share of the time that has passed. */
const SHARE = 0.15;

/**
 * How long to wait before the next look at what the tenant does.
 *
 * @param elapsed milliseconds since it began.
 * @returns milliseconds.
 */
export function nextLook(elapsed: number): number {
    return Math.min(LONGEST, Math.max(SHORTEST, elapsed * SHARE));
}
