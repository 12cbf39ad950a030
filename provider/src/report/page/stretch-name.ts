import type { Trend } from "../report.js";

const DAY = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", day: "numeric", month: "short" });
const MONTH = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "short", year: "numeric" });

/** A stretch of time by its beginning: `Jan 5`, or `Jan 2026` for a month. */
export function stretchName(from: number, stretch: Trend["stretch"]): string {
    return (stretch === "month" ? MONTH : DAY).format(from);
}
