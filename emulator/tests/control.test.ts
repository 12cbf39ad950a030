import { ControlError } from "../src/control-call";
import { deployBody } from "./support/deploy-body";
import { smallBot } from "./support/small-bot";
import { started } from "./support/started";

describe("drafts", () => {
    test("getFlow gives the draft", async () => {
        const { control, api } = await started(smallBot);
        expect(await control.getFlow("bot_1", "flow_1")).toEqual(
            (await api.get("/api/v2/bots/bot_1/flows/flow_1")).body,
        );
        await expect(control.getFlow("bot_1", "flow_9")).rejects.toMatchObject({ status: 404 });
    });

    test("putFlow replaces the draft, keeps its dependencies, and touches updated_at", async () => {
        const { control, api, clock } = await started(smallBot);
        await clock.advance(5000);
        const put = await control.putFlow("bot_1", "flow_1", {
            id: "flow_1",
            nodes: [{ id: "a", type: "start" }],
        });
        expect(put).toEqual({
            id: "flow_1",
            name: "flow_1",
            nodes: [{ id: "a", type: "start" }],
            updated_at: "2026-01-05T09:00:05.000Z",
        });
        expect(await control.getFlow("bot_1", "flow_1")).toEqual(put);
        expect((await api.get("/api/v2/bots/bot_1/dependencies?flowId=flow_1")).body.items).toHaveLength(3);
    });

    test("putFlow adds a flow, but not one that another bot has", async () => {
        const { control, api } = await started(smallBot);
        await control.putFlow("bot_2", "flow_new", { id: "flow_new" });
        expect((await api.get("/api/v2/bots/bot_2/flows/flow_new")).status).toBe(200);
        await expect(control.putFlow("bot_2", "flow_1", { id: "flow_1" })).rejects.toMatchObject({
            status: 409,
            message: 'Another bot has a flow "flow_1".',
        });
    });

    test("patchFlow merges into nodes, adds and removes them", async () => {
        const { control } = await started(smallBot);
        const before = await control.getFlow("bot_1", "flow_1");
        const patched = await control.patchFlow("bot_1", "flow_1", {
            nodes: {
                n3: { label: "Pizza", config: { priority: 1 } },
                n4: { config: null },
                n5: null,
                n6: { type: "end", next: null },
            },
        });
        expect(patched.nodes).toEqual([
            ...before.nodes.slice(0, 2),
            {
                id: "n3",
                type: "case",
                next: "n5",
                config: { intent: "order_pizza", priority: 1 },
                label: "Pizza",
            },
            { id: "n4", type: "case", next: "n5" },
            { id: "n6", type: "end" },
        ]);
        expect(await control.getFlow("bot_1", "flow_1")).toEqual(patched);
    });

    test("two edits within a millisecond have two times", async () => {
        const { control } = await started(smallBot);
        const times = [];
        for (const label of ["one", "two"]) {
            const { updated_at } = await control.patchFlow("bot_1", "flow_1", { nodes: { n1: { label } } });
            times.push(updated_at);
        }
        expect(times).toEqual(["2026-01-05T09:00:00.000Z", "2026-01-05T09:00:00.001Z"]);
    });

    test("addDependencies appends rows and touches updated_at", async () => {
        const { control, api } = await started(smallBot);
        const row = { resourceType: "voice", resourceId: "v", referencePath: "nodes/n1/config/voice" };
        await control.addDependencies("bot_1", "flow_1", [row]);
        const { items } = (await api.get("/api/v2/bots/bot_1/dependencies?flowId=flow_1")).body;
        expect(items).toHaveLength(4);
        expect(items[3]).toEqual(row);
        expect((await control.getFlow("bot_1", "flow_1")).updated_at).toBe("2026-01-05T09:00:00.000Z");
    });

    test("setExamples replaces the sentences of an intent", async () => {
        const { control, api } = await started(smallBot);
        await control.setExamples("bot_1", "order_pizza", ["calzone"]);
        await api.post("/api/v2/deployments", deployBody());
        const { body } = await api.get("/api/v2/bots/bot_1/export?format=json&versionTag=v1.1.0");
        expect(body.intents[0].examples).toEqual(["calzone"]);
        await expect(control.setExamples("bot_1", "x", [])).rejects.toThrow('The intent "x" of bot "bot_1"');
    });

    test("an intent can come into being", async () => {
        const { control } = await started(smallBot);
        await control.setResource("bot_1", "intent", "complain", "ok");
        await control.setExamples("bot_1", "complain", ["this is cold"]);
    });
});

describe("the whole", () => {
    test("state tells clients without secrets, deployments, what is live, health", async () => {
        const { control } = await started(smallBot);
        const state = await control.state();
        expect(state).toMatchObject({
            clients: [{ clientId: "demo-client", audience: "https://api.cognigy.com" }],
            deployments: [{ deploymentId: "dep_old", changelog: "", createdBy: "unknown", rollback: null }],
            live: [{ botId: "bot_1", versionTag: "v1.0.0" }],
            health: { bot_1: { sequence: [] }, bot_2: { sequence: [] } },
        });
        expect(JSON.stringify(state)).not.toContain("secret");
    });

    test("reset goes back to the start", async () => {
        const { control, api, emulator } = await started(smallBot);
        const [before, flow] = [await control.state(), await control.getFlow("bot_1", "flow_1")];
        await control.setResource("bot_1", "intent", "order_pizza", "missing");
        await control.patchFlow("bot_1", "flow_1", { nodes: { n1: null } });
        await control.deployByHand("bot_1", {
            flowId: "flow_1",
            versionTag: "v3.0.0",
            targetEnvironment: "test",
        });
        await control.health("bot_1", { sequence: [false] });
        await control.addFault({ fault: { kind: "status", status: 500 } });
        await control.rateLimit({ perSecond: 0.001, retryAfter: "seconds" });
        await control.reset();
        expect(await control.state()).toEqual(before);
        expect(await control.getFlow("bot_1", "flow_1")).toEqual(flow);
        expect(await control.faults()).toEqual([]);
        expect(await control.requests()).toEqual([]);
        expect((await api.get("/api/v2/bots/bot_1/flows/flow_1")).status).toBe(401);
        expect((await api.get("/nothing")).status).toBe(404);
        expect(emulator.platform.catalog.access("bot_1", "intent", "order_pizza")).toBe("ok");
    });

    test("faults are listed and cleared", async () => {
        const { control, api } = await started(smallBot);
        const rule = {
            match: { method: "GET" },
            times: null,
            fault: { kind: "status", status: 500 },
        } as const;
        expect(await control.addFault(rule)).toEqual({ id: 1 });
        expect(await control.faults()).toEqual([{ ...rule, id: 1, skipLeft: 0, timesLeft: null }]);
        await control.clearFaults();
        expect((await api.get("/api/v2/bots/bot_1/flows/flow_1")).status).toBe(200);
    });

    test("ids with slashes and spaces go through", async () => {
        const { control } = await started({
            bots: [{ id: "a/b c", flows: [{ id: "f%2F/ü" }] }],
        });
        expect((await control.getFlow("a/b c", "f%2F/ü")).id).toBe("f%2F/ü");
    });

    test("the address may end with a slash", async () => {
        const { emulator, control } = await started(smallBot);
        const Client = control.constructor as new (url: string) => typeof control;
        expect(await new Client(`${emulator.url}/`).faults()).toEqual([]);
        expect(emulator.controlUrl).toBe(`${emulator.url}/_control`);
    });
});

describe("refused control calls", () => {
    const fault = { kind: "status", status: 500 };

    test.each<[string, string, unknown, string]>([
        ["POST", "faults", {}, "fault is required."],
        ["POST", "faults", { fault: {} }, "fault.kind is required."],
        ["POST", "faults", { fault: { kind: "meteor" } }, "fault.kind must be one of the known kinds."],
        ["POST", "faults", { fault: { kind: "status" } }, "fault.status is required."],
        ["POST", "faults", { fault: { kind: "status", status: 99 } }, "fault.status must be >= 200."],
        [
            "POST",
            "faults",
            { fault: { kind: "status", status: 500, ms: 1 } },
            "fault.ms is not a known property.",
        ],
        ["POST", "faults", { fault: { kind: "latency" } }, "fault.ms is required."],
        [
            "POST",
            "faults",
            { fault: { kind: "drop", when: "now" } },
            "fault.when must be one of before, after.",
        ],
        ["POST", "faults", { fault: { kind: "truncate", at: 1 } }, "fault.at is not a known property."],
        ["POST", "faults", { fault: { kind: "malformed", body: 1 } }, "fault.body must be of type string."],
        [
            "POST",
            "faults",
            { fault: { kind: "malformed", contentType: "text\n" } },
            'fault.contentType must match pattern "^[ -~]+$".',
        ],
        ["POST", "faults", { fault, times: 0 }, "times must be >= 1."],
        ["POST", "faults", { fault, every: 2 }, "every is not a known property."],
        [
            "POST",
            "faults",
            { fault: { kind: "malformed", status: 200 } },
            "fault.status is not a known property.",
        ],
        [
            "POST",
            "faults",
            { fault: { kind: "drop", when: "after", ms: 5 } },
            "fault.ms is not a known property.",
        ],
        [
            "POST",
            "faults",
            { fault: { kind: "latency", ms: 5, when: "after" } },
            "fault.when is not a known property.",
        ],
        ["POST", "deployment-scripts", { script: {}, every: 2 }, "every is not a known property."],
        ["PUT", "bots/bot_1/resources/intent/x", { access: "ok", id: "y" }, "id is not a known property."],
        ["PUT", "bots/bot_1/intents/order_pizza/examples", [""], "[0] must not be empty."],
        [
            "PATCH",
            "bots/bot_1/flows/flow_1",
            { nodes: { n1: null }, name: "x" },
            "name is not a known property.",
        ],
        [
            "POST",
            "bots/bot_1/deployments",
            { flowId: "flow_1", versionTag: "v2.0.0", targetEnvironment: "test", force: true },
            "force is not a known property.",
        ],
        ["POST", "faults", { fault, skip: -1 }, "skip must be >= 0."],
        [
            "POST",
            "faults",
            { fault, match: { path: "(" } },
            "match.path must be the source of a regular expression.",
        ],
        ["POST", "faults", { fault, match: { url: "x" } }, "match.url is not a known property."],
        ["PUT", "rate-limit", { perSecond: 0, retryAfter: "date" }, "perSecond must be > 0."],
        [
            "PUT",
            "rate-limit",
            { perSecond: 1, retryAfter: "date", burst: 5 },
            "burst is not a known property.",
        ],
        ["PUT", "rate-limit", { perSecond: 1 }, "retryAfter is required."],
        [
            "POST",
            "deployment-scripts",
            { script: { outcome: "odd" } },
            "script.outcome must be one of completed, failed, stuck.",
        ],
        ["POST", "deployment-scripts", { script: {}, times: 0 }, "times must be >= 1."],
        ["PATCH", "simulation", { fail: "x" }, "fail must be of type array."],
        ["PUT", "bots/bot_1/health", { sequence: [1] }, "sequence[0] must be of type boolean."],
        [
            "PUT",
            "bots/bot_1/resources/intents/x",
            { access: "ok" },
            "kind must be one of intent, entity, external_api, resource.",
        ],
        [
            "PUT",
            "bots/bot_1/resources/intent/x",
            { access: "gone" },
            "access must be one of ok, missing, forbidden.",
        ],
        ["PUT", "bots/bot_1/intents/order_pizza/examples", [1], "[0] must be of type string."],
        ["PUT", "bots/bot_1/flows/flow_1", { id: "flow_2" }, 'id must be "flow_1", as in the path.'],
        ["PUT", "bots/bot_1/flows/flow_1", { id: "flow_1", nodes: [{}] }, "nodes[0].id is required."],
        ["PATCH", "bots/bot_1/flows/flow_1", { nodes: {} }, "nodes must have at least 1 property."],
        [
            "PATCH",
            "bots/bot_1/flows/flow_1",
            { nodes: { n1: 1 } },
            "nodes.n1 must be of type object or null.",
        ],
        ["PATCH", "bots/bot_1/flows/flow_1", { nodes: { n1: { id: "n2" } } }, 'nodes.n1.id must stay "n1".'],
        ["PATCH", "bots/bot_1/flows/flow_1", { nodes: { new: { label: "x" } } }, "type is required."],
        ["POST", "bots/bot_1/flows/flow_1/dependencies", [{}], "[0].resourceType is required."],
        [
            "POST",
            "bots/bot_1/flows/flow_1/dependencies",
            [{ resourceType: "intent", resourceId: "x", referencePath: "y", type: "z" }],
            "[0].type is not a known property.",
        ],
        ["PUT", "bots/bot_1/health", { sequence: [], after: true }, "after is not a known property."],
        ["PATCH", "simulation", { duration: 5 }, "duration is not a known property."],
        [
            "POST",
            "deployment-scripts",
            { script: { duration: 5 } },
            "script.duration is not a known property.",
        ],
        ["POST", "bots/bot_1/deployments", { flowId: "flow_1" }, "versionTag is required."],
    ])("%s %s %j", async (method, path, body, message) => {
        const { api } = await started(smallBot);
        const answer = await api.send(method, `/_control/${path}`, {
            body: JSON.stringify(body),
            headers: { "content-type": "application/json" },
        });
        expect(answer.status).toBe(400);
        expect(answer.body).toEqual({ error: "bad_request", message });
    });

    test("the client throws what the control API says", async () => {
        const { control } = await started(smallBot);
        const refused = control.patchFlow("bot_1", "flow_1", { nodes: { n9: null } });
        await expect(refused).rejects.toThrow(
            new ControlError(404, 'nodes.n9: the flow "flow_1" has no such node.'),
        );
        await expect(refused).rejects.toMatchObject({ status: 404, name: "ControlError" });
    });

    test("an unknown control call is not found, and not logged", async () => {
        const { api, control } = await started(smallBot);
        await control.clearRequests();
        expect((await api.get("/_control/nothing")).body.message).toBe(
            "There is no call GET /_control/nothing.",
        );
        expect(await control.requests()).toEqual([]);
    });

    test("a body that is no JSON is refused", async () => {
        const { api } = await started(smallBot);
        const { status, body } = await api.send("POST", "/_control/faults", {
            body: "{",
            headers: { "content-type": "application/json" },
        });
        expect([status, body.error]).toEqual([400, "bad_request"]);
    });
});
