import fc from "fast-check";
import type { ReleaseProvider } from "../../src/provider.js";
import { ReleaseError } from "../../src/release/failure.js";
import { anyJson, nearly } from "../support/any-json.js";
import { useWorlds, type World } from "../support/harness.js";
import { CLIENT_SECRET, releaseArgs } from "../support/platform-data.js";
import { Stack } from "../support/stack.js";

const startWorld = useWorlds();

/** The calls of a release, with an answer that fits the contract and need not be true. */
const ANSWERS = [
    { path: "/oauth/token$", good: { access_token: "t", expires_in: 60 } },
    { path: "/flows/flow_67890$", good: { id: "flow_67890", nodes: [{ id: "n1" }], updated_at: "2026" } },
    { path: "/dependencies$", good: { items: [{ resourceType: "a", resourceId: "b", referencePath: "c" }] } },
    { path: "/simulations$", good: { simulationId: "sim_1" } },
    { path: "/results$", good: { status: "completed", steps: [{ status: "failed", reason: "because" }] } },
    {
        path: "/deployments$",
        good: {
            deploymentId: "dep_9",
            items: [
                {
                    deploymentId: "dep_141",
                    botId: "bot_12345",
                    flowId: "flow_67890",
                    versionTag: "v1.4.1",
                    targetEnvironment: "production",
                    status: "completed",
                    createdAt: "2026-01-02T03:04:05Z",
                },
            ],
        },
    },
    { path: "/status$", good: { status: "completed" } },
    { path: "/health$", good: { healthy: true } },
    { path: "/rollback$", good: { rollbackId: "rb_1" } },
    { path: "/export$", good: { flows: [{ id: "flow_67890", nodes: [], updated_at: "2026" }] } },
];

/** A stack whose provider notes each error that is not for people. */
function watchedStack(world: World): { stack: Stack; crashes: unknown[] } {
    const crashes: unknown[] = [];
    const watch = (provider: ReleaseProvider) =>
        new Proxy(provider, {
            get: (target, name) => {
                const method: unknown = Reflect.get(target, name);
                return typeof method !== "function"
                    ? method
                    : async (...args: unknown[]) => {
                          try {
                              return await method.apply(target, args);
                          } catch (error) {
                              crashes.push(...(error instanceof ReleaseError ? [] : [error]));
                              throw error;
                          }
                      };
            },
        });
    return { stack: new Stack(() => watch(world.provider())), crashes };
}

describe("whatever JSON the platform answers in the middle of a release", () => {
    it("the release goes through or is told in plain words; nothing is deployed twice, and no secret is told", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(
                    fc.record({
                        answer: fc.constantFrom(...ANSWERS),
                        value: anyJson,
                        at: fc.nat(50),
                        skip: fc.nat(3),
                        times: fc.constantFrom(1, 1, 2, null),
                    }),
                    { minLength: 1, maxLength: 2 },
                ),
                async (lies) => {
                    const world = await startWorld();
                    const { stack, crashes } = watchedStack(world);
                    for (const { answer, value, at, skip, times } of lies) {
                        const body = JSON.stringify(nearly(answer.good, value, at)) ?? "null";
                        await world.control.addFault({
                            match: { path: answer.path },
                            skip,
                            times,
                            fault: { kind: "malformed", contentType: "application/json", body },
                        });
                    }
                    const args = releaseArgs({
                        artifact: { directory: "a" },
                        deployment: { timeoutSeconds: 30 },
                        simulation: { ...(releaseArgs().simulation as object), timeoutSeconds: 30 },
                    });
                    const told = [await stack.up(args), await stack.up(args)];
                    await world.control.clearFaults();
                    told.push(await stack.up(args));
                    await stack.refresh().catch((error: Error) => expect(error).toBeInstanceOf(ReleaseError));
                    expect(crashes).toEqual([]);
                    const standing = world
                        .deploymentsOf("v1.4.2")
                        .filter(({ status }) => status === "completed" || status === "in_progress");
                    expect(standing.length).toBeLessThanOrEqual(1);
                    const written = `${world.everythingWritten()}${JSON.stringify([stack.resource, told])}`;
                    expect(written).not.toContain(CLIENT_SECRET);
                    await world.close();
                },
            ),
            { numRuns: 25 },
        );
    }, 60_000);
});
