import fc from "fast-check";
import {
    type Dependency,
    type DependencyState,
    dependencyReport,
    gatesPassed,
    judgeDependencies,
    judgeSimulation,
    type SimulationStep,
    simulationEnded,
    simulationSummary,
} from "../../src/release/gates.js";
import type { TestCase } from "../../src/release/inputs.js";

function found(state: DependencyState, resourceId: string, referencePath = `nodes.${resourceId}`) {
    const dependency: Dependency = { resourceType: "intent", resourceId, referencePath };
    return { dependency, state };
}

describe("the validation of dependencies", () => {
    it("passes when all of them can be used", () => {
        const report = dependencyReport([found("ok", "a"), found("ok", "b")]);
        expect(report).toEqual({
            valid: true,
            missing_resources: [],
            broken_references: [],
            checked_count: 2,
        });
        expect(judgeDependencies(report)).toBeUndefined();
    });

    it("passes when there are none", () => {
        expect(judgeDependencies(dependencyReport([]))).toBeUndefined();
    });

    it("reports what is missing and what is forbidden, in the contract's form", () => {
        expect(dependencyReport([found("ok", "a"), found("missing", "b"), found("forbidden", "c")])).toEqual({
            valid: false,
            missing_resources: [{ type: "intent", id: "b", reference: "nodes.b" }],
            broken_references: [{ type: "intent", id: "c", error: "not accessible from nodes.c" }],
            checked_count: 3,
        });
    });

    it("blocks with one line for each resource, however often it is used", () => {
        const uses = [1, 2, 3, 4, 5].map((number) => found("missing", "b", `nodes.n${number}`));
        const report = dependencyReport([found("ok", "a"), ...uses, found("forbidden", "c")]);
        expect(judgeDependencies(report)).toEqual({
            gate: "dependency_validation_failed",
            summary: "6 of 7 dependencies cannot be used",
            findings: [
                'intent "b" is missing (used at nodes.n1, nodes.n2, nodes.n3 and 2 more)',
                'intent "c" cannot be used: not accessible from nodes.c',
            ],
            advice: "Restore what is missing, grant access to what is forbidden, or take it out of the flow",
        });
    });

    it("blocks with all uses of a resource that has three", () => {
        const uses = [1, 2, 3].map((number) => found("missing", "b", `nodes.n${number}`));
        expect(judgeDependencies(dependencyReport(uses))?.findings).toEqual([
            'intent "b" is missing (used at nodes.n1, nodes.n2, nodes.n3)',
        ]);
    });

    it("of a hundred thousand uses of one resource is one line", () => {
        const uses = Array.from({ length: 100_000 }, (_, index) => found("missing", "a", `nodes.n${index}`));
        expect(judgeDependencies(dependencyReport(uses))?.findings).toEqual([
            'intent "a" is missing (used at nodes.n0, nodes.n1, nodes.n2 and 99997 more)',
        ]);
    });

    it("blocks with lines of bounded length, however long what the platform says", () => {
        const long = "x".repeat(10_000);
        const { findings = [] } =
            judgeDependencies(dependencyReport([found("missing", long), found("forbidden", long, long)])) ??
            {};
        expect(findings.map(({ length }) => length)).toEqual([500, 500]);
    });

    it("passes exactly when nothing is missing and nothing is forbidden, and counts all", () => {
        const states = fc.constantFrom<DependencyState>("ok", "missing", "forbidden");
        fc.assert(
            fc.property(fc.array(fc.tuple(states, fc.string())), (all) => {
                const report = dependencyReport(all.map(([state, id]) => found(state, id)));
                expect(report.checked_count).toBe(all.length);
                expect(judgeDependencies(report) === undefined).toBe(all.every(([state]) => state === "ok"));
                expect(report.missing_resources.length + report.broken_references.length).toBe(
                    all.filter(([state]) => state !== "ok").length,
                );
            }),
        );
    });
});

const CASES: TestCase[] = [
    { input: "book a flight", expectedIntent: "book_flight" },
    { input: "cancel reservation", expectedIntent: "cancel_reservation" },
    { input: "hello", expectedIntent: "greeting" },
];
const steps = (...statuses: string[]): SimulationStep[] => statuses.map((status) => ({ status }));

describe("a simulation", () => {
    it.each<[string, string | undefined, string[], boolean]>([
        ["has not ended with no outcome", undefined, [], false],
        ["has not ended with an outcome missing", undefined, ["passed", "passed"], false],
        ["has not ended while one is pending", undefined, ["passed", "pending", "passed"], false],
        ["has ended with an outcome for each test case", undefined, ["passed", "failed", "passed"], true],
        [
            "has ended so, whatever word the platform has for it",
            "wrapping_up",
            ["passed", "failed", "passed"],
            true,
        ],
        ["has not ended while the platform runs it", "running", ["passed"], false],
        ["has ended when the platform says so, with fewer outcomes too", "completed", ["passed"], true],
        ["has ended when the platform says that it failed", "failed", ["failed"], true],
        ["has not ended when the platform says so and shows nothing", "completed", [], false],
        [
            "has not ended when the platform says so and one is pending",
            "completed",
            ["passed", "pending"],
            false,
        ],
    ])("%s", (_what, status, statuses, ended) => {
        const run = { ...(status ? { status } : {}), steps: steps(...statuses) };
        expect(simulationEnded(run, CASES.length)).toBe(ended);
    });

    it("is counted", () => {
        expect(simulationSummary(steps("passed", "failed", "passed"), 3, 0.5)).toEqual({
            passed: 2,
            total: 3,
            passRate: 0.6666,
            minPassRate: 0.5,
        });
        expect(simulationSummary([], 0, 1)).toEqual({ passed: 0, total: 0, passRate: 0, minPassRate: 1 });
    });

    it("does not pass when test cases are left without an outcome", () => {
        expect(simulationSummary(steps("passed"), 2, 1)).toEqual({
            passed: 1,
            total: 2,
            passRate: 0.5,
            minPassRate: 1,
        });
        expect(judgeSimulation(steps("passed"), CASES.slice(0, 2), 1)).toMatchObject({
            summary: "1 of 2 simulated conversations failed (all must pass)",
            findings: ['"cancel reservation" has no outcome'],
        });
    });

    it("passes when every step passed", () => {
        expect(judgeSimulation(steps("passed", "passed", "passed"), CASES, 1)).toBeUndefined();
    });

    it("passes at the declared rate, and not a step below", () => {
        expect(judgeSimulation(steps("passed", "passed", "failed"), CASES, 2 / 3)).toBeUndefined();
        expect(judgeSimulation(steps("passed", "failed", "failed"), CASES, 2 / 3)).toBeDefined();
    });

    it("does not pass by rounding", () => {
        const many = [...steps(...Array.from({ length: 99_999 }, () => "passed")), { status: "failed" }];
        expect(simulationSummary(many, 3, 1).passRate).toBe(0.9999);
        expect(judgeSimulation(many, CASES, 1)).toMatchObject({
            summary: "1 of 100000 simulated conversations failed (all must pass)",
        });
    });

    it("never passes where nothing was played", () => {
        expect(judgeSimulation([], CASES, 0.01)).toBeDefined();
    });

    it("blocks with one line for each conversation that failed: what was said, expected and reached", () => {
        const played: SimulationStep[] = [
            { status: "passed" },
            { status: "failed", actualIntent: "book_flight" },
            {
                status: "failed",
                input: "hi",
                expectedIntent: "welcome",
                actualIntent: null,
                reason: "score 0.2",
            },
            { status: "failed", reason: "timed out" },
        ];
        expect(judgeSimulation(played, CASES, 1)).toEqual({
            gate: "simulation_failed",
            summary: "3 of 4 simulated conversations failed (all must pass)",
            findings: [
                '"cancel reservation" should reach intent "cancel_reservation" but reached intent "book_flight"',
                '"hi" should reach intent "welcome" but reached no intent: score 0.2',
                '"" should reach intent "" and did not: timed out',
            ],
            advice: "Mend the flow, its intents' example sentences, or the test case",
        });
    });

    it.each([
        [0.5, "50 %"],
        [0.95, "95 %"],
        [0.57, "57 %"],
        [0.29, "29 %"],
        [0.07, "7 %"],
        [0.995, "99.5 %"],
        [0.9999, "99.99 %"],
    ])("that must pass at %d says so as %s", (minPassRate, text) => {
        expect(judgeSimulation(steps("failed"), CASES.slice(0, 1), minPassRate)?.summary).toBe(
            `1 of 1 simulated conversations failed (at least ${text} must pass)`,
        );
    });

    it("blocks with lines of bounded length, however long what the platform says", () => {
        const reason = "because".repeat(10_000);
        const { findings = [] } =
            judgeSimulation(
                [{ status: "failed", actualIntent: "y", reason }],
                [{ input: "x", expectedIntent: "z" }],
                1,
            ) ?? {};
        expect(findings).toEqual([expect.stringMatching(/^"x" should reach intent "z" but reached .*…$/)]);
        expect(findings[0]).toHaveLength(500);
    });

    it("passes exactly when enough steps passed, as whole numbers count them", () => {
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom("passed", "failed"), { minLength: 1, maxLength: 200 }),
                fc.integer({ min: 1, max: 100 }),
                (statuses, percent) => {
                    const passed = statuses.filter((status) => status === "passed").length;
                    const enough = passed * 100 >= percent * statuses.length;
                    expect(judgeSimulation(steps(...statuses), [], percent / 100) === undefined).toBe(enough);
                },
            ),
        );
    });
});

describe("the gates that were passed", () => {
    const dependencies = { validated: true, checked: 7 };
    const none = { validated: false, checked: 0 };
    const simulation = { passed: 2, total: 3, passRate: 0.6666, minPassRate: 0.5 };

    it.each([
        [{ dependencies, simulation }, "gates 2/2 passed: 7 dependencies, 2 of 3 conversations"],
        [{ dependencies }, "gates 1/1 passed: 7 dependencies"],
        [{ dependencies: none, simulation }, "gates 1/1 passed: 2 of 3 conversations"],
        [{ dependencies: none }, "no gates are declared"],
    ])("are told in one line: %j", (summary, line) => {
        expect(gatesPassed(summary)).toBe(line);
    });
});
