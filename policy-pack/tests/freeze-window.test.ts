import { freezeWindow } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const CHRISTMAS = {
    name: "Christmas",
    from: "2026-12-20T18:00",
    to: "2027-01-04T08:00",
    timeZone: "Europe/Berlin",
};
const WEEKEND = { name: "weekend", from: "fri 18:00", to: "mon 08:00", timeZone: "America/New_York" };
const NIGHT = { name: "night", from: "22:00", to: "06:00" };

/** The times that a freeze holds at, and those just outside of it; each in UTC. */
const TIMES = [
    ["Christmas (dated)", CHRISTMAS, "2026-12-20T17:00:00Z", true],
    ["Christmas (dated)", CHRISTMAS, "2026-12-20T16:59:59.999Z", false],
    ["Christmas (dated)", CHRISTMAS, "2027-01-04T06:59:59.999Z", true],
    ["Christmas (dated)", CHRISTMAS, "2027-01-04T07:00:00Z", false],
    ["weekend (weekly)", WEEKEND, "2026-01-09T23:00:00Z", true],
    ["weekend (weekly)", WEEKEND, "2026-01-09T22:59:59.999Z", false],
    ["weekend (weekly)", WEEKEND, "2026-01-11T12:00:00Z", true],
    ["weekend (weekly)", WEEKEND, "2026-01-12T12:59:59.999Z", true],
    ["weekend (weekly)", WEEKEND, "2026-01-12T13:00:00Z", false],
    ["night (daily)", NIGHT, "2026-01-09T22:00:00Z", true],
    ["night (daily)", NIGHT, "2026-01-09T21:59:59.999Z", false],
    ["night (daily)", NIGHT, "2026-01-09T00:00:00Z", true],
    ["night (daily)", NIGHT, "2026-01-09T05:59:59.999Z", true],
    ["night (daily)", NIGHT, "2026-01-09T06:00:00Z", false],
] as const;

const ACTIVE = { windows: [{ ...CHRISTMAS, name: "Year's end", from: "2026-01-01T00:00" }] };
const text = (length = 10) =>
    `the freeze "Year's end" (2026-01-01T00:00 to 2027-01-04T08:00, Europe/Berlin) holds now; expected a release outside ` +
    `of it, or a reason of at least ${length} characters. Wait until it is over, or state in \`deployment.breakGlass\` ` +
    "why this cannot wait.";

describe("freeze-window", () => {
    beforeEach(() => at("2026-01-09T12:00:00Z"));
    afterEach(() => jest.restoreAllMocks());

    it("holds at no time unless windows are set", () => {
        expect(violations(freezeWindow, release())).toEqual([]);
    });

    it.each(TIMES)("%s, %j, at %s: holds is %s", (_, window, time, holds) => {
        at(time);
        expect(violations(freezeWindow, release(), { windows: [window] })).toHaveLength(holds ? 1 : 0);
    });

    it("refuses a release inside of a freeze, and names it", () => {
        expect(violations(freezeWindow, release(), ACTIVE)).toEqual([message(text())]);
    });

    it("counts in UTC where no time zone is given", () => {
        at("2026-01-09T23:00:00Z");
        expect(violations(freezeWindow, release(), { windows: [NIGHT] })).toEqual([
            message(text().replace(/the freeze .* holds/, 'the freeze "night" (22:00 to 06:00, UTC) holds')),
        ]);
    });

    it("holds for the environments that a window names, and for all where it names none", () => {
        const windows = [{ ...ACTIVE.windows[0], environments: ["production", "staging"] }];
        const to = (targetEnvironment: string) => release({ targetEnvironment });
        expect(violations(freezeWindow, to("staging"), { windows })).toHaveLength(1);
        expect(violations(freezeWindow, to("development"), { windows })).toEqual([]);
        expect(violations(freezeWindow, to("development"), ACTIVE)).toHaveLength(1);
    });

    it.each(["", "hurry", "   hurry     "])("refuses to break the glass for the reason %j", (breakGlass) => {
        expect(violations(freezeWindow, release({ deployment: { breakGlass } }), ACTIVE)).toEqual([
            message(text()),
        ]);
    });

    it("breaks the glass for a reason, whose length the config may set", () => {
        const urgent = release({ deployment: { breakGlass: "bookings are lost" } });
        expect(violations(freezeWindow, urgent, ACTIVE)).toEqual([]);
        expect(violations(freezeWindow, urgent, { ...ACTIVE, minReasonLength: 18 })).toEqual([
            message(text(18)),
        ]);
    });

    it("lets a release through that stands as it is declared", () => {
        expect(violations(freezeWindow, release({ context: { deploys: false } }), ACTIVE)).toEqual([]);
    });

    it("tells everything that is wrong with its windows, and no stack", () => {
        const windows = [
            { ...NIGHT, timeZone: "Mars/Olympus" },
            { ...NIGHT, to: "fri 06:00" },
        ];
        const problem =
            'the config of freeze-window is wrong: windows.0.timeZone: expected an IANA time zone such as "Europe/Berlin"; ' +
            "windows.1.to: expected the same form as `from`";
        expect(() => violations(freezeWindow, release(), { windows })).toThrow(
            expect.objectContaining({ message: problem, stack: problem }),
        );
    });

    it("tells what is wrong with its windows even for a release that stands", () => {
        const standing = release({ context: { deploys: false } });
        expect(() => violations(freezeWindow, standing, { windows: [{}] })).toThrow(
            "the config of freeze-window",
        );
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["context", { context: UNKNOWN }],
        ["context.deploys", { context: { deploys: UNKNOWN } }],
        ["deployment", { deployment: UNKNOWN }],
        ["deployment.breakGlass", { deployment: { breakGlass: UNKNOWN } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(freezeWindow, release(changes), ACTIVE)).toBe(path);
    });
});

function at(time: string): void {
    jest.spyOn(Date, "now").mockReturnValue(Date.parse(time));
}
