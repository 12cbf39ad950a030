import * as answers from "../../../src/cognigy/bots/answers.js";

const DEPLOYMENT = {
    deploymentId: "dep_1",
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.1",
    targetEnvironment: "production",
    status: "completed",
    createdAt: "2026-01-02T03:04:05Z",
};

describe("a list in an answer", () => {
    it("is given up at the first item that does not fit, and that one is named", () => {
        const items = [DEPLOYMENT, ...Array.from({ length: 10_000 }, () => ({ ...DEPLOYMENT, botId: 5 }))];
        const { error } = answers.deployments.safeParse({ items });
        expect(error?.issues).toHaveLength(1);
        expect(error?.issues[0]).toMatchObject({
            path: ["items", 1, "botId"],
            message: "Invalid input: expected string, received number",
        });
    });

    it.each([
        ["deployments", answers.deployments, "items"],
        ["dependencies", answers.dependencies, "items"],
        ["conversations", answers.simulationResults, "steps"],
        ["flows", answers.exported, "flows"],
    ])("of %s names its first item that is none", (_what, schema, name) => {
        const { error } = schema.safeParse({ [name]: [null, null] });
        expect(error?.issues.map(({ path }) => path)).toEqual([[name, 0]]);
    });
});

describe("a flow", () => {
    const text =
        '{"id":"f","updated_at":"2026-01-02T03:04:05Z","__proto__":{"locale":"en"},"constructor":{"a":1},' +
        '"nodes":[{"id":"n1","__proto__":{"text":"Hello"},"toString":5,"config":{"__proto__":{"a":[]}}}]}';

    it("is kept as it is, whatever its properties are named: all of it is content", () => {
        const { data } = answers.flow.safeParse(JSON.parse(text));
        expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(text));
        expect(JSON.stringify(data)).toContain('"__proto__":{"text":"Hello"}');
        expect(Object.getPrototypeOf(data?.nodes[0])).toBe(Object.prototype);
    });

    it.each([
        [{ id: 5 }, ["id"]],
        [{ updated_at: undefined }, ["updated_at"]],
        [{ nodes: {} }, ["nodes"]],
        [{ nodes: [{ id: "n1" }, { id: 5 }] }, ["nodes", 1, "id"]],
        [{ nodes: [{ label: ["a"] }] }, ["nodes", 0, "label"]],
        [{ name: null }, ["name"]],
    ])("with %j does not fit", (change, path) => {
        const { error } = answers.flow.safeParse({ ...JSON.parse(text), ...change });
        expect(error?.issues.map((issue) => issue.path)).toEqual([path]);
    });
});

describe("an id that the platform gives", () => {
    it.each(["dep_1", "a/b", "...", "büro 🤖", "x".repeat(500)])("may be %j", (id) => {
        expect(answers.deploymentStarted.safeParse({ deploymentId: id }).success).toBe(true);
        expect(answers.simulationStarted.safeParse({ simulationId: id }).success).toBe(true);
    });

    it.each(["", ".", "..", "a\nb", "\u001b[2J", "\ud83d", "x".repeat(501), 5, null])(
        "is not %j: no web address and no message could hold it",
        (id) => {
            expect(answers.deploymentStarted.safeParse({ deploymentId: id }).success).toBe(false);
            expect(answers.simulationStarted.safeParse({ simulationId: id }).success).toBe(false);
            const items = [{ ...DEPLOYMENT, deploymentId: id }];
            expect(answers.deployments.safeParse({ items }).success).toBe(false);
        },
    );

    it("is not kept in the ledger when it is endless", () => {
        const row = { resourceType: "intent", resourceId: "i", referencePath: "n1" };
        for (const name of Object.keys(row)) {
            const withName = (text: string) =>
                answers.dependencies.safeParse({ items: [{ ...row, [name]: text }] }).success;
            expect([withName("x".repeat(2_000)), withName("x".repeat(2_001))]).toEqual([true, false]);
        }
    });
});

describe("a deployment", () => {
    it.each(["", "yesterday", "2026-13-45T99:00:00Z"])(
        "that was created at %j does not fit: the newest one is what is live",
        (createdAt) => {
            const { error } = answers.deployments.safeParse({ items: [{ ...DEPLOYMENT, createdAt }] });
            expect(error?.issues[0]).toMatchObject({
                path: ["items", 0, "createdAt"],
                message: "expected a time",
            });
        },
    );

    it.each(["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+02:00", "2026-01-02"])(
        "may say %j for when it was created",
        (createdAt) => {
            expect(answers.deployments.safeParse({ items: [{ ...DEPLOYMENT, createdAt }] }).success).toBe(
                true,
            );
        },
    );
});
