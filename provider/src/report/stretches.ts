import type { Trend } from "./report.js";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** 1970 began on a Thursday. */
const MONDAY = 4 * DAY;
/** More points than this are too many for a chart: the stretches are made longer; of months, the last ones are shown. */
const MOST_POINTS = 60;
const MOST_DAYS = 35;

/** Stretches of time that a chart is made of, all in UTC. */
export interface Stretches {
    stretch: Trend["stretch"];
    /** When each begins, oldest first; the last one holds the end. */
    from: number[];
}

/**
 * Cuts a span into days, weeks that begin on Mondays, or months.
 *
 * @param first the span's first moment.
 * @param last its last one.
 */
export function stretchesOf(first: number, last: number): Stretches {
    if (last - first <= MOST_DAYS * DAY) {
        return { stretch: "day", from: every(DAY, first - (first % DAY), last) };
    }
    if (last - first <= (MOST_POINTS - 1) * WEEK) {
        return { stretch: "week", from: every(WEEK, first - ((first - MONDAY) % WEEK), last) };
    }
    const from: number[] = [];
    for (let at = startOfMonth(last, 0); from.length < MOST_POINTS; at = startOfMonth(at, -1)) {
        from.unshift(at);
        if (at <= first) {
            break;
        }
    }
    return { stretch: "month", from };
}

function every(step: number, from: number, last: number): number[] {
    return Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, index) => from + index * step);
}

function startOfMonth(moment: number, later: number): number {
    const date = new Date(moment);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
}
