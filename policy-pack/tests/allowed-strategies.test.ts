import { allowedStrategies } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const using = (strategy: string, targetEnvironment = "production") =>
    release({ deployment: { strategy }, targetEnvironment });

describe("allowed-strategies", () => {
    it.each(["rolling", "blue_green", "canary"])("lets %s through in production", (strategy) => {
        expect(violations(allowedStrategies, using(strategy))).toEqual([]);
    });

    it("refuses all_at_once in production", () => {
        expect(violations(allowedStrategies, using("all_at_once"))).toEqual([
            message(
                "the strategy is all_at_once; expected rolling, blue_green, canary for production. " +
                    "Change `deployment.strategy`.",
            ),
        ]);
    });

    it.each(["staging", "constructor", "toString", "__proto__"])(
        "lets every strategy through in %s, which is not named",
        (targetEnvironment) => {
            expect(violations(allowedStrategies, using("all_at_once", targetEnvironment))).toEqual([]);
        },
    );

    it("takes the strategies of each environment from the config, in place of the defaults", () => {
        const config = { strategies: { staging: ["all_at_once"] } };
        expect(violations(allowedStrategies, using("all_at_once"), config)).toEqual([]);
        expect(violations(allowedStrategies, using("all_at_once", "staging"), config)).toEqual([]);
        expect(violations(allowedStrategies, using("canary", "staging"), config)).toEqual([
            message(
                "the strategy is canary; expected all_at_once for staging. Change `deployment.strategy`.",
                {
                    targetEnvironment: "staging",
                },
            ),
        ]);
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["deployment", { deployment: UNKNOWN }],
        ["deployment.strategy", { deployment: { strategy: UNKNOWN } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(allowedStrategies, release(changes))).toBe(path);
    });
});
