/**
 * The middle one of some numbers.
 *
 * @param {number[]} values
 */
export function median(values) {
    const sorted = [...values].sort((one, other) => one - other);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * How long some work takes, in milliseconds.
 *
 * @param {() => unknown} work
 */
export async function timed(work) {
    const began = performance.now();
    await work();
    return performance.now() - began;
}

/**
 * Does two things in turn, so that what else the machine does meets both, and gives the median time of each.
 *
 * @param {number} rounds
 * @param {(round: number) => unknown} one
 * @param {(round: number) => unknown} other
 */
export async function inTurns(rounds, one, other) {
    const times = { one: [], other: [] };
    for (let round = 1; round <= rounds; round += 1) {
        times.one.push(await timed(() => one(round)));
        times.other.push(await timed(() => other(round)));
    }
    return { one: median(times.one), other: median(times.other), all: times };
}

/**
 * Does two things in turn, and gives the shortest time of each: for work so short that what else the machine does is most of
 * what differs.
 *
 * @param {number} rounds
 * @param {() => unknown} one
 * @param {() => unknown} other
 */
export async function fastestInTurns(rounds, one, other) {
    const { all } = await inTurns(rounds, one, other);
    return { one: Math.min(...all.one), other: Math.min(...all.other) };
}

/** Seconds, for people. */
export function secondsText(milliseconds) {
    return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}
