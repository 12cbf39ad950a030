import { InvalidArgumentError } from "commander";
import { parseMoment } from "../../src/cli/moment.js";

const NOW = Date.UTC(2026, 2, 31, 12);

describe("a moment that people write", () => {
    it.each([
        ["2026-01-31", Date.UTC(2026, 0, 31)],
        ["2026-01-31T08:00:00Z", Date.UTC(2026, 0, 31, 8)],
        ["2026-01-31T08:00:00.5+02:00", Date.UTC(2026, 0, 31, 6, 0, 0, 500)],
        ["90m", Date.UTC(2026, 2, 31, 10, 30)],
        ["12h", Date.UTC(2026, 2, 31)],
        ["30d", Date.UTC(2026, 2, 1, 12)],
        ["4w", Date.UTC(2026, 2, 3, 12)],
    ])("may be %s", (text, moment) => {
        expect(parseMoment(text, NOW)).toBe(moment);
    });

    it.each([
        "",
        "yesterday",
        "30",
        "30 d",
        "-1d",
        "1y",
        "2026",
        "31.01.2026",
        "2026-13-01",
        "2026-01-31Tea",
    ])("may not be %j", (text) => {
        expect(() => parseMoment(text, NOW)).toThrow(InvalidArgumentError);
    });
});
