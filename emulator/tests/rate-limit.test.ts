import * as fc from "fast-check";
import { RateLimit } from "../src/rate-limit";

test("is off until it is set", () => {
    expect(new RateLimit().take(0)).toBeNull();
});

test("never lets more through than a full bucket and what flows in", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 20 }),
            fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 80 }),
            (perSecond, gaps) => {
                const limit = new RateLimit();
                limit.set({ perSecond, retryAfter: "seconds" }, 0);
                let now = 0;
                let passed = 0;
                for (const gap of gaps) {
                    now += gap;
                    passed += limit.take(now) === null ? 1 : 0;
                }
                expect(passed).toBeLessThanOrEqual(perSecond + (now / 1000) * perSecond + 1e-6);
            },
        ),
    );
});

test("who waits as long as told gets through", () => {
    fc.assert(
        fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), (perSecond) => {
            const limit = new RateLimit();
            limit.set({ perSecond, retryAfter: "seconds" }, 0);
            let refusal = limit.take(0);
            while (refusal === null) {
                refusal = limit.take(0);
            }
            expect(limit.take(Number(refusal) * 1000)).toBeNull();
        }),
    );
});

test("an idle time does not save up more than a full bucket", () => {
    const limit = new RateLimit();
    limit.set({ perSecond: 2, retryAfter: "seconds" }, 0);
    expect([1, 2, 3].map(() => limit.take(3_600_000))).toEqual([null, null, "1"]);
});
