import type { Readable } from "node:stream";
import fc from "fast-check";
import { BotsPlatform } from "../../../src/cognigy/bots/platform.js";
import { isPlatformError } from "../../../src/cognigy/errors.js";
import type { Platform } from "../../../src/cognigy/platform.js";
import { anyJson, nearly } from "../../support/any-json.js";
import { type Bench, startBench, stopBenches } from "../../support/http-client.js";
import { inputs } from "../../support/samples.js";
import type { Reply } from "../../support/web-server.js";

const FLOW = { botId: "bot_12345", flowId: "flow_67890" };
const INTENT = { resourceType: "intent", resourceId: "i1", referencePath: "n1" };
const SIMULATION = {
    testCases: [{ input: "book a flight", expectedIntent: "book_flight" }],
    timeoutSeconds: 120,
    minPassRate: 1,
};
const REQUEST = {
    release: inputs(),
    contentHash: "sha256:0",
    nodesCount: 7,
    lastModified: "2026-01-02T03:04:05Z",
    keep: [],
};
const textOf = async (body: Readable) => Buffer.concat(await body.toArray()).toString("utf8");

/** Every call that a release makes, and the answer that it hopes for. */
const CALLS: Record<string, { call: (platform: Platform) => Promise<unknown>; good: unknown }> = {
    flow: {
        call: (platform) => platform.flow(FLOW),
        good: { id: "flow_67890", nodes: [{ id: "n1" }], updated_at: "2026-01-02T03:04:05Z" },
    },
    dependencies: {
        call: async (platform) => {
            for await (const page of platform.dependencies(FLOW)) {
                return page;
            }
            return undefined;
        },
        good: { items: [INTENT] },
    },
    dependencyState: { call: (platform) => platform.dependencyState("bot_12345", INTENT), good: {} },
    startSimulation: {
        call: (platform) => platform.startSimulation(FLOW, SIMULATION),
        good: { simulationId: "sim_1" },
    },
    simulation: {
        call: (platform) => platform.simulation("sim_1"),
        good: { status: "completed", steps: [{ status: "passed", actualIntent: null }] },
    },
    deployments: {
        call: (platform) => platform.deployments("bot_12345", "completed"),
        good: {
            items: [
                {
                    ...FLOW,
                    deploymentId: "dep_1",
                    versionTag: "v1.4.1",
                    targetEnvironment: "production",
                    status: "completed",
                    createdAt: "2026-01-02T03:04:05Z",
                },
            ],
        },
    },
    deploy: { call: (platform) => platform.deploy(REQUEST), good: { deploymentId: "dep_1" } },
    deploymentStatus: {
        call: (platform) => platform.deploymentStatus("dep_1"),
        good: { status: "completed" },
    },
    rollback: { call: (platform) => platform.rollback("dep_1", "unhealthy"), good: { rollbackId: "r" } },
    healthy: { call: (platform) => platform.healthy({ botId: "bot_12345" }), good: { healthy: true } },
    exportVersion: {
        call: (platform) => platform.exportVersion("bot_12345", "v1.4.1", textOf),
        good: { flows: [] },
    },
    releasedFlow: {
        call: (platform) => platform.releasedFlow(FLOW, "v1.4.1"),
        good: { flows: [{ id: "flow_67890", nodes: [], updated_at: "2026-01-02T03:04:05Z" }] },
    },
};

describe("whatever JSON the platform answers", () => {
    let bench: Bench;
    let platform: Platform;
    let reply: Reply = {};
    beforeAll(async () => {
        bench = await startBench(() => reply);
        platform = new BotsPlatform(bench.connection, bench.http);
    });
    afterAll(stopBenches);

    it.each(Object.entries(CALLS))("%s takes what it hopes for", async (_name, { call, good }) => {
        reply = { json: good };
        await expect(call(platform)).resolves.not.toThrow();
    });

    it.each(Object.entries(CALLS))(
        "%s gives a value, or an error for people",
        async (_name, { call, good }) => {
            await fc.assert(
                fc.asyncProperty(
                    anyJson,
                    fc.nat(50),
                    fc.constantFrom(200, 200, 200, 202, 400, 403, 404, 409, 500),
                    async (value, at, status) => {
                        const refusal = { message: value, detail: "\u001b[2J" };
                        reply = { status, json: (status < 300 ? nearly(good, value, at) : refusal) ?? null };
                        try {
                            await call(platform);
                        } catch (error) {
                            expect(isPlatformError(error)).toBe(true);
                            const { message } = error as Error;
                            expect(message).toMatch(/^[A-Z]+ \/api\/v2\/|^there is no flow /);
                            expect(message).not.toMatch(/\p{Cc}|\[object/u);
                            expect(message.length).toBeLessThan(1_000);
                        }
                    },
                ),
                { numRuns: 60 },
            );
        },
    );
});
