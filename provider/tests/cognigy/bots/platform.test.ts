import type { Readable } from "node:stream";
import { BotsPlatform } from "../../../src/cognigy/bots/platform.js";
import { PlatformError } from "../../../src/cognigy/errors.js";
import type { Dependency } from "../../../src/release/gates.js";
import { type Bench, inTurn, reset, startBench, stopBenches } from "../../support/http-client.js";
import { flow, inputs } from "../../support/samples.js";
import type { Reply, Responder } from "../../support/web-server.js";

afterEach(stopBenches);

const FLOW = { botId: "bot_12345", flowId: "flow_67890" };

async function platformThat(respond: Responder): Promise<{ platform: BotsPlatform; bench: Bench }> {
    const bench = await startBench(respond);
    return { platform: new BotsPlatform(bench.connection, bench.http), bench };
}

/** The calls beside those for a token: method, path and query, and body. */
function callsOf({ web }: Bench): [string, string, unknown?][] {
    return web.seen
        .filter(({ url }) => url !== "/oauth/token")
        .map(({ method, url, body }) => [method, url, ...(body === "" ? [] : [JSON.parse(body)])] as never);
}

async function messageOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PlatformError);
    return (error as PlatformError).message;
}

describe("a flow", () => {
    it("is read, with whatever it holds beyond the contract", async () => {
        const definition = flow({ locale: "en", nodes: [{ id: "n1", config: { deep: [1, { x: null }] } }] });
        const { platform, bench } = await platformThat(() => ({ json: definition }));
        expect(await platform.flow(FLOW)).toEqual(definition);
        expect(callsOf(bench)).toEqual([["GET", "/api/v2/bots/bot_12345/flows/flow_67890"]]);
    });

    it("that does not exist is told with the inputs that name it", async () => {
        const { platform, bench } = await platformThat(() => ({ status: 404 }));
        expect(await messageOf(platform.flow(FLOW))).toBe(
            `there is no flow flow_67890 in bot bot_12345 on ${bench.web.origin}. Check \`botId\` and \`flowId\`.`,
        );
    });

    it.each<[string, unknown, string]>([
        ["no nodes", { id: "f", updated_at: "" }, "nodes: "],
        ["a node that is a text", { id: "f", updated_at: "", nodes: ["n1"] }, "nodes.0: "],
        ["a node whose id is a number", { id: "f", updated_at: "", nodes: [{ id: 1 }] }, "nodes.0.id: "],
        ["no time of its last edit", { id: "f", nodes: [] }, "updated_at: "],
    ])("with %s breaks the contract", async (_what, json, field) => {
        const { platform } = await platformThat(() => ({ json }));
        expect(await messageOf(platform.flow(FLOW))).toContain(`does not fit the contract: ${field}`);
    });

    it.each([
        ["a slash", "a/b", "a%2Fb"],
        ["a way up", "../../admin", "..%2F..%2Fadmin"],
        ["a query", "a?b=c&d", "a%3Fb%3Dc%26d"],
        ["a fragment", "a#b", "a%23b"],
        ["a per cent sign", "a%2Fb", "a%252Fb"],
        ["a line break", "a\r\nHost: evil", "a%0D%0AHost%3A%20evil"],
        ["a space and a plus", "a b+c", "a%20b%2Bc"],
        ["letters of the world", "日本", "%E6%97%A5%E6%9C%AC"],
        ["half a letter", "a\ud800", "a%EF%BF%BD"],
        ["another host", "//evil.example.com/", "%2F%2Fevil.example.com%2F"],
        ["an address", "@evil.example.com", "%40evil.example.com"],
    ])("whose id has %s in it stays one segment of the path", async (_what, id, segment) => {
        const { platform, bench } = await platformThat(() => ({ json: flow() }));
        await platform.flow({ botId: id, flowId: id });
        expect(callsOf(bench)).toEqual([["GET", `/api/v2/bots/${segment}/flows/${segment}`]]);
    });
});

describe("the dependencies of a flow", () => {
    const some = (count: number): Dependency[] =>
        Array.from({ length: count }, (_, index) => ({
            resourceType: "intent",
            resourceId: `i${index}`,
            referencePath: `nodes.n${index}`,
        }));

    async function list(total: number) {
        const all = some(total);
        const { platform, bench } = await platformThat(({ url }) => {
            const query = new URLSearchParams(url.split("?")[1]);
            const [page, size] = [Number(query.get("page")), Number(query.get("pageSize"))];
            return { json: { items: all.slice((page - 1) * size, page * size) } };
        });
        const pages: Dependency[][] = [];
        for await (const page of platform.dependencies(FLOW)) {
            pages.push(page);
        }
        return { all, pages, calls: callsOf(bench) };
    }

    it.each([
        [0, [0]],
        [1, [1]],
        [99, [99]],
        [100, [100, 0]],
        [101, [100, 1]],
        [200, [100, 100, 0]],
        [250, [100, 100, 50]],
    ])("are all listed when there are %d", async (total, sizes) => {
        const { all, pages, calls } = await list(total);
        expect(pages.flat()).toEqual(all);
        expect(pages.map(({ length }) => length)).toEqual(sizes);
        expect(calls).toEqual(
            sizes.map((_, index) => [
                "GET",
                `/api/v2/bots/bot_12345/dependencies?flowId=flow_67890&page=${index + 1}&pageSize=100`,
            ]),
        );
    });

    it("are asked for page by page: nobody who stops early asks for the rest", async () => {
        const { platform, bench } = await platformThat(() => ({ json: { items: some(100) } }));
        for await (const page of platform.dependencies(FLOW)) {
            expect(page).toHaveLength(100);
            break;
        }
        expect(callsOf(bench)).toHaveLength(1);
    });

    async function failureOf(pageOf: (page: number) => Dependency[]) {
        const { platform, bench } = await platformThat(({ url }) => {
            const page = Number(new URLSearchParams(url.split("?")[1]).get("page"));
            return { json: { items: pageOf(page) } };
        });
        const listing = async () => {
            for await (const page of platform.dependencies(FLOW)) {
                expect(page.length).toBeGreaterThan(0);
            }
        };
        return { message: await messageOf(listing()), calls: callsOf(bench).length };
    }
    const call = "GET /api/v2/bots/bot_12345/dependencies";

    it("that do not end are given up after a hundred thousand", async () => {
        const pageOf = (page: number) =>
            some(100).map((row) => ({ ...row, resourceId: `${page} ${row.resourceId}` }));
        expect(await failureOf(pageOf)).toEqual({
            message: `${call} does not end: 100000 dependencies, and more to come.`,
            calls: 1_001,
        });
    });

    it.each([
        ["as many as are asked for", 100],
        ["more than are asked for", 250],
    ])("that come again on every page are given up: %s", async (_what, count) => {
        expect(await failureOf(() => some(count))).toEqual({
            message: `${call} does not end: page 2 is the same as page 1.`,
            calls: 2,
        });
    });

    it("that have no list break the contract", async () => {
        const { platform } = await platformThat(() => ({ json: [] }));
        const listing = platform.dependencies(FLOW)[Symbol.asyncIterator]().next();
        expect(await messageOf(listing)).toContain(
            "GET /api/v2/bots/bot_12345/dependencies was answered with",
        );
    });
});

describe("a dependency", () => {
    it.each([
        ["intent", "intents"],
        ["entity", "entities"],
        ["external_api", "external-apis"],
        ["knowledge_store", "resources"],
        ["", "resources"],
        ["constructor", "resources"],
        ["toString", "resources"],
        ["__proto__", "resources"],
    ])("of the type %j is looked for among the %s", async (resourceType, collection) => {
        const { platform, bench } = await platformThat(() => ({}));
        const dependency = { resourceType, resourceId: "a/b", referencePath: "x" };
        expect(await platform.dependencyState("bot 1", dependency)).toBe("ok");
        expect(callsOf(bench)).toEqual([["HEAD", `/api/v2/bots/bot%201/${collection}/a%2Fb`]]);
    });

    it.each([
        [200, "ok"],
        [204, "ok"],
        [404, "missing"],
        [403, "forbidden"],
    ])("that is answered with %d is %s", async (status, state) => {
        const { platform } = await platformThat(() => ({ status }));
        const dependency = { resourceType: "intent", resourceId: "i1", referencePath: "x" };
        expect(await platform.dependencyState("bot_12345", dependency)).toBe(state);
    });

    it("that cannot be asked for is neither there nor missing", async () => {
        const { platform } = await platformThat(() => ({ status: 500 }));
        const dependency = { resourceType: "intent", resourceId: "i1", referencePath: "x" };
        expect(await messageOf(platform.dependencyState("bot_12345", dependency))).toBe(
            "HEAD /api/v2/bots/bot_12345/intents/i1 was answered with 500: the platform is in trouble. Try again later.",
        );
    });
});

describe("a simulation", () => {
    const testCases = [{ input: "book a flight", expectedIntent: "book_flight" }];
    const SIMULATION = { testCases, timeoutSeconds: 1, minPassRate: 1 };

    it("is started with the test cases and the time it may take", async () => {
        const { platform, bench } = await platformThat(() => ({ json: { simulationId: "sim_1" } }));
        expect(await platform.startSimulation(FLOW, { ...SIMULATION, timeoutSeconds: 120 })).toBe("sim_1");
        expect(callsOf(bench)).toEqual([
            ["POST", "/api/v2/simulations", { flowId: "flow_67890", testCases, timeout_seconds: 120 }],
        ]);
    });

    it("that has no id is no simulation", async () => {
        const { platform } = await platformThat(() => ({ json: { simulationId: "" } }));
        expect(await messageOf(platform.startSimulation(FLOW, SIMULATION))).toContain("simulationId: ");
    });

    it("is looked at", async () => {
        const steps = [
            { status: "passed" },
            { status: "failed", input: "x", expectedIntent: "y", actualIntent: null, reason: "z" },
        ];
        const { platform, bench } = await platformThat(() => ({ json: { status: "completed", steps } }));
        expect(await platform.simulation("sim/1")).toEqual({ status: "completed", steps });
        expect(callsOf(bench)).toEqual([["GET", "/api/v2/simulations/sim%2F1/results"]]);
    });

    it("need not have a word for the whole run", async () => {
        const { platform } = await platformThat(() => ({ json: { steps: [] } }));
        expect(await platform.simulation("sim_1")).toEqual({ steps: [] });
    });

    it.each<[string, () => Reply, (platform: BotsPlatform) => Promise<unknown>]>([
        ["started", () => ({ status: 403 }), (platform) => platform.startSimulation(FLOW, SIMULATION)],
        ["looked at", () => ({ status: 403 }), (platform) => platform.simulation("s")],
    ])("that may not be %s names the scope simulation:run", async (_what, respond, act) => {
        const { platform } = await platformThat(respond);
        expect(await messageOf(act(platform))).toContain(
            "the client of cognigy:clientId needs the scope simulation:run. Grant it on the platform.",
        );
    });
});

describe("the deployments of a bot", () => {
    const deployment = (more: Record<string, string> = {}) => ({
        deploymentId: "dep_1",
        botId: "bot_12345",
        flowId: "flow_67890",
        versionTag: "v1.4.2",
        targetEnvironment: "production",
        status: "in_progress",
        createdAt: "2026-01-02T03:04:05Z",
        ...more,
    });

    it("are listed by status", async () => {
        const { platform, bench } = await platformThat(() => ({ json: { items: [deployment()] } }));
        expect(await platform.deployments("bot_12345", "in_progress")).toEqual([deployment()]);
        expect(callsOf(bench)).toEqual([["GET", "/api/v2/deployments?botId=bot_12345&status=in_progress"]]);
    });

    it("are only those that were asked for, also where the platform does not sift them", async () => {
        const items = [deployment({ botId: "other" }), deployment({ status: "failed" }), deployment()];
        const { platform } = await platformThat(() => ({ json: { items } }));
        expect(await platform.deployments("bot_12345", "in_progress")).toEqual([deployment()]);
    });

    it("are asked for with an id that is percent-encoded", async () => {
        const { platform, bench } = await platformThat(() => ({ json: { items: [] } }));
        expect(await platform.deployments("a&status=failed#", "completed")).toEqual([]);
        expect(callsOf(bench)[0]?.[1]).toBe(
            "/api/v2/deployments?botId=a%26status%3Dfailed%23&status=completed",
        );
    });
});

describe("a deployment", () => {
    const request = {
        release: inputs({
            createdBy: "automation_service",
            deployment: { strategy: "canary", rollbackOnFailure: false },
            health: { intervalSeconds: 2.5 },
        }),
        contentHash: "sha256:0",
        nodesCount: 7,
        keep: [],
        lastModified: "2026-01-02T03:04:05Z",
    };

    it("is started with everything that the contract asks for", async () => {
        const { platform, bench } = await platformThat(() => ({
            status: 202,
            json: { deploymentId: "dep_1" },
        }));
        expect(await platform.deploy(request)).toBe("dep_1");
        expect(callsOf(bench)).toEqual([
            [
                "POST",
                "/api/v2/deployments",
                {
                    snapshot: {
                        flow_id: "flow_67890",
                        bot_id: "bot_12345",
                        version_tag: "v1.4.2",
                        changelog: "Updated intent mapping for booking flow.",
                        target_environment: "production",
                        nodes_count: 7,
                        last_modified: "2026-01-02T03:04:05Z",
                    },
                    deployment_config: {
                        target_environment: "production",
                        strategy: "canary",
                        health_check_interval_seconds: 2.5,
                        rollback_on_failure: false,
                    },
                    metadata: {
                        version_tag: "v1.4.2",
                        changelog: "Updated intent mapping for booking flow.",
                        created_by: "automation_service",
                    },
                },
            ],
        ]);
    });

    it.each<[string, Reply]>([
        ["a hang-up", reset],
        ["a 500", { status: 500 }],
        ["an answer without an id", { status: 202, json: {} }],
    ])("is never started twice: not after %s", async (_what, reply) => {
        const { platform, bench } = await platformThat(() => reply);
        const error = await platform.deploy(request).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ outcomeUnknown: true });
        expect(callsOf(bench)).toHaveLength(1);
    });

    it("that conflicts is told as a conflict, with what the platform says", async () => {
        const { platform } = await platformThat(() => ({
            status: 409,
            json: { message: "in progress: dep_0" },
        }));
        const error = await platform.deploy(request).catch((reason: unknown) => reason);
        expect(error).toMatchObject({
            kind: "conflict",
            message:
                "POST /api/v2/deployments was answered with 409 (in progress: dep_0): it conflicts with what is there.",
        });
    });

    it("that may not be started names the scope deployment:execute", async () => {
        const { platform } = await platformThat(() => ({ status: 403 }));
        expect(await messageOf(platform.deploy(request))).toContain("needs the scope deployment:execute.");
    });

    it("has a status, in the platform's own word", async () => {
        const { platform, bench } = await platformThat(() => ({ json: { status: "warming_up" } }));
        expect(await platform.deploymentStatus("dep/1")).toBe("warming_up");
        expect(callsOf(bench)).toEqual([["GET", "/api/v2/deployments/dep%2F1/status"]]);
    });

    it("that is gone has none", async () => {
        const { platform } = await platformThat(() => ({ status: 404 }));
        expect(await platform.deploymentStatus("dep_1")).toBeUndefined();
    });

    it("is rolled back with a reason", async () => {
        const { platform, bench } = await platformThat(() => ({ json: { rollbackId: "rb_1" } }));
        expect(await platform.rollback("dep/1", "not healthy")).toBe(true);
        expect(callsOf(bench)).toEqual([
            ["POST", "/api/v2/deployments/dep%2F1/rollback", { reason: "not healthy" }],
        ]);
    });

    it("that is gone cannot be rolled back, and that is no error", async () => {
        const { platform } = await platformThat(() => ({ status: 404 }));
        expect(await platform.rollback("dep_1", "not healthy")).toBe(false);
    });

    it("is never rolled back twice by itself", async () => {
        const { platform, bench } = await platformThat(() => reset);
        await expect(platform.rollback("dep_1", "not healthy")).rejects.toMatchObject({
            outcomeUnknown: true,
        });
        expect(callsOf(bench)).toHaveLength(1);
    });
});

describe("the health of a bot", () => {
    it.each([true, false])("is %s as the platform says", async (healthy) => {
        const { platform, bench } = await platformThat(() => ({ json: { healthy, checks: [] } }));
        expect(await platform.healthy({ botId: "bot/1" })).toBe(healthy);
        expect(callsOf(bench)).toEqual([["GET", "/api/v2/bots/bot%2F1/health"]]);
    });

    it("is never guessed from another answer", async () => {
        const { platform } = await platformThat(() => ({ json: { status: "ok" } }));
        expect(await messageOf(platform.healthy({ botId: "b" }))).toContain("healthy: ");
    });
});

describe("an exported version", () => {
    const url = "/api/v2/bots/bot%2F1/export?format=json&versionTag=v1.0.0%2Bbuild.1";

    it("is handed on as it comes, byte for byte", async () => {
        const text = '{ "flows" : [ ] }\n';
        const { platform, bench } = await platformThat(() => ({ text }));
        const read = async (body: Readable) => Buffer.concat(await body.toArray()).toString("utf8");
        expect(await platform.exportVersion("bot/1", "v1.0.0+build.1", read)).toBe(text);
        expect(callsOf(bench)).toEqual([["GET", url]]);
    });

    it("that may not be exported names the scope export:read", async () => {
        const { platform } = await platformThat(() => ({ status: 403 }));
        expect(await messageOf(platform.exportVersion("b", "v1.0.0", async () => 0))).toContain(
            "needs the scope export:read.",
        );
    });

    it("shows the flow as it was released", async () => {
        const { platform, bench } = await platformThat(() => ({
            json: { flows: [flow({ id: "other" }), flow()] },
        }));
        const reference = { botId: "bot/1", flowId: "flow_67890" };
        expect(await platform.releasedFlow(reference, "v1.0.0+build.1")).toEqual(flow());
        expect(callsOf(bench)).toEqual([["GET", url]]);
    });

    it.each<[string, Reply]>([
        ["is gone", { status: 404 }],
        ["may not be exported", { status: 403 }],
        ["is no JSON", { text: "PK\u0003\u0004" }],
        ["has no flows", { json: { bot: {} } }],
        ["does not have this flow", { json: { flows: [flow({ id: "other" })] } }],
    ])("that %s shows no flow, and that is no error", async (_what, reply) => {
        const { platform } = await platformThat(() => reply);
        expect(await platform.releasedFlow(FLOW, "v1.0.0")).toBeUndefined();
    });

    it("that cannot be asked for is an error", async () => {
        const { platform } = await platformThat(inTurn({ status: 500 }));
        expect(await messageOf(platform.releasedFlow(FLOW, "v1.0.0"))).toContain(
            "the platform is in trouble",
        );
    });
});
