import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkData, DataError, loadData } from "../src/data/load";
import { startEmulator } from "../src/emulator";

describe("a data file", () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-data-"));
    afterAll(() => rmSync(folder, { recursive: true }));

    function file(content: string): string {
        const path = join(folder, "data.json");
        writeFileSync(path, content);
        return path;
    }

    test("is read", () => {
        expect(loadData(file('{ "bots": [{ "id": "b" }] }'))).toEqual({ bots: [{ id: "b" }] });
    });

    test("that does not exist", () => {
        const missing = join(folder, "nowhere.json");
        expect(() => loadData(missing)).toThrow(new DataError(`The data file ${missing} does not exist.`));
    });

    test("that cannot be read", () => {
        expect(() => loadData(folder)).toThrow(/^The data file .* cannot be read: EISDIR/);
    });

    test("that is no JSON", () => {
        expect(() => loadData(file('{ "bots": [ }'))).toThrow(
            /^The data file .*data\.json is not valid JSON: /,
        );
    });

    test("with a wrong property is named, and so is the property", async () => {
        const path = file('{ "bots": [{ "id": 7 }] }');
        const problem = `${path}: bots[0].id must be of type string.`;
        expect(() => loadData(path)).toThrow(problem);
        await expect(startEmulator({ data: path })).rejects.toThrow(problem);
    });
});

describe("wrong data", () => {
    const user = { email: "a@b.example", apiKey: "k" };
    const flow = { id: "f" };
    const deployment = {
        deploymentId: "d",
        flowId: "f",
        versionTag: "v1.0.0",
        targetEnvironment: "test",
    };

    test.each<[unknown, string]>([
        [null, "The whole must be of type object."],
        [{}, "bots is required."],
        [{ bots: {} }, "bots must be of type array."],
        [{ bots: [], bot: [] }, "bot is not a known property."],
        [{ bots: [], tokenLifetimeSeconds: 0 }, "tokenLifetimeSeconds must be > 0."],
        [{ bots: [], simulationMs: -1 }, "simulationMs must be >= 0."],
        [{ bots: [], deploymentMs: "300" }, "deploymentMs must be of type number."],
        [{ bots: [], clients: [] }, "clients must have at least 1 item."],
        [{ bots: [], clients: [{ clientId: "c" }] }, "clients[0].clientSecret is required."],
        [
            { bots: [], clients: [{ clientId: "c", clientSecret: "s", scopes: ["all"] }] },
            "clients[0].scopes[0] must be one of bot:manage, simulation:run, deployment:execute, export:read, audit:write.",
        ],
        [
            { bots: [], clients: [{ clientId: "c", clientSecret: "s", scope: "x" }] },
            "clients[0].scope is not a known property.",
        ],
        [
            { bots: [{ id: "b", flows: [flow], deployments: [{ ...deployment, live: true }] }] },
            "bots[0].deployments[0].live is not a known property.",
        ],
        [{ bots: [{ name: "x" }] }, "bots[0].id is required."],
        [{ bots: [], ai: { user: [] } }, "ai.user is not a known property."],
        [{ bots: [], ai: { users: [{ email: "a" }] } }, "ai.users[0].apiKey is required."],
        [
            { bots: [], ai: { variants: { getBodies: "odd" } } },
            "ai.variants.getBodies must be one of refused, ignored.",
        ],
        [
            { bots: [], ai: { users: [user, { ...user, apiKey: "other" }] } },
            'ai.users has more than one with email "a@b.example".',
        ],
        [
            { bots: [], ai: { users: [user, { ...user, email: "other" }] } },
            "ai.users has more than one with the same apiKey.",
        ],
        [
            { bots: [{ id: "b" }], ai: { users: [{ ...user, projects: ["b", "c"] }] } },
            'ai.users[0].projects has "c", which is the name of no bot.',
        ],
        [
            { bots: [], ai: { oauthClients: [{ clientId: "c", clientSecret: "s", user: "nobody" }] } },
            'ai.oauthClients[0].user is "nobody", which is no user.',
        ],
        [{ bots: [{ id: "b", flow: [] }] }, "bots[0].flow is not a known property."],
        [
            { bots: [{ id: "b", intents: [{ id: "i", examples: "x" }] }] },
            "bots[0].intents[0].examples must be of type array.",
        ],
        [
            { bots: [{ id: "b", intents: [{ id: "i", sentences: [] }] }] },
            "bots[0].intents[0].sentences is not a known property.",
        ],
        [
            { bots: [{ id: "b", resources: [{ id: "r", access: "no" }] }] },
            "bots[0].resources[0].access must be one of ok, missing, forbidden.",
        ],
        [
            { bots: [{ id: "b", flows: [{ id: "f", nodes: [{ id: "n" }] }] }] },
            "bots[0].flows[0].nodes[0].type is required.",
        ],
        [
            { bots: [{ id: "b", flows: [{ id: "f", updated_at: "2026" }] }] },
            "bots[0].flows[0].updated_at must be an ISO 8601 date and time with a zone, such as 2026-01-02T03:04:05Z.",
        ],
        [
            { bots: [{ id: "b", flows: [{ id: "f", dependencies: [{ resourceType: "intent" }] }] }] },
            "bots[0].flows[0].dependencies[0].resourceId is required.",
        ],
        [
            { bots: [{ id: "b", flows: [flow], deployments: [{ ...deployment, versionTag: "one" }] }] },
            "bots[0].deployments[0].versionTag must be a semantic version with an optional leading v, such as v1.4.2.",
        ],
        [
            { bots: [{ id: "b", flows: [flow], deployments: [{ ...deployment, status: "done" }] }] },
            "bots[0].deployments[0].status must be one of in_progress, completed, failed, rolled_back.",
        ],
        [
            { bots: [{ id: "b", deployments: [deployment] }] },
            'bots[0].deployments[0].flowId is "f", which is no flow of this bot.',
        ],
        [
            { bots: [{ id: "b", health: { sequence: ["yes"] } }] },
            "bots[0].health.sequence[0] must be of type boolean.",
        ],
        [{ bots: [{ id: "b" }, { id: "b" }] }, 'bots has more than one with id "b".'],
        [
            {
                bots: [
                    { id: "b", flows: [flow] },
                    { id: "c", flows: [flow] },
                ],
            },
            'flows of all bots has more than one with id "f".',
        ],
        [
            {
                bots: [
                    {
                        id: "b",
                        flows: [
                            {
                                id: "f",
                                nodes: [
                                    { id: "n", type: "a" },
                                    { id: "n", type: "b" },
                                ],
                            },
                        ],
                    },
                ],
            },
            'bots[0].flows[0].nodes has more than one with id "n".',
        ],
        [
            { bots: [{ id: "b", intents: [{ id: "i" }, { id: "i" }] }] },
            'bots[0].intents has more than one with id "i".',
        ],
        [
            { bots: [{ id: "b", entities: [{ id: "e" }, { id: "e" }] }] },
            'bots[0].entities has more than one with id "e".',
        ],
        [
            { bots: [{ id: "b", externalApis: [{ id: "e" }, { id: "e" }] }] },
            'bots[0].externalApis has more than one with id "e".',
        ],
        [
            { bots: [{ id: "b", resources: [{ id: "e" }, { id: "e" }] }] },
            'bots[0].resources has more than one with id "e".',
        ],
        [
            { bots: [{ id: "b", flows: [flow], deployments: [deployment, deployment] }] },
            'deployments of all bots has more than one with deploymentId "d".',
        ],
        [
            {
                bots: [],
                clients: [
                    { clientId: "c", clientSecret: "s" },
                    { clientId: "c", clientSecret: "s" },
                ],
            },
            'clients has more than one with clientId "c".',
        ],
    ])("%j", (data, message) => {
        expect(() => checkData(data)).toThrow(new DataError(`The data: ${message}`));
    });

    test("given to startEmulator", async () => {
        await expect(startEmulator({ data: { bots: [{ id: "" }] } })).rejects.toThrow(
            "The data: bots[0].id must not be empty.",
        );
    });
});
