import fc from "fast-check";
import { DateTime } from "luxon";
import { freezeWindow } from "../src";
import { release, violations } from "./support/release";
import { holdsByTheClockOnTheWall, momentOf, type Window } from "./support/wall-clock";

const HOUR = 3_600_000;

const ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
];

/** When the clocks of some of the zones are put forward or back; in Apia on the day that it left out. */
const CHANGES = [
    "2026-03-29T01:00Z", // Berlin, forward
    "2026-10-25T01:00Z", // Berlin, back
    "2026-03-08T07:00Z", // New York, forward
    "2026-11-01T06:00Z", // New York, back
    "2026-04-04T15:00Z", // Lord Howe, back by half an hour
    "2026-10-03T15:30Z", // Lord Howe, forward by half an hour
    "2011-12-30T10:00Z", // Apia, forward by a day
    "2018-11-04T03:00Z", // São Paulo, forward at midnight
    "2026-09-26T14:00Z", // Chatham, forward
].map((time) => Date.parse(time));

const moment = fc.oneof(
    fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
    fc
        .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -26 * HOUR, max: 26 * HOUR }))
        .map(([change, offset]) => change + offset),
);

const two = (most: number) =>
    fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, "0"));
const daily = fc.tuple(two(23), two(59)).map((parts) => parts.join(":"));
const weekly = fc
    .tuple(fc.constantFrom("sun", "mon", "tue", "wed", "thu", "fri", "sat"), daily)
    .map((parts) => parts.join(" "));
const zone = fc.constantFrom(...ZONES);

/** A time in a form of a config, near to what the clock on the wall shows at a moment: that is where mistakes are. */
function near(now: number, timeZone: string, format: string): fc.Arbitrary<string> {
    return fc
        .oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -3 * 1440, max: 3 * 1440 }))
        .map((minutes) =>
            DateTime.fromMillis(now, { zone: timeZone })
                .setLocale("en")
                .plus({ minutes })
                .toFormat(format)
                .toLowerCase(),
        );
}

/** A moment and a window of one of the three forms that may hold then. */
const anyWindow: fc.Arbitrary<[number, Window]> = fc
    .tuple(moment, zone, fc.constantFrom("dated", "weekly", "daily"))
    .chain(([now, timeZone, form]) => {
        const dated = near(now, timeZone, "yyyy-MM-dd'T'HH:mm").map((time) => time.toUpperCase());
        const time = {
            dated,
            weekly: fc.oneof(weekly, near(now, timeZone, "ccc HH:mm")),
            daily: fc.oneof(daily, near(now, timeZone, "HH:mm")),
        }[form] as fc.Arbitrary<string>;
        return fc
            .tuple(time, time)
            .filter(([one, other]) => one !== other)
            .map(([one, other]): [number, Window] => {
                const [from, to] = form === "dated" && one > other ? [other, one] : [one, other];
                return [now, { name: "freeze", from, to, timeZone }];
            });
    });

function holds(windows: Window[], now: number): boolean {
    jest.spyOn(Date, "now").mockReturnValue(now);
    return violations(freezeWindow, release(), { windows }).length > 0;
}

describe("freeze-window, for any calendar", () => {
    afterEach(() => jest.restoreAllMocks());

    it("holds when the clock on the wall says so, whatever the zone and the season", () => {
        fc.assert(
            fc.property(anyWindow, ([now, window]) => {
                expect(holds([window], now)).toBe(holdsByTheClockOnTheWall(window, now));
            }),
            { numRuns: 1500 },
        );
    });

    it("holds when any of its windows does", () => {
        const others = fc
            .array(anyWindow, { maxLength: 4 })
            .map((found) => found.map(([, window]) => window));
        fc.assert(
            fc.property(anyWindow, others, ([now, window], more) => {
                const windows = [...more, window];
                expect(holds(windows, now)).toBe(windows.some((one) => holdsByTheClockOnTheWall(one, now)));
            }),
            { numRuns: 200 },
        );
    });

    it("begins with the first millisecond of `from`, and ends with the last one before `to`", () => {
        fc.assert(
            fc.property(moment, zone, fc.integer({ min: 1, max: 40 * 1440 }), (now, timeZone, minutes) => {
                const start = DateTime.fromMillis(now, { zone: timeZone });
                const [from, to] = [start, start.plus({ minutes })].map((time) =>
                    time.toFormat("yyyy-MM-dd'T'HH:mm"),
                ) as [string, string];
                const [begins, ends] = [momentOf(from, timeZone), momentOf(to, timeZone)];
                fc.pre(begins !== undefined && ends !== undefined && begins < ends);
                // A clock that is put back in this very minute shows an earlier time that is not over yet.
                const steady = [begins, ends].every(
                    (one) => offsetAt(one - 1, timeZone) === offsetAt(one, timeZone),
                );
                fc.pre(steady);
                const windows = [{ name: "freeze", from, to, timeZone }];
                const around = [begins - 1, begins, ends - 1, ends].map((time) => holds(windows, time));
                expect(around).toEqual([false, true, true, false]);
            }),
            { numRuns: 300 },
        );
    });
});

function offsetAt(time: number, timeZone: string): number {
    return DateTime.fromMillis(time, { zone: timeZone }).offset;
}
