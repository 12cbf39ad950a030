import { readFileSync } from "node:fs";
import { routingOf } from "../../src/bots/routing";
import { bookingDataFile, loadData } from "../../src/data/load";
import type { JsonObject } from "../../src/json";
import { started } from "../support/started";

const bot = loadData(bookingDataFile).bots[0];
const draft = bot?.flows?.[0];
const nodes = draft?.nodes ?? [];
const rows = draft?.dependencies ?? [];
const flowId = "flow_67890";

test("is small enough to be read, big enough to be real", () => {
    expect(readFileSync(bookingDataFile).length).toBeLessThan(150_000);
    expect(nodes.length).toBeGreaterThanOrEqual(30);
    expect(rows.length).toBeGreaterThanOrEqual(250);
    expect(bot?.intents?.length).toBeGreaterThanOrEqual(8);
    for (const { examples = [] } of bot?.intents ?? []) {
        expect(examples.length).toBeGreaterThanOrEqual(5);
    }
});

test("every step leads to a step, and every step is reached", () => {
    const ids = new Set(nodes.map((node) => node.id));
    const targets = nodes.flatMap((node) => [
        ...(typeof node.next === "string" ? [node.next] : Object.values((node.next ?? {}) as JsonObject)),
        ...("target" in (node.config as JsonObject) ? [(node.config as JsonObject).target] : []),
    ]);
    expect(targets.filter((target) => !ids.has(target as string))).toEqual([]);
    expect([...ids].filter((id) => id !== "n01" && !targets.includes(id))).toEqual([]);
});

test("every dependency row points at the place in the draft that names the resource", () => {
    for (const { referencePath, resourceId } of rows) {
        const [root, nodeId, ...path] = referencePath.split("/");
        const node: unknown = nodes.find((candidate) => candidate.id === nodeId);
        const named = path.reduce((value, key) => (value as Record<string, unknown>)?.[key], node);
        expect([root, referencePath, named]).toEqual(["nodes", referencePath, resourceId]);
    }
});

test("every dependency exists and several places share one", async () => {
    const { api } = await started();
    const segments: Record<string, string> = {
        intent: "intents",
        entity: "entities",
        external_api: "external-apis",
    };
    const paths = rows.map(
        ({ resourceType, resourceId }) => `${segments[resourceType] ?? "resources"}/${resourceId}`,
    );
    const distinct = [...new Set(paths)];
    const answers = await Promise.all(distinct.map((path) => api.head(`/api/v2/bots/bot_12345/${path}`)));
    expect(distinct.filter((_path, index) => answers[index]?.status !== 200)).toEqual([]);
    expect(distinct.length).toBeLessThan(paths.length);
});

test("three pages of a hundred", async () => {
    const { api } = await started();
    const sizes = [];
    for (const page of [1, 2, 3]) {
        const { body } = await api.get(
            `/api/v2/bots/bot_12345/dependencies?flowId=${flowId}&page=${page}&pageSize=100`,
        );
        sizes.push(body.items.length);
    }
    expect(sizes).toEqual([100, 100, 84]);
});

test("v1.4.1 is live, and the draft differs from it in a handful of steps", async () => {
    const { api, control } = await started();
    expect((await control.state()).live).toMatchObject([
        { flowId, targetEnvironment: "production", versionTag: "v1.4.1", deploymentId: "dep_7f3a91c2" },
    ]);
    const { body } = await api.get("/api/v2/bots/bot_12345/export?format=json&versionTag=v1.4.1");
    const live = new Map<string, string>(
        body.flows[0].nodes.map((node: { id: string }) => [node.id, JSON.stringify(node)]),
    );
    const now = new Map(nodes.map((node) => [node.id, JSON.stringify(node)]));
    const differing = [...new Set([...live.keys(), ...now.keys()])].filter(
        (id) => live.get(id) !== now.get(id),
    );
    expect(differing.sort()).toEqual(["n04", "n08", "n25", "n28", "n35", "n36", "n44", "n75", "n79", "n81"]);
});

describe("simulating", () => {
    async function steps(
        testCases: object[],
        breakIt?: (all: Awaited<ReturnType<typeof started>>) => unknown,
    ) {
        const all = await started();
        await breakIt?.(all);
        const { body } = await all.api.post("/api/v2/simulations", {
            flowId,
            testCases,
            timeout_seconds: 120,
        });
        await all.clock.advance(150);
        return (await all.api.get(`/api/v2/simulations/${body.simulationId}/results`)).body.steps;
    }

    const book = { input: "book a flight", expectedIntent: "book_flight" };
    const cancel = { input: "cancel reservation", expectedIntent: "cancel_reservation" };

    test("booking and cancelling pass on the draft", async () => {
        expect(await steps([book, cancel])).toMatchObject([{ status: "passed" }, { status: "passed" }]);
    });

    test("every example sentence is understood as its own intent", async () => {
        const cases = (bot?.intents ?? []).flatMap(({ id, examples = [] }) =>
            examples.map((input) => ({ input, expectedIntent: id })),
        );
        const failed = (await steps(cases)).filter((step: { status: string }) => step.status !== "passed");
        expect(failed).toEqual([]);
    });

    test("without the case for cancelling, cancelling fails and says why", async () => {
        const [booking, cancelling] = await steps([book, cancel], ({ control }) =>
            control.patchFlow("bot_12345", flowId, { nodes: { n08: null } }),
        );
        expect(booking.status).toBe("passed");
        expect(cancelling).toMatchObject({
            status: "failed",
            reason: `No node of the flow "${flowId}" routes the intent "cancel_reservation".`,
        });
    });

    test("the intents that are routed are those that the bot has", () => {
        const { reached, stranded } = routingOf({
            id: flowId,
            name: "Booking",
            updated_at: "2026-01-01T00:00:00Z",
            nodes,
        });
        expect([...reached.keys()].sort()).toEqual((bot?.intents ?? []).map((intent) => intent.id).sort());
        expect(stranded.size).toBe(0);
    });
});
