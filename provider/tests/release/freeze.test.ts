import { activeFreeze, type FreezeWindow, freezeName, parseFreezeWindows } from "../../src/release/freeze.js";

const NIGHT = { name: "night", from: "22:00", to: "06:00" };
const TIME = 'expected a time such as "2026-12-20T18:00", "fri 18:00" or "18:00"';
const SAME_FORM = "expected the same form as `from`";
const LATER = "expected a time after `from`";

function windowsIn(value: unknown): FreezeWindow[] {
    const parsed = parseFreezeWindows(value);
    if ("problems" in parsed) {
        throw new Error(JSON.stringify(parsed.problems));
    }
    return parsed.windows;
}

function problemsIn(value: unknown): string[] {
    const parsed = parseFreezeWindows(value);
    return "problems" in parsed ? parsed.problems.map(({ path, expected }) => `${path}: ${expected}`) : [];
}

/** Tells whether a window holds for production at a time in UTC. */
function holds(window: Record<string, unknown>, time: string): boolean {
    return activeFreeze(windowsIn([window]), "production", Date.parse(time)) !== undefined;
}

describe("freeze windows", () => {
    it.each([
        ["once", { from: "2026-12-20T18:00", to: "2027-01-04T08:00" }],
        ["every week", { from: "fri 18:00", to: "mon 08:00" }],
        ["every day", { from: "22:00", to: "06:00" }],
        ["for a minute", { from: "23:59", to: "00:00" }],
    ])("can hold %s, in UTC where no time zone is given", (_, times) => {
        expect(windowsIn([{ name: "one", ...times }])).toEqual([{ name: "one", timeZone: "UTC", ...times }]);
    });

    it("keep time zone and environments", () => {
        const full = { ...NIGHT, timeZone: "Asia/Kolkata", environments: ["production"] };
        expect(windowsIn([full])).toEqual([full]);
    });

    it("may be none", () => {
        expect(windowsIn([])).toEqual([]);
    });

    it.each([
        [undefined, ": expected a list of freeze windows"],
        [{}, ": expected a list of freeze windows"],
        [["christmas"], "0: expected an object with name, environments, timeZone, from, to"],
        [
            [{ ...NIGHT, until: "06:00" }],
            '0: has no property "until"; expected name, environments, timeZone, from, to',
        ],
        [[{ ...NIGHT, name: "" }], "0.name: expected a name for people"],
        [[NIGHT, { ...NIGHT, name: 7 }], "1.name: expected a name for people"],
        [[{ ...NIGHT, environments: "production" }], "0.environments: expected a list of environments"],
        [
            [{ ...NIGHT, timeZone: "Mars/Olympus" }],
            '0.timeZone: expected an IANA time zone such as "Europe/Berlin"',
        ],
        [[{ ...NIGHT, timeZone: 1 }], "0.timeZone: expected an IANA time zone"],
        [[{ ...NIGHT, to: "fri 06:00" }], `0.to: ${SAME_FORM}`],
        [[{ ...NIGHT, to: "2026-12-20T06:00" }], `0.to: ${SAME_FORM}`],
        [[{ ...NIGHT, to: "22:00" }], `0.to: ${LATER}`],
        [[{ ...NIGHT, from: "mon 08:00", to: "mon 08:00" }], `0.to: ${LATER}`],
        [[{ ...NIGHT, from: "2026-12-20T18:00", to: "2026-12-20T17:59" }], `0.to: ${LATER}`],
    ])("are not %j", (value, problem) => {
        expect(problemsIn(value)).toEqual([problem]);
    });

    it.each([
        ["24:00"],
        ["8:00"],
        ["12:60"],
        ["Fri 18:00"],
        ["friday 18:00"],
        ["fri  18:00"],
        ["2026-12-20"],
        ["2026-12-20T18:00:00"],
        ["2026-12-20T18:00Z"],
        ["2026-13-20T18:00"],
        ["2026-12-32T18:00"],
        ["2026-12-20T24:00"],
        [" 18:00"],
        [""],
        [18],
    ])("do not begin or end at %j", (time) => {
        expect(problemsIn([{ ...NIGHT, from: time }])).toContain(`0.from: ${TIME}`);
        expect(problemsIn([{ ...NIGHT, to: time }])).toContain(`0.to: ${TIME}`);
    });

    it("tell all that is wrong at once", () => {
        expect(
            problemsIn([{ ...NIGHT, timeZone: "Mars/Olympus" }, { ...NIGHT, from: "noon" }, { name: "x" }]),
        ).toEqual([
            '0.timeZone: expected an IANA time zone such as "Europe/Berlin"',
            `1.from: ${TIME}`,
            `1.to: ${SAME_FORM}`,
            `2.from: ${TIME}`,
            `2.to: ${TIME}`,
        ]);
    });

    it("are named with their times, as people wrote them", () => {
        expect(windowsIn([NIGHT]).map(freezeName)).toEqual(['"night" (22:00 to 06:00, UTC)']);
    });
});

describe("a freeze", () => {
    it("holds for all environments unless it names some", () => {
        const windows = windowsIn([NIGHT]);
        const some = windowsIn([{ ...NIGHT, environments: ["production"] }]);
        const midnight = Date.UTC(2026, 0, 5);
        expect(activeFreeze(windows, "staging", midnight)).toBe(windows[0]);
        expect(activeFreeze(some, "production", midnight)).toBe(some[0]);
        expect(activeFreeze(some, "staging", midnight)).toBeUndefined();
        expect(
            activeFreeze(windowsIn([{ ...NIGHT, environments: [] }]), "staging", midnight),
        ).toBeUndefined();
    });

    it("is the first of several that hold", () => {
        const windows = windowsIn([
            { ...NIGHT, name: "noon", from: "12:00", to: "13:00" },
            { ...NIGHT, name: "first" },
            { ...NIGHT, name: "second" },
        ]);
        expect(activeFreeze(windows, "production", Date.UTC(2026, 0, 5))?.name).toBe("first");
    });

    it.each([
        ["begins within a minute", "2026-01-05T21:59:59.999Z", false],
        ["begins now", "2026-01-05T22:00:00.000Z", true],
        ["runs over midnight", "2026-01-06T00:00:00.000Z", true],
        ["ends within a minute", "2026-01-06T05:59:59.999Z", true],
        ["has ended now", "2026-01-06T06:00:00.000Z", false],
    ])("of every night that %s", (_, time, expected) => {
        expect(holds(NIGHT, time)).toBe(expected);
    });

    it.each([
        ["2026-01-05T11:59:59Z", false],
        ["2026-01-05T12:00:00Z", true],
        ["2026-01-05T12:59:59Z", true],
        ["2026-01-05T13:00:00Z", false],
    ])("of every noon, within one day, at %s: %s", (time, expected) => {
        expect(holds({ name: "noon", from: "12:00", to: "13:00" }, time)).toBe(expected);
    });

    it.each([
        ["2026-01-09T17:59:59Z", false],
        ["2026-01-09T18:00:00Z", true],
        ["2026-01-10T12:00:00Z", true],
        ["2026-01-11T00:00:00Z", true],
        ["2026-01-12T07:59:59Z", true],
        ["2026-01-12T08:00:00Z", false],
        ["2026-01-14T12:00:00Z", false],
    ])("of every weekend, which runs over the end of the week, at %s: %s", (time, expected) => {
        expect(holds({ name: "weekend", from: "fri 18:00", to: "mon 08:00" }, time)).toBe(expected);
    });

    it.each([
        // In Berlin a minute past 01:59 is 03:00 on 29 March, and 02:59 comes twice on 25 October.
        ["2026-03-29T00:59:00Z", false],
        ["2026-03-29T01:00:00Z", false],
        ["2026-10-25T00:15:00Z", true],
        ["2026-10-25T01:15:00Z", true],
        ["2026-10-25T01:30:00Z", false],
    ])("goes by the clock on the wall when it is put forward and back, at %s: %s", (time, expected) => {
        expect(holds({ ...NIGHT, from: "02:10", to: "02:30", timeZone: "Europe/Berlin" }, time)).toBe(
            expected,
        );
    });

    it("goes by the date on the wall", () => {
        const newYear = {
            name: "new year",
            from: "2027-01-01T00:00",
            to: "2027-01-02T00:00",
            timeZone: "Pacific/Apia",
        };
        expect(holds(newYear, "2026-12-31T10:59:59.999Z")).toBe(false);
        expect(holds(newYear, "2026-12-31T11:00:00Z")).toBe(true);
        expect(holds(newYear, "2027-01-01T10:59:59.999Z")).toBe(true);
        expect(holds(newYear, "2027-01-01T11:00:00Z")).toBe(false);
    });
});
