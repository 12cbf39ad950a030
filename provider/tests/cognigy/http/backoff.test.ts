import fc from "fast-check";
import { backoff } from "../../../src/cognigy/http/backoff.js";

describe("backing off", () => {
    it("doubles from a quarter of a second up to ten seconds", () => {
        expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backoff(attempt, 1))).toEqual([
            250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
        ]);
    });

    it("leaves half of each wait to chance, and never waits less than the other half", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 2_000 }),
                fc.double({ min: 0, max: 1, noNaN: true }),
                (attempt, random) => {
                    const wait = backoff(attempt, random);
                    expect(wait).toBeGreaterThanOrEqual(backoff(attempt, 0));
                    expect(wait).toBeLessThanOrEqual(backoff(attempt, 1));
                    expect(backoff(attempt, 0) * 2).toBe(backoff(attempt, 1));
                    expect(wait).toBeLessThanOrEqual(10_000);
                },
            ),
        );
    });
});
