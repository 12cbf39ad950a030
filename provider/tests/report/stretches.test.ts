import fc from "fast-check";
import { stretchesOf } from "../../src/report/stretches.js";

const DAY = 86_400_000;
const at = (text: string) => Date.parse(text);

describe("the stretches of a chart", () => {
    it("are days in a month, weeks from Monday in a year, and months in more than that", () => {
        expect(stretchesOf(at("2026-01-05T09:00Z"), at("2026-01-07T00:00Z"))).toEqual({
            stretch: "day",
            from: ["2026-01-05", "2026-01-06", "2026-01-07"].map(at),
        });
        const weeks = stretchesOf(at("2026-01-07T09:00Z"), at("2026-03-01T00:00Z"));
        expect(weeks.stretch).toBe("week");
        expect(weeks.from.slice(0, 2)).toEqual(["2026-01-05", "2026-01-12"].map(at));
        expect(weeks.from.at(-1)).toBe(at("2026-02-23"));
        const months = stretchesOf(at("2024-11-30T09:00Z"), at("2026-02-01T00:00Z"));
        expect(months.stretch).toBe("month");
        expect(months.from.slice(0, 3)).toEqual(["2024-11-01", "2024-12-01", "2025-01-01"].map(at));
        expect(months.from.at(-1)).toBe(at("2026-02-01"));
    });

    it("follow each other without a gap, are not too many, and hold the end; the beginning too, within five years", () => {
        const moment = fc.integer({ min: at("2000-01-01"), max: at("2040-01-01") });
        fc.assert(
            fc.property(moment, fc.integer({ min: 0, max: 3_000 }), (first, days) => {
                const last = first + days * DAY;
                const { stretch, from } = stretchesOf(first, last);
                expect(from.length).toBeLessThanOrEqual(61);
                expect(from.at(-1)).toBeLessThanOrEqual(last);
                const longest = { day: DAY, week: 7 * DAY, month: 31 * DAY }[stretch];
                const ends = [...from.slice(1), last];
                for (const [index, start] of from.entries()) {
                    expect((ends[index] as number) - start).toBeGreaterThanOrEqual(
                        index + 1 < from.length ? DAY : 0,
                    );
                    expect((ends[index] as number) - start).toBeLessThanOrEqual(longest);
                }
                if (days < 5 * 360) {
                    expect(from[0]).toBeLessThanOrEqual(first);
                }
            }),
        );
    });
});
