import { healthBakeRequired } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const bake = (successesRequired: number, intervalSeconds: number, targetEnvironment = "production") =>
    release({ health: { successesRequired, intervalSeconds }, targetEnvironment });

const tooShort = (text: string, least = 15, environment = "production") =>
    `the bake takes ${text}; expected at least ${least} s for ${environment}. ` +
    "Raise `health.successesRequired` or `health.intervalSeconds`.";

describe("health-bake-required", () => {
    it.each([
        [1, 15],
        [15, 1],
        [1, 300],
        [4, 3.75],
    ])("lets %i probes in a row, %d s apart, through", (successes, interval) => {
        expect(violations(healthBakeRequired, bake(successes, interval))).toEqual([]);
    });

    it.each([
        [1, 14.5, "14.5 s (1 × 14.5 s)"],
        [2, 7, "14 s (2 × 7 s)"],
    ])("refuses %i probes in a row, %d s apart: too short", (successes, interval, text) => {
        expect(violations(healthBakeRequired, bake(successes, interval))).toEqual([message(tooShort(text))]);
    });

    it.each([0.5, 301])("refuses an interval of %d s, however long the bake is", (interval) => {
        expect(violations(healthBakeRequired, bake(100, interval))).toEqual([
            message(
                `${interval} s lie between two health probes; expected from 1 s to 300 s for production. ` +
                    "Change `health.intervalSeconds`.",
            ),
        ]);
    });

    it("asks nothing of other environments", () => {
        expect(violations(healthBakeRequired, bake(1, 0.01, "staging"))).toEqual([]);
    });

    it("takes environments and seconds from the config", () => {
        const config = {
            environments: ["staging"],
            minBakeSeconds: 60,
            minIntervalSeconds: 5,
            maxIntervalSeconds: 10,
        };
        const staging = { targetEnvironment: "staging" };
        expect(violations(healthBakeRequired, bake(1, 1), config)).toEqual([]);
        expect(violations(healthBakeRequired, bake(6, 10, "staging"), config)).toEqual([]);
        expect(violations(healthBakeRequired, bake(5, 10, "staging"), config)).toEqual([
            message(tooShort("50 s (5 × 10 s)", 60, "staging"), staging),
        ]);
        expect(violations(healthBakeRequired, bake(60, 4, "staging"), config)).toEqual([
            message(
                "4 s lie between two health probes; expected from 5 s to 10 s for staging. Change `health.intervalSeconds`.",
                staging,
            ),
        ]);
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["health", { health: UNKNOWN }],
        ["health.intervalSeconds", { health: { intervalSeconds: UNKNOWN } }],
        ["health.successesRequired", { health: { successesRequired: UNKNOWN } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(healthBakeRequired, release(changes))).toBe(path);
    });
});
