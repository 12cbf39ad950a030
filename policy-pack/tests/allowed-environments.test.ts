import { allowedEnvironments } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const to = (targetEnvironment: string) => release({ targetEnvironment });

describe("allowed-environments", () => {
    it.each(["development", "test", "staging", "production"])("lets %s through", (environment) => {
        expect(violations(allowedEnvironments, to(environment))).toEqual([]);
    });

    it.each(["prod", "Production", ""])("refuses %j", (targetEnvironment) => {
        expect(violations(allowedEnvironments, to(targetEnvironment))).toEqual([
            message(
                `the environment is "${targetEnvironment}"; expected one of development, test, staging, production. ` +
                    "Change `targetEnvironment`.",
                { targetEnvironment },
            ),
        ]);
    });

    it("takes the environments from the config", () => {
        const config = { environments: ["blue", "green"] };
        expect(violations(allowedEnvironments, to("green"), config)).toEqual([]);
        expect(violations(allowedEnvironments, to("production"), config)).toEqual([
            message(
                'the environment is "production"; expected one of blue, green. Change `targetEnvironment`.',
            ),
        ]);
    });

    it("waits for targetEnvironment to be known", () => {
        expect(undecidedAt(allowedEnvironments, to(UNKNOWN))).toBe("targetEnvironment");
    });
});
