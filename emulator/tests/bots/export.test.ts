import type { Api } from "../support/api";
import { deployBody } from "../support/deploy-body";
import { pizzaBot, smallBot } from "../support/small-bot";
import { started } from "../support/started";

function artifact(api: Api, versionTag: string, bot = "bot_1") {
    return api.get(`/api/v2/bots/${bot}/export?format=json&versionTag=${encodeURIComponent(versionTag)}`);
}

async function bytes(api: Api, versionTag: string): Promise<string> {
    const response = await fetch(`${api.url}/api/v2/bots/bot_1/export?format=json&versionTag=${versionTag}`, {
        headers: { authorization: `Bearer ${api.token}` },
    });
    return response.text();
}

test("the artifact holds what went live: the snapshot, with intents and entities", async () => {
    const { api } = await started(smallBot);
    const { status, body, headers } = await artifact(api, "v1.0.0");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body).toEqual({
        bot: { id: "bot_1", name: "Pizza line" },
        versionTag: "v1.0.0",
        flows: pizzaBot.deployments.map((deployment) => deployment.snapshot),
        intents: pizzaBot.intents.map((intent) => ({ ...intent, name: intent.id })),
        entities: pizzaBot.entities,
    });
});

test("later edits do not change what went live", async () => {
    const { api, control, clock } = await started(smallBot);
    await api.post("/api/v2/deployments", deployBody());
    const before = await bytes(api, "v1.1.0");
    await control.patchFlow("bot_1", "flow_1", { nodes: { n5: { label: "The end" } } });
    await control.setExamples("bot_1", "order_pizza", ["calzone"]);
    await control.setResource("bot_1", "entity", "topping", "missing");
    await clock.advance(300);
    expect(await bytes(api, "v1.1.0")).toBe(before);
});

test("equal content gives equal bytes, whenever it was deployed", async () => {
    const { api, control, clock } = await started(smallBot);
    const { deploymentId } = (await api.post("/api/v2/deployments", deployBody())).body;
    const before = await bytes(api, "v1.1.0");
    await control.forgetDeployment(deploymentId);
    await clock.advance(1_000_000);
    await control.deployByHand("bot_1", {
        flowId: "flow_1",
        versionTag: "v1.1.0",
        targetEnvironment: "staging",
    });
    expect(await bytes(api, "v1.1.0")).toBe(before);
    expect(before.endsWith("}\n")).toBe(true);
});

test("of a tag in several environments the newest deployment counts", async () => {
    const { api, control } = await started(smallBot);
    await control.deployByHand("bot_1", {
        flowId: "flow_1",
        versionTag: "v1.0.0",
        targetEnvironment: "staging",
    });
    expect((await artifact(api, "v1.0.0")).body.flows[0].nodes).toHaveLength(5);
});

test("all flows that have the tag are in it, sorted by their id", async () => {
    const { api, control } = await started(smallBot);
    const target = { versionTag: "v2.0.0", targetEnvironment: "production" };
    await control.deployByHand("bot_1", { flowId: "flow_2", ...target });
    await control.deployByHand("bot_1", { flowId: "flow_1", ...target });
    const { flows } = (await artifact(api, "v2.0.0")).body;
    expect(flows.map((flow: { id: string }) => flow.id)).toEqual(["flow_1", "flow_2"]);
});

test("the intents are those of the newest of its flows", async () => {
    const { api, control } = await started(smallBot);
    const target = { flowId: "flow_1", versionTag: "v2.0.0" };
    await control.deployByHand("bot_1", { ...target, targetEnvironment: "staging" });
    await control.deployByHand("bot_1", { ...target, flowId: "flow_2", targetEnvironment: "staging" });
    await control.setExamples("bot_1", "order_pizza", ["calzone"]);
    await control.deployByHand("bot_1", { ...target, targetEnvironment: "production" });
    expect((await artifact(api, "v2.0.0")).body.intents[0].examples).toEqual(["calzone"]);
});

test("an entity that is back goes live with all that it held", async () => {
    const { api, control } = await started(smallBot);
    await control.setResource("bot_1", "entity", "topping", "missing");
    await control.setResource("bot_1", "entity", "topping", "ok");
    await api.post("/api/v2/deployments", deployBody());
    expect((await artifact(api, "v1.1.0")).body.entities).toEqual(pizzaBot.entities);
});

test("a missing intent and a forbidden entity do not go live", async () => {
    const { api, control } = await started(smallBot);
    await control.setResource("bot_1", "intent", "allergies", "missing");
    await control.setResource("bot_1", "entity", "topping", "forbidden");
    await api.post("/api/v2/deployments", deployBody());
    const { intents, entities } = (await artifact(api, "v1.1.0")).body;
    expect(intents.map((intent: { id: string }) => intent.id)).toEqual(["order_pizza", "open_hours"]);
    expect(entities).toEqual([]);
});

test("a rolled back version can still be exported, a failed one cannot", async () => {
    const { api, control, clock } = await started(smallBot);
    await control.rollbackByHand("dep_old");
    expect((await artifact(api, "v1.0.0")).status).toBe(200);
    await control.deploymentScript({ outcome: "failed" });
    await api.post("/api/v2/deployments", deployBody());
    await clock.advance(300);
    expect((await artifact(api, "v1.1.0")).status).toBe(404);
});

test.each([
    ["?versionTag=v1.0.0", 400, "format is required."],
    ["?format=zip&versionTag=v1.0.0", 400, 'format must be json, not "zip".'],
    ["?format=json", 400, "versionTag is required."],
    [
        "?format=json&versionTag=v1.0.0&x=1",
        400,
        "x is not a query parameter of this call: format, versionTag.",
    ],
    ["?format=json&versionTag=v9.9.9", 404, 'The bot "bot_1" has no version v9.9.9.'],
])("%s is refused", async (query, status, message) => {
    const { api } = await started(smallBot);
    expect(await api.get(`/api/v2/bots/bot_1/export${query}`)).toMatchObject({ status, body: { message } });
});

test("an unknown bot has no versions", async () => {
    const { api } = await started(smallBot);
    expect((await artifact(api, "v1.0.0", "bot_9")).body.message).toBe('The bot "bot_9" does not exist.');
    expect((await artifact(api, "v1.0.0", "bot_2")).status).toBe(404);
});
