import fc from "fast-check";
import { retryAfter } from "../../../src/cognigy/http/retry-after.js";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const LONGEST = 15 * 60_000;

describe("a Retry-After header", () => {
    it.each<[string, string | string[] | undefined, number | undefined]>([
        ["seconds", "120", 120_000],
        ["no seconds", "0", 0],
        ["fractions of a second", "1.5", 1_500],
        ["space around it", "  7 ", 7_000],
        ["an HTTP date", "Fri, 02 Jan 2026 03:04:35 GMT", 30_000],
        ["a date in another form of RFC 9110", "Friday, 02-Jan-26 03:04:35 GMT", 30_000],
        ["a date that is over", "Fri, 02 Jan 2026 03:00:00 GMT", 0],
        ["an hour, which is more than is obeyed", "3600", LONGEST],
        ["a date far away", "Fri, 02 Jan 2099 03:00:00 GMT", LONGEST],
        ["the first of several", ["5", "90"], 5_000],
        ["nothing", undefined, undefined],
        ["an empty text", "", undefined],
        ["an empty list", [], undefined],
        ["a word", "soon", undefined],
    ])("may say %s", (_what, header, wait) => {
        expect(retryAfter(header, NOW)).toBe(wait);
    });

    it("means any number of seconds, up to a quarter of an hour", () => {
        fc.assert(
            fc.property(fc.nat(), (seconds) => {
                expect(retryAfter(String(seconds), NOW)).toBe(Math.min(LONGEST, seconds * 1000));
            }),
        );
    });

    it("means any date, up to a quarter of an hour from now", () => {
        fc.assert(
            fc.property(fc.integer({ min: -10_000, max: 10_000 }), (seconds) => {
                const date = new Date(NOW + seconds * 1000).toUTCString();
                expect(retryAfter(date, NOW)).toBe(Math.min(LONGEST, Math.max(0, seconds * 1000)));
            }),
        );
    });

    it("never makes anybody wait for ever, whatever it says", () => {
        fc.assert(
            fc.property(fc.oneof(fc.string(), fc.array(fc.string())), (header) => {
                const wait = retryAfter(header, NOW);
                expect(wait === undefined || (wait >= 0 && wait <= LONGEST)).toBe(true);
            }),
        );
    });
});
