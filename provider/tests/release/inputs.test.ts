import fc from "fast-check";
import {
    DECLARED,
    declaredOf,
    parseInputs,
    placeName,
    problemText,
    type ReleaseInputs,
    releaseId,
    releaseName,
} from "../../src/release/inputs.js";
import { UNKNOWN } from "../../src/release/unknown.js";
import { declared, inputs } from "../support/samples.js";

function problemsOf(properties: Record<string, unknown>): string[] {
    const parsed = parseInputs(properties);
    return "problems" in parsed
        ? parsed.problems.map(({ property, expected }) => `${property}: ${expected}`)
        : [];
}

describe("the declared inputs of a release", () => {
    it("get every default that the documentation promises", () => {
        expect(parseInputs(declared())).toEqual({
            inputs: {
                botId: "bot_12345",
                flowId: "flow_67890",
                versionTag: "v1.4.2",
                changelog: "Updated intent mapping for booking flow.",
                targetEnvironment: "production",
                createdBy: "pulumi",
                connection: "cognigy",
                dependencies: { validate: true },
                deployment: {
                    strategy: "rolling",
                    timeoutSeconds: 600,
                    rollbackOnFailure: true,
                    onConflict: "wait",
                },
                health: {
                    intervalSeconds: 15,
                    successesRequired: 1,
                    failuresAllowed: 0,
                    errorsAllowed: 3,
                    timeoutSeconds: 300,
                    onInconclusive: "rollback",
                },
                onDelete: "rollback",
                adopt: false,
            },
            hasUnknowns: false,
        });
    });

    it("get the defaults of a simulation only where one is declared", () => {
        const testCases = [{ input: "book a flight", expectedIntent: "book_flight" }];
        expect(inputs({ simulation: { testCases } }).simulation).toEqual({
            testCases,
            timeoutSeconds: 120,
            minPassRate: 1,
        });
        expect(inputs()).not.toHaveProperty("simulation");
        expect(inputs()).not.toHaveProperty("artifact");
    });

    it("keep what is declared, beside the defaults of the same group", () => {
        expect(inputs({ health: { intervalSeconds: 0.25, successesRequired: 3 } }).health).toEqual({
            intervalSeconds: 0.25,
            successesRequired: 3,
            failuresAllowed: 0,
            errorsAllowed: 3,
            timeoutSeconds: 300,
            onInconclusive: "rollback",
        });
        expect(inputs({ deployment: { strategy: "canary", rollbackOnFailure: false } }).deployment).toEqual({
            strategy: "canary",
            timeoutSeconds: 600,
            rollbackOnFailure: false,
            onConflict: "wait",
        });
        expect(inputs({ dependencies: {} }).dependencies).toEqual({ validate: true });
    });

    it("may be empty where a text may be empty, and only there", () => {
        expect(problemsOf(declared({ changelog: "" }))).toEqual([]);
    });

    it.each(["1.4.2", "v1.4.2", "0.0.0", "1.0.0-alpha.1", "v1.0.0-x-y-z.4+build.11", "10.20.30+meta"])(
        "take %s for a version",
        (versionTag) => {
            expect(problemsOf(declared({ versionTag }))).toEqual([]);
        },
    );

    it.each([
        ["a version without a patch", "1.4"],
        ["a leading zero", "01.4.2"],
        ["a name", "latest"],
        ["two leading v", "vv1.4.2"],
        ["a capital V", "V1.4.2"],
        ["an empty pre-release", "1.4.2-"],
        ["a line break after it", "1.4.2\n"],
        ["a space before it", " 1.4.2"],
        ["nothing", ""],
        ["a number", 1.4],
        ["null", null],
    ])("refuse %s as a version", (_what, versionTag) => {
        expect(problemsOf(declared({ versionTag }))).toEqual([
            'versionTag: expected a semantic version such as "1.4.2" or "v1.4.2"',
        ]);
    });

    const LONELY = "\ud800";
    const GROUPS = {
        dependencies: "validate",
        simulation: "testCases, playbooks, scenarios, timeoutSeconds, minPassRate",
        deployment:
            "strategy, timeoutSeconds, rollbackOnFailure, onConflict, retryRejected, downgrade, breakGlass",
        health: "intervalSeconds, successesRequired, failuresAllowed, errorsAllowed, timeoutSeconds",
        artifact: "directory",
    };
    const TEST_CASES =
        "simulation.testCases: expected at least one test case; to release without a simulation, leave `simulation` out";
    const PASS_RATE = "simulation.minPassRate: expected a share above 0 and up to 1, such as 0.95";
    const FLAG = "expected true or false";
    const DAY = "expected a number of seconds from 1 to 86400";
    const SHORT = "expected a number of seconds from 0.01 to 86400";
    const COUNT = "expected a whole number from 0 to 10000";
    const CONNECTION = 'connection: expected the name of a config namespace, such as "cognigy"';
    const oneCase = (testCase: unknown) => ({ simulation: { testCases: [testCase] } });
    const good = { input: "book a flight", expectedIntent: "book_flight" };

    it.each<[string, Record<string, unknown>, string]>([
        ["an empty bot", { botId: "" }, "botId: expected the bot's id, a text that is not empty"],
        [
            "a bot that is a number",
            { botId: 12345 },
            "botId: expected the bot's id, a text that is not empty",
        ],
        [
            "a bot that climbs",
            { botId: ".." },
            'botId: expected the bot\'s id; "." and ".." cannot stand in a web address',
        ],
        [
            "a bot's id that no web address holds",
            { botId: "b".repeat(501) },
            "botId: expected the bot's id, of at most 500 characters",
        ],
        [
            "a flow's id that no web address holds",
            { flowId: "ü".repeat(10_000) },
            "flowId: expected the flow's id, of at most 500 characters",
        ],
        [
            "an environment that no web address holds",
            { targetEnvironment: "e".repeat(501) },
            'targetEnvironment: expected the environment\'s name, such as "production", of at most 500 characters',
        ],
        [
            "a tag that no web address holds",
            { versionTag: `v1.0.0-${"a".repeat(200)}` },
            "versionTag: expected a semantic version of at most 200 characters",
        ],
        ["a broken bot", { botId: LONELY }, "botId: expected the bot's id, in well-formed Unicode"],
        ["an empty flow", { flowId: "" }, "flowId: expected the flow's id, a text that is not empty"],
        [
            "a flow that stands still",
            { flowId: "." },
            'flowId: expected the flow\'s id; "." and ".." cannot stand in a web address',
        ],
        ["a broken flow", { flowId: LONELY }, "flowId: expected the flow's id, in well-formed Unicode"],
        [
            "an empty environment",
            { targetEnvironment: "" },
            'targetEnvironment: expected the environment\'s name, such as "production", a text that is not empty',
        ],
        [
            "a changelog that is a list",
            { changelog: [] },
            "changelog: expected a text that tells people what changed",
        ],
        [
            "an empty author",
            { createdBy: "" },
            "createdBy: expected who makes the release, a text that is not empty",
        ],
        ["a connection that starts with a digit", { connection: "1st" }, CONNECTION],
        ["a connection with a colon", { connection: "cognigy:eu" }, CONNECTION],
        ["an empty connection", { connection: "" }, CONNECTION],
        ["a connection that is null", { connection: null }, CONNECTION],
        [
            "dependencies that are a flag",
            { dependencies: true },
            "dependencies: expected an object with validate",
        ],
        ["a flag that is a text", { dependencies: { validate: "yes" } }, `dependencies.validate: ${FLAG}`],
        [
            "a simulation that is null",
            { simulation: null },
            `simulation: expected an object with ${GROUPS.simulation}`,
        ],
        ["a simulation without test cases", { simulation: {} }, TEST_CASES],
        ["a simulation with no test case", { simulation: { testCases: [] } }, TEST_CASES],
        ["test cases that are no list", { simulation: { testCases: good } }, TEST_CASES],
        [
            "a test case that says nothing",
            oneCase({ ...good, input: "" }),
            "simulation.testCases[0].input: expected what the user says, a text that is not empty",
        ],
        [
            "a second test case that expects nothing",
            { simulation: { testCases: [good, { input: "hello" }] } },
            "simulation.testCases[1].expectedIntent: expected the name of an intent",
        ],
        [
            "a test case that is a text",
            oneCase("book a flight"),
            "simulation.testCases[0]: expected an object with input, expectedIntent",
        ],
        [
            "a test case with something else in it",
            oneCase({ ...good, intent: "x" }),
            'simulation.testCases[0]: has no property "intent"; expected input, expectedIntent',
        ],
        [
            "a simulation in no time",
            { simulation: { testCases: [good], timeoutSeconds: 0 } },
            `simulation.timeoutSeconds: ${DAY}`,
        ],
        ["a pass rate of 0", { simulation: { testCases: [good], minPassRate: 0 } }, PASS_RATE],
        ["a pass rate in per cent", { simulation: { testCases: [good], minPassRate: 95 } }, PASS_RATE],
        ["a pass rate that is a text", { simulation: { testCases: [good], minPassRate: "1" } }, PASS_RATE],
        [
            "a strategy that nobody knows",
            { deployment: { strategy: "yolo" } },
            'deployment.strategy: expected one of "rolling", "blue_green", "canary", "all_at_once"',
        ],
        [
            "a deployment of two days",
            { deployment: { timeoutSeconds: 172_800 } },
            `deployment.timeoutSeconds: ${DAY}`,
        ],
        [
            "a rollback that is null",
            { deployment: { rollbackOnFailure: null } },
            `deployment.rollbackOnFailure: ${FLAG}`,
        ],
        [
            "a conflict that is ignored",
            { deployment: { onConflict: "ignore" } },
            'deployment.onConflict: expected one of "wait", "fail"',
        ],
        [
            "a deployment of a second more than a day",
            { deployment: { timeoutSeconds: 86_401 } },
            `deployment.timeoutSeconds: ${DAY}`,
        ],
        [
            "one failure more than can be allowed",
            { health: { failuresAllowed: 10_001 } },
            `health.failuresAllowed: ${COUNT}`,
        ],
        ["probes without a pause", { health: { intervalSeconds: 0 } }, `health.intervalSeconds: ${SHORT}`],
        ["a bake without time", { health: { timeoutSeconds: "300" } }, `health.timeoutSeconds: ${SHORT}`],
        [
            "no success at all",
            { health: { successesRequired: 0 } },
            "health.successesRequired: expected a whole number from 1 to 10000",
        ],
        ["half a failure", { health: { failuresAllowed: 0.5 } }, `health.failuresAllowed: ${COUNT}`],
        ["fewer than no errors", { health: { errorsAllowed: -1 } }, `health.errorsAllowed: ${COUNT}`],
        [
            "a bake that cannot fit",
            { health: { successesRequired: 21, intervalSeconds: 15, timeoutSeconds: 300 } },
            "health.timeoutSeconds: expected time enough for the bake: more than (successesRequired - 1) × intervalSeconds",
        ],
        [
            "an artifact that is a text",
            { artifact: "artifacts" },
            "artifact: expected an object with directory",
        ],
        [
            "an artifact nowhere",
            { artifact: { directory: "" } },
            'artifact.directory: expected a folder, absolute or beside Pulumi.yaml, such as "artifacts"',
        ],
        [
            "an end that is not offered",
            { onDelete: "delete" },
            'onDelete: expected one of "rollback", "retain"',
        ],
        [
            "a property that does not exist",
            { version: "1.0.0" },
            `: has no property "version"; expected ${DECLARED.join(", ")}`,
        ],
        [
            "two properties that do not exist",
            { version: "1.0.0", bot: "b" },
            `: has no property "version", "bot"; expected ${DECLARED.join(", ")}`,
        ],
        [
            "a property of a group that does not exist",
            { deployment: { timeout: 5 } },
            `deployment: has no property "timeout"; expected ${GROUPS.deployment}`,
        ],
    ])("refuse %s, and say what is expected", (_what, more, problem) => {
        expect(problemsOf(declared(more))).toEqual([problem]);
    });

    it("are all looked at before anything is told", () => {
        expect(problemsOf({ botId: "", health: { intervalSeconds: -1 }, onDelete: "never" })).toEqual([
            "botId: expected the bot's id, a text that is not empty",
            "flowId: expected the flow's id, a text that is not empty",
            'versionTag: expected a semantic version such as "1.4.2" or "v1.4.2"',
            "changelog: expected a text that tells people what changed",
            'targetEnvironment: expected the environment\'s name, such as "production", a text that is not empty',
            `health.intervalSeconds: ${SHORT}`,
            'onDelete: expected one of "rollback", "retain"',
        ]);
    });

    it("accept the limits themselves", () => {
        expect(
            problemsOf(
                declared({
                    simulation: { testCases: [good], timeoutSeconds: 86_400, minPassRate: 1 },
                    deployment: { timeoutSeconds: 1 },
                    health: {
                        intervalSeconds: 0.01,
                        successesRequired: 10_000,
                        failuresAllowed: 10_000,
                        errorsAllowed: 0,
                        timeoutSeconds: 86_400,
                    },
                }),
            ),
        ).toEqual([]);
        expect(problemsOf(declared({ health: { successesRequired: 20 } }))).toEqual([]);
    });

    it.each(DECLARED)("may leave %s to be known later", (name) => {
        const parsed = parseInputs(declared({ [name]: UNKNOWN }));
        expect(parsed).toMatchObject({ inputs: { [name]: UNKNOWN }, hasUnknowns: true });
    });

    it("may leave what is deep inside to be known later", () => {
        const parsed = parseInputs(
            declared({
                simulation: {
                    testCases: [UNKNOWN, { input: UNKNOWN, expectedIntent: "x" }],
                    minPassRate: UNKNOWN,
                },
                health: { successesRequired: 1_000, intervalSeconds: UNKNOWN },
                artifact: { directory: UNKNOWN },
            }),
        );
        expect(parsed).toMatchObject({
            hasUnknowns: true,
            inputs: {
                simulation: {
                    testCases: [UNKNOWN, { input: UNKNOWN, expectedIntent: "x" }],
                    timeoutSeconds: 120,
                    minPassRate: UNKNOWN,
                },
                health: { successesRequired: 1_000, intervalSeconds: UNKNOWN, timeoutSeconds: 300 },
                artifact: { directory: UNKNOWN },
            },
        });
    });

    it("are still refused for what is known beside what is not", () => {
        expect(problemsOf(declared({ botId: UNKNOWN, onDelete: "never" }))).toEqual([
            'onDelete: expected one of "rollback", "retain"',
        ]);
    });

    const name = fc
        .string({ minLength: 1, unit: "grapheme" })
        .filter((text) => text !== "." && text !== "..");
    const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const anyDeclaration = fc
        .record(
            {
                botId: name,
                flowId: name,
                versionTag: fc.tuple(fc.nat(), fc.nat(), fc.nat()).map((parts) => `v${parts.join(".")}`),
                changelog: fc.string(),
                targetEnvironment: name,
                simulation: some(
                    fc.record(
                        {
                            testCases: fc.array(fc.record({ input: name, expectedIntent: name }), {
                                minLength: 1,
                            }),
                            minPassRate: fc.double({ min: 0.001, max: 1, noNaN: true }),
                        },
                        { requiredKeys: ["testCases"] },
                    ),
                ),
                deployment: some(
                    fc.record(
                        {
                            strategy: fc.constantFrom("rolling", "blue_green", "canary", "all_at_once"),
                            timeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
                        },
                        { requiredKeys: [] },
                    ),
                ),
                health: some(fc.record({ failuresAllowed: fc.nat(10_000) }, { requiredKeys: [] })),
                artifact: some(fc.record({ directory: name })),
                onDelete: some(fc.constantFrom("rollback", "retain")),
            },
            { requiredKeys: ["botId", "flowId", "versionTag", "changelog", "targetEnvironment"] },
        )
        .map((record) => JSON.parse(JSON.stringify(record)) as Record<string, unknown>);

    it("come out of a second reading as they came out of the first", () => {
        fc.assert(
            fc.property(anyDeclaration, (properties) => {
                const once = parseInputs(properties) as { inputs: ReleaseInputs };
                expect(once).toHaveProperty("inputs");
                expect(parseInputs({ ...once.inputs })).toEqual(once);
            }),
        );
    });

    it("never make the reader throw, whatever they are", () => {
        fc.assert(
            fc.property(
                fc.dictionary(fc.oneof(fc.constantFrom(...DECLARED), fc.string()), fc.jsonValue()),
                (any) => {
                    const parsed = parseInputs(any);
                    if ("problems" in parsed) {
                        expect(parsed.problems.length).toBeGreaterThan(0);
                        for (const { expected } of parsed.problems) {
                            expect(expected).toMatch(/^(expected|has no property) .+/su);
                        }
                    }
                },
            ),
        );
    });

    it("are told apart from what the state keeps beside them", () => {
        const state = {
            ...inputs({ artifact: { directory: "artifacts" } }),
            health: { ...inputs().health, verdict: "healthy", probes: 1, failures: 0, errors: 0 },
            artifact: { directory: "artifacts", path: "artifacts/x.json", sha256: "0", bytes: 1 },
            status: "completed",
            schemaVersion: 1,
            simulation: undefined,
        };
        expect(declaredOf(state)).toEqual({ ...inputs({ artifact: { directory: "artifacts" } }) });
        expect(Object.keys(declaredOf(state))).not.toContain("simulation");
    });

    it("stay as they are where a whole group is not known yet", () => {
        expect(declaredOf({ health: UNKNOWN, artifact: UNKNOWN })).toEqual({
            health: UNKNOWN,
            artifact: UNKNOWN,
        });
    });
});

describe("a problem with an input", () => {
    it("is a sentence that names the property, or the release itself", () => {
        expect(problemText({ property: "health.timeoutSeconds", expected: "expected a number" })).toBe(
            "`health.timeoutSeconds`: expected a number.",
        );
        expect(problemText({ property: "", expected: 'has no property "version"' })).toBe(
            'the release has no property "version".',
        );
    });
});

describe("the name of a release", () => {
    it("says which version of which flow goes where", () => {
        expect(releaseName(inputs())).toBe("v1.4.2 of flow flow_67890 (bot bot_12345) to production");
    });

    it("says where it goes, where the version is told beside it", () => {
        expect(placeName(inputs())).toBe("flow_67890 (bot bot_12345) in production");
    });

    it("becomes an id that different releases never share", () => {
        expect(releaseId(inputs())).toBe("bot_12345/flow_67890/production");
        expect(releaseId(inputs({ botId: "a/b", flowId: "c" }))).toBe("a%2Fb/c/production");
        expect(releaseId(inputs({ botId: "a", flowId: "b/c" }))).toBe("a/b%2Fc/production");
    });

    it("does not change with the version", () => {
        expect(releaseId(inputs({ versionTag: "2.0.0" }))).toBe(releaseId(inputs()));
    });
});
