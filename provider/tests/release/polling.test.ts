import fc from "fast-check";
import { nextPoll } from "../../src/release/polling.js";

/** Polls something that ends after a while. */
function watch(endsAfter: number): { noticedAfter: number; looks: number } {
    let elapsed = 0;
    let looks = 1;
    while (elapsed < endsAfter) {
        elapsed += nextPoll(elapsed);
        looks += 1;
    }
    return { noticedAfter: elapsed, looks };
}

describe("polling", () => {
    it("begins with short waits and never makes a long one", () => {
        expect(nextPoll(0)).toBe(25);
        expect(nextPoll(2_500)).toBe(200);
        expect(nextPoll(60_000)).toBe(4_800);
        expect(nextPoll(86_400_000)).toBe(15_000);
    });

    it("notices an end within a tenth of the time it took, or the shortest wait", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 2 * 3_600_000 }), (endsAfter) => {
                const late = watch(endsAfter).noticedAfter - endsAfter;
                expect(late).toBeLessThanOrEqual(Math.max(25, endsAfter * 0.1));
                expect(late).toBeLessThanOrEqual(15_000);
            }),
        );
    });

    it("does not look often: twelve times in the first moments, then ever more seldom", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 24 * 3_600_000 }), (endsAfter) => {
                const most =
                    15 + Math.log(Math.max(1, endsAfter / 312)) / Math.log(1.08) + endsAfter / 15_000;
                expect(watch(endsAfter).looks).toBeLessThanOrEqual(most);
            }),
        );
        expect(watch(600_000).looks).toBeLessThanOrEqual(130);
    });

    it("never waits less as time goes by", () => {
        fc.assert(
            fc.property(fc.nat(86_400_000), fc.nat(86_400_000), (one, other) => {
                expect(nextPoll(Math.max(one, other))).toBeGreaterThanOrEqual(nextPoll(Math.min(one, other)));
            }),
        );
    });
});
