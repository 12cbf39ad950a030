import { simulationRequired } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const played = (passed: number, total: number) => ({
    gates: { simulation: { passed, total, passRate: passed / total, minPassRate: 0.5 } },
});

describe("simulation-required", () => {
    it.each([
        [2, 2],
        [19, 20],
    ])("lets a release through of which %i of %i conversations passed", (passed, total) => {
        expect(violations(simulationRequired, release(played(passed, total)))).toEqual([]);
    });

    it.each([
        ["no simulation is declared", { gates: { simulation: undefined }, simulation: undefined }, 0],
        ["gates have not run, whatever is declared", { gates: undefined }, 0],
        ["only one conversation was played", played(1, 1), 1],
    ])("refuses production where %s", (_, changes, total) => {
        expect(violations(simulationRequired, release(changes))).toEqual([
            message(
                `${total} conversations were simulated; expected at least 2 for production. Add test cases to ` +
                    "`simulation.testCases`.",
            ),
        ]);
    });

    it("refuses production where too few passed", () => {
        expect(violations(simulationRequired, release(played(18, 20)))).toEqual([
            message(
                "18 of 20 simulated conversations passed; expected a share of at least 0.95 for production. Mend the flow " +
                    "or its test cases, and raise `simulation.minPassRate`.",
            ),
        ]);
    });

    it("asks nothing of other environments", () => {
        const staging = { gates: { simulation: undefined }, targetEnvironment: "staging" };
        expect(violations(simulationRequired, release(staging))).toEqual([]);
    });

    it("takes environments, number and share from the config", () => {
        const config = { environments: ["staging"], minTestCases: 3, minPassRate: 0.5 };
        const targetEnvironment = "staging";
        expect(violations(simulationRequired, release(played(0, 1)), config)).toEqual([]);
        expect(
            violations(simulationRequired, release({ ...played(2, 4), targetEnvironment }), config),
        ).toEqual([]);
        expect(
            violations(simulationRequired, release({ ...played(2, 2), targetEnvironment }), config),
        ).toEqual([
            message(
                "2 conversations were simulated; expected at least 3 for staging. Add test cases to `simulation.testCases`.",
                { targetEnvironment },
            ),
        ]);
        expect(
            violations(simulationRequired, release({ ...played(1, 3), targetEnvironment }), config),
        ).toEqual([
            message(
                "1 of 3 simulated conversations passed; expected a share of at least 0.5 for staging. Mend the flow or its " +
                    "test cases, and raise `simulation.minPassRate`.",
                { targetEnvironment },
            ),
        ]);
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["gates", { gates: UNKNOWN }],
        ["gates.simulation", { gates: { simulation: UNKNOWN } }],
        ["gates.simulation.passed", { gates: { simulation: { total: 2, passed: UNKNOWN } } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(simulationRequired, release(changes))).toBe(path);
    });
});
