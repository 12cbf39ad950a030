import * as fc from "fast-check";
import { Pace } from "../../../src/cognigy/http/pace.js";
import { FakeClock } from "../../support/fake-clock.js";
import { type Outcome, pacedCalls } from "../../support/paced-calls.js";
import {
    fixedWindow,
    type Limit,
    type RetryAfterForm,
    slidingWindow,
    tokenBucket,
} from "../../support/rate-limits.js";

/** How many calls are on their way at a time. */
const WORKERS = 16;

/** Makes so many calls, each with a latency in milliseconds, under a limit. */
function run(limit: Limit, count: number, latency: number): Promise<Outcome> {
    return pacedCalls(limit, { count, latency, workers: WORKERS });
}

describe("the pace of calls", () => {
    const forms: RetryAfterForm[] = ["seconds", "date"];

    describe.each(forms)("under 20 a second, told in %s", (form) => {
        const limits: [string, () => Limit][] = [
            ["a bucket for a second", () => tokenBucket(20, 20, form)],
            ["a bucket for two seconds", () => tokenBucket(20, 40, form)],
            ["each second for itself", () => fixedWindow(20, 1_000, form)],
            ["any second", () => slidingWindow(20, 1_000, form)],
        ];

        test.each(limits)("in %s, is nine tenths of that or more", async (_, limit) => {
            const { seconds, refused } = await run(limit(), 1_160, 20);
            // What the server had saved up before does not count.
            expect((1_160 - 20) / seconds / 20).toBeGreaterThan(0.9);
            expect(refused).toBeLessThan(40);
        });

        test.each([2, 5, 10])("in a bucket for %i calls, is not much less", async (size) => {
            const { seconds, refused } = await run(tokenBucket(20, size, form), 1_160, 20);
            expect((1_160 - size) / seconds / 20).toBeGreaterThan(0.75);
            expect(refused).toBeLessThan(40);
        });
    });

    test("under a window of five minutes spends each one at once, as nothing else would be quicker", async () => {
        const { seconds } = await run(fixedWindow(1_000, 300_000, "seconds"), 2_500, 20);
        expect(seconds).toBeLessThan(610);
    });

    test("is nobody's before a call was refused", async () => {
        const clock = new FakeClock();
        const pace = new Pace(clock, () => 0);
        for (let call = 0; call < 1_000; call += 1) {
            await pace.turn();
            pace.accepted();
        }
        expect(clock.slept).toEqual([]);
    });

    test("is what it was before when nothing was let through for a while", async () => {
        const limit = tokenBucket(20, 20, "seconds");
        const closed = (now: number) => (now > 20_000 && now < 80_000 ? 1_000 : limit(now));
        const { seconds } = await run(closed, 1_160, 20);
        expect((1_160 - 20) / (seconds - 60) / 20).toBeGreaterThan(0.85);
    });

    test("rests when it is told to, and learns nothing from that", async () => {
        const clock = new FakeClock();
        const pace = new Pace(clock, () => 0);
        pace.rest(4_000);
        await pace.turn();
        await pace.turn();
        expect(clock.slept).toEqual([4_000]);
    });

    test("holds up under any limit: every call passes in the end, and not much later than it could", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.record({
                    perSecond: fc.integer({ min: 3, max: 300 }),
                    saved: fc.integer({ min: 1, max: 5 }),
                    form: fc.constantFrom(...forms),
                    latency: fc.integer({ min: 1, max: 200 }),
                }),
                async ({ perSecond, saved, form, latency }) => {
                    const calls = perSecond * 10;
                    const { seconds } = await run(
                        tokenBucket(perSecond, perSecond * saved, form),
                        calls,
                        latency,
                    );
                    const quickest = Math.max(
                        (calls - perSecond * saved) / perSecond,
                        (calls / WORKERS) * (latency / 1000),
                    );
                    expect(seconds).toBeLessThan(quickest * 1.5 + 6);
                },
            ),
            { numRuns: 25 },
        );
    });
});
