import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "cognigy-emulator";
import { ReleaseProvider } from "../src/provider.js";
import { keptRecord, recordIn } from "../src/release/kept-record.js";
import { UNKNOWN } from "../src/release/unknown.js";
import { reasonOf, useWorlds } from "./support/harness.js";
import { CLIENT_ID, CLIENT_SECRET, platformData, releaseArgs } from "./support/platform-data.js";
import { PROVIDER_LINE, type Properties, Stack } from "./support/stack.js";

const startWorld = useWorlds();

/** A provider of a stack with this config, and nothing in the environment. */
function configured(config: Record<string, string>): ReleaseProvider {
    const provider = new ReleaseProvider();
    provider.configure({ config: { get: (key) => config[key] } });
    return provider;
}

async function reasonsFor(
    provider: ReleaseProvider,
    changes: Properties = {},
    olds: Properties = {},
): Promise<string[]> {
    const { failures = [] } = await provider.check(olds, {
        ...releaseArgs(changes),
        __provider: PROVIDER_LINE,
    });
    expect(failures.map(({ property }) => property)).toEqual(failures.map(() => ""));
    return failures.map(({ reason }) => reason);
}

const variables = [
    "COGNIGY_BASE_URL",
    "COGNIGY_CLIENT_ID",
    "COGNIGY_CLIENT_SECRET",
    "COGNIGY_AUDIENCE",
    "XDG_CACHE_HOME",
] as const;
const environment = Object.fromEntries(variables.map((name) => [name, process.env[name]]));

beforeEach(() => {
    for (const name of variables) {
        delete process.env[name];
    }
});

afterAll(() => {
    for (const [name, value] of Object.entries(environment)) {
        if (value !== undefined) {
            process.env[name] = value;
        }
    }
});

describe("check", () => {
    test("names each property that is wrong, all of them at once, and never gives the engine one to print", async () => {
        const world = await startWorld();
        expect(
            await reasonsFor(world.provider(), {
                botId: "",
                versionTag: "latest",
                deployment: { strategy: "yolo", retries: 3 },
                simulation: { testCases: [{ input: "", expectedIntent: "book_flight" }], minPassRate: 0 },
                colour: "red",
            }),
        ).toEqual([
            "`botId`: expected the bot's id, a text that is not empty.",
            '`versionTag`: expected a semantic version such as "1.4.2" or "v1.4.2".',
            "`simulation.testCases[0].input`: expected what the user says, a text that is not empty.",
            "`simulation.minPassRate`: expected a share above 0 and up to 1, such as 0.95.",
            '`deployment.strategy`: expected one of "rolling", "blue_green", "canary", "all_at_once".',
            '`deployment`: has no property "retries"; expected strategy, timeoutSeconds, rollbackOnFailure, onConflict, retryRejected, downgrade, breakGlass.',
            expect.stringMatching(/^the release has no property "colour"; expected botId, flowId, /),
        ]);
        expect(await world.requests()).toEqual([]);
    });

    test("gives the declared inputs back when it refuses", async () => {
        const world = await startWorld();
        const news = { ...releaseArgs({ versionTag: "latest" }), __provider: PROVIDER_LINE };
        expect((await world.provider().check({}, news)).inputs).toEqual(news);
    });

    test("repeats no value that is wrong: it may be a secret", async () => {
        const world = await startWorld();
        const reasons = await reasonsFor(world.provider(), {
            botId: [CLIENT_SECRET],
            versionTag: CLIENT_SECRET,
            connection: `${CLIENT_SECRET}!`,
            createdBy: { name: CLIENT_SECRET },
        });
        expect(reasons).toHaveLength(4);
        expect(reasons.join()).not.toContain(CLIENT_SECRET);
    });

    test("runs no gate, and calls nothing, while something is not known yet", async () => {
        const world = await startWorld();
        for (const changes of [
            { versionTag: UNKNOWN },
            { simulation: { testCases: [{ input: UNKNOWN, expectedIntent: "book_flight" }] } },
            { changelog: UNKNOWN },
            { botId: UNKNOWN },
            { connection: UNKNOWN },
            { simulation: UNKNOWN },
        ]) {
            const { inputs, failures } = await world
                .provider()
                .check({}, { ...releaseArgs(changes), __provider: PROVIDER_LINE });
            expect(failures).toBeUndefined();
            expect(inputs.record).toBe(UNKNOWN);
        }
        expect(await world.requests()).toEqual([]);
        expect(world.events()).toEqual([]);
    });

    test("still finds what is wrong beside what is not known", async () => {
        const world = await startWorld();
        expect(await reasonsFor(world.provider(), { versionTag: UNKNOWN, onDelete: "explode" })).toEqual([
            '`onDelete`: expected one of "rollback", "retain".',
        ]);
    });

    test("tells which credentials are missing, and how to set them", async () => {
        expect(await reasonsFor(configured({}))).toEqual([
            '`cognigy:clientId`: expected the client\'s id for the connection "cognigy": run `pulumi config set ' +
                "cognigy:clientId <id>` or set COGNIGY_CLIENT_ID.",
            '`cognigy:clientSecret`: expected the client\'s secret for the connection "cognigy": run `pulumi config set ' +
                "--secret cognigy:clientSecret` or set COGNIGY_CLIENT_SECRET.",
        ]);
    });

    test("tells them by the connection that is declared", async () => {
        const provider = configured({
            "cognigy:clientId": "a",
            "cognigy:clientSecret": "b",
            "tenant-b:clientId": "c",
        });
        expect(await reasonsFor(provider, { connection: "tenant-b" })).toEqual([
            '`tenant-b:clientSecret`: expected the client\'s secret for the connection "tenant-b": run `pulumi config set ' +
                "--secret tenant-b:clientSecret` or set TENANT_B_CLIENT_SECRET.",
        ]);
    });

    test.each([
        ["cognigy:baseUrl", `https://me:${CLIENT_SECRET}@api.cognigy.com`],
        ["cognigy:baseUrl", "ftp://api.cognigy.com"],
        ["cognigy:baseUrl", "api.cognigy.com"],
        ["cognigy:baseUrl", `https://api.cognigy.com/?key=${CLIENT_SECRET}`],
        ["cognigy:maxConcurrency", "many"],
        ["cognigy:evidenceTtlSeconds", "-1"],
    ])("names %s when it is %s, without the value", async (key, value) => {
        const config = { "cognigy:clientId": CLIENT_ID, "cognigy:clientSecret": CLIENT_SECRET, [key]: value };
        const [reason, ...others] = await reasonsFor(configured(config));
        expect(others).toEqual([]);
        expect(reason?.startsWith(`\`${key}\`: expected `)).toBe(true);
        expect(reason).not.toContain(CLIENT_SECRET);
    });

    test("names the variable when that is where the wrong value comes from", async () => {
        process.env.COGNIGY_BASE_URL = "nowhere";
        const config = { "cognigy:clientId": CLIENT_ID, "cognigy:clientSecret": CLIENT_SECRET };
        const [reason] = await reasonsFor(configured(config));
        expect(reason).toMatch(/^`COGNIGY_BASE_URL`: expected the platform's address/);
    });

    test("tells missing credentials before it lets unknown values pass", async () => {
        expect(await reasonsFor(configured({}), { versionTag: UNKNOWN })).toHaveLength(2);
    });

    test("of an unchanged release needs no credentials", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const olds = world.stack.resource?.inputs ?? {};
        expect(await reasonsFor(configured({}), {}, olds)).toEqual([]);
        expect(await reasonsFor(configured({}), { versionTag: "v1.5.0" }, olds)).toHaveLength(2);
    });

    test("says which credential the platform refuses, never its value", async () => {
        const emulator = await startEmulator({ data: platformData() });
        try {
            const [reason, ...others] = await reasonsFor(
                configured({
                    "cognigy:baseUrl": emulator.url,
                    "cognigy:audience": "https://api.cognigy.com",
                    "cognigy:clientId": CLIENT_ID,
                    "cognigy:clientSecret": "not-the-right-one",
                }),
            );
            expect(others).toEqual([]);
            expect(reason).toContain("Check cognigy:clientId and cognigy:clientSecret, and that");
            expect(reason).not.toContain("not-the-right-one");
        } finally {
            await emulator.close();
        }
    });

    test("names the scope that a gate lacks", async () => {
        const world = await startWorld({
            data: {
                ...platformData(),
                clients: [
                    {
                        clientId: CLIENT_ID,
                        clientSecret: CLIENT_SECRET,
                        scopes: ["bot:manage", "deployment:execute"],
                    },
                ],
            },
        });
        expect(reasonOf(await world.stack.preview(releaseArgs()))).toContain(
            "the client of cognigy:clientId needs the scope simulation:run. Grant it on the platform.",
        );
    });

    test("tells of a flow that is not there", async () => {
        const world = await startWorld();
        const { url } = world.emulator;
        expect(reasonOf(await world.stack.preview(releaseArgs({ flowId: "flow_gone" })))).toBe(
            `there is no flow flow_gone in bot bot_12345 on ${url}. Check \`botId\` and \`flowId\`.`,
        );
    });

    test("throws what nobody expects", async () => {
        const provider = new ReleaseProvider(() => {
            throw new TypeError("a bug");
        });
        await expect(provider.check({}, releaseArgs())).rejects.toThrow("a bug");
    });
});

describe("diff", () => {
    const provider = new ReleaseProvider(() => {
        throw new Error("diff touches nothing");
    });

    async function states(): Promise<{ outs: Properties; news: Properties }> {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "artifacts" } }));
        const { outputs, inputs } = world.stack.resource ?? { outputs: {}, inputs: {} };
        return { outs: outputs, news: inputs };
    }

    test("finds nothing where nothing changed, and says so with a boolean", async () => {
        const { outs, news } = await states();
        expect(await provider.diff("id", outs, news)).toEqual({ changes: false, replaces: [] });
    });

    test.each([
        ["botId", "bot_2"],
        ["flowId", "flow_2"],
        ["targetEnvironment", "staging"],
        ["connection", "tenant-b"],
    ])("replaces a release with another %s", async (name, value) => {
        const { outs, news } = await states();
        expect(await provider.diff("id", outs, { ...news, [name]: value })).toEqual({
            changes: true,
            replaces: [name],
        });
        expect(await provider.diff("id", outs, { ...news, [name]: UNKNOWN })).toEqual({
            changes: true,
            replaces: [],
        });
    });

    test.each([
        ["versionTag", "v1.5.0"],
        ["changelog", "another"],
        ["createdBy", "somebody"],
        ["simulation", undefined],
        ["artifact", undefined],
        ["onDelete", "retain"],
        ["dependencies", { validate: false }],
        ["record", keptRecord({ contentHash: "sha256:0" })],
        ["record", UNKNOWN],
        ["versionTag", UNKNOWN],
    ])("updates a release with another %s: %j", async (name, value) => {
        const { outs, news } = await states();
        expect(await provider.diff("id", outs, { ...news, [name]: value })).toEqual({
            changes: true,
            replaces: [],
        });
    });

    test.each(["failed", "rolled_back", "blocked", "in_progress"])(
        "updates a release that is %s",
        async (status) => {
            const { outs, news } = await states();
            const record = keptRecord({ ...recordIn(outs.record), status });
            expect(await provider.diff("id", { ...outs, record }, news)).toEqual({
                changes: true,
                replaces: [],
            });
        },
    );

    test("updates a release whose state an earlier version of the package wrote: the program reads this one's", async () => {
        const { outs, news } = await states();
        const earlier = { ...outs, ...recordIn(outs.record), record: undefined, schemaVersion: 2 };
        expect(await provider.diff("id", earlier, news)).toEqual({ changes: true, replaces: [] });
    });

    test("minds neither the order of keys nor what the provider's line is", async () => {
        const { outs, news } = await states();
        const turned = Object.fromEntries(Object.entries(news).reverse());
        expect(await provider.diff("id", outs, { ...turned, __provider: "another line" })).toEqual({
            changes: false,
            replaces: [],
        });
    });
});

describe("the state", () => {
    test("of a later version of the package is left alone", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { id, outputs } = world.stack.resource ?? { id: "", outputs: {} };
        const later = { ...outputs, schemaVersion: 99 };
        for (const call of [
            () => world.provider().read(id, later),
            () => world.provider().delete(id, later),
            () => world.provider().update(id, later, world.stack.resource?.inputs ?? {}),
        ]) {
            await expect(call()).rejects.toThrow(
                "this state was written by a later version of pulumi-cognigy (state version 99, this one reads up to 3). " +
                    "Install that version or a later one.",
            );
        }
        expect(world.live()).toBe("v1.4.2");
    });

    test("that is none is not read: `pulumi import` is told apart", async () => {
        const world = await startWorld();
        await expect(world.provider().read("id", {})).rejects.toThrow(
            "`pulumi import` does not work for dynamic resources. Declare the release instead.",
        );
    });
});

describe("a pipeline as the engine's process opens it", () => {
    let emulator: Emulator;
    let folder: string;

    beforeEach(async () => {
        jest.spyOn(console, "log").mockImplementation(() => {});
        folder = await mkdtemp(join(tmpdir(), "pulumi-cognigy-"));
        emulator = await startEmulator({ data: { ...platformData(), simulationMs: 0, deploymentMs: 0 } });
        process.env.XDG_CACHE_HOME = join(folder, "cache");
    });

    afterEach(async () => {
        jest.restoreAllMocks();
        await emulator.close();
        await rm(folder, { recursive: true });
    });

    const artifact = () => ({ directory: join(folder, "artifacts") });

    test("releases with what the stack's config says", async () => {
        const config = {
            "cognigy:baseUrl": `${emulator.url}/`,
            "cognigy:clientId": CLIENT_ID,
            "cognigy:clientSecret": CLIENT_SECRET,
            "cognigy:audience": "https://api.cognigy.com",
            "cognigy:ledger": join(folder, "ledger.jsonl"),
        };
        const stack = new Stack(() => configured(config));
        expect(await stack.up(releaseArgs({ artifact: artifact() }))).toMatchObject({ outcome: "done" });
        expect(stack.outputs).toMatchObject({
            status: "completed",
            artifact: { path: join(folder, "artifacts", "bot_12345_v1.4.2.json") },
        });
        expect(await stack.up(releaseArgs({ artifact: artifact() }))).toEqual({ outcome: "unchanged" });
        expect(jest.mocked(console.log).mock.calls.flat()).toContain(
            "cognigy: flow_67890 (bot bot_12345) in production: v1.4.2 is live, healthy (1 of 1 probes in a row)",
        );
        await stack.destroy();
        expect(emulator.platform.deployments.live("bot_12345")).toMatchObject([{ versionTag: "v1.4.1" }]);
    });

    test("releases to the tenant of the declared connection, and takes what is missing from the environment", async () => {
        process.env.TENANT_B_CLIENT_SECRET = CLIENT_SECRET;
        try {
            const config = {
                "tenant-b:baseUrl": emulator.url,
                "tenant-b:clientId": CLIENT_ID,
                "tenant-b:audience": "https://api.cognigy.com",
                "cognigy:baseUrl": "http://127.0.0.1:1",
                "cognigy:ledger": join(folder, "ledger.jsonl"),
            };
            const stack = new Stack(() => configured(config));
            expect(await stack.up(releaseArgs({ connection: "tenant-b" }))).toMatchObject({
                outcome: "done",
            });
            expect(emulator.platform.deployments.live("bot_12345")).toMatchObject([{ versionTag: "v1.4.2" }]);
        } finally {
            delete process.env.TENANT_B_CLIENT_SECRET;
        }
    });

    test("is one for all calls of a process: one token", async () => {
        const provider = configured({
            "cognigy:baseUrl": emulator.url,
            "cognigy:clientId": CLIENT_ID,
            "cognigy:clientSecret": CLIENT_SECRET,
            "cognigy:audience": "https://api.cognigy.com",
            "cognigy:ledger": join(folder, "ledger.jsonl"),
        });
        const stacks = [new Stack(() => provider), new Stack(() => provider)];
        await Promise.all([
            stacks[0]?.preview(releaseArgs()),
            stacks[1]?.preview(releaseArgs({ botId: "bot_2", flowId: "flow_2" })),
        ]);
        const requests = await emulator.control.requests();
        expect(requests.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
    });

    test("tells `create`, `read` and `delete` what is missing as well", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { id, outputs, inputs } = world.stack.resource ?? { id: "", outputs: {}, inputs: {} };
        for (const call of [
            () => configured({}).create(inputs),
            () => configured({}).read(id, outputs),
            () => configured({}).delete(id, outputs),
        ]) {
            await expect(call()).rejects.toThrow(
                "`cognigy:clientId`: expected the client's id for the connection",
            );
        }
    });
});
