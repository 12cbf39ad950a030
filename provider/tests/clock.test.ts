import { systemClock } from "../src/clock.js";

const HOURS = 3_600_000;

describe("the machine's clock", () => {
    afterEach(() => jest.restoreAllMocks());

    it.each([
        ["forward", 5 * HOURS],
        ["back", -5 * HOURS],
    ])("measures what lasts by a time that nobody sets %s", (_way, jump) => {
        const wall = Date.now();
        const began = systemClock.monotonic();
        jest.spyOn(Date, "now").mockReturnValue(wall + jump);
        expect(systemClock.now() - wall).toBe(jump);
        expect(systemClock.monotonic() - began).toBeGreaterThanOrEqual(0);
        expect(systemClock.monotonic() - began).toBeLessThan(HOURS);
    });

    it("waits as long as it is asked to, by that time", async () => {
        const began = systemClock.monotonic();
        await systemClock.sleep(20);
        // A timer may be a fraction of a millisecond early.
        expect(systemClock.monotonic() - began).toBeGreaterThan(18);
    });
});
