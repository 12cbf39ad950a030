/** How often something that takes a while is looked at. */
export interface Rhythm {
    /** The first waits are this long, in milliseconds. */
    shortest: number;
    /** A wait's share of the time that has passed: what ends after T is noticed within T × (1 + share). */
    share: number;
}

/** No wait is longer, in milliseconds. */
const LONGEST = 15_000;
/** Where a look costs nobody anything. */
const CLOSE: Rhythm = { shortest: 25, share: 0.08 };

/**
 * How long to wait before the next look at something that takes a while: short at first, then in proportion to the
 * time passed, so that a short job is noticed at once and a long one is not asked after a thousand times.
 *
 * @param elapsed milliseconds since it began.
 * @returns milliseconds.
 */
export function nextPoll(elapsed: number, { shortest, share }: Rhythm = CLOSE): number {
    return Math.min(LONGEST, Math.max(shortest, elapsed * share));
}
