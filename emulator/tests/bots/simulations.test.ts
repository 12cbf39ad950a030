import type { Api } from "../support/api";
import { smallBot } from "../support/small-bot";
import { type Started, started } from "../support/started";

const pizza = { input: "order pizza", expectedIntent: "order_pizza" };
const hours = { input: "when are you open", expectedIntent: "open_hours" };

async function start(api: Api, testCases: object[], timeout_seconds = 60): Promise<string> {
    const { body } = await api.post("/api/v2/simulations", { flowId: "flow_1", testCases, timeout_seconds });
    return body.simulationId;
}

async function resultsOf(api: Api, simulationId: string) {
    return (await api.get(`/api/v2/simulations/${simulationId}/results`)).body;
}

async function finalStep({ api, clock }: Started, testCase: object) {
    const simulationId = await start(api, [testCase]);
    await clock.advance(100);
    return (await resultsOf(api, simulationId)).steps[0];
}

describe("progress", () => {
    test("steps turn one after the other", async () => {
        const { api, clock } = await started(smallBot);
        const simulationId = await start(api, [pizza, hours]);
        const statuses = async () => {
            const { status, steps } = await resultsOf(api, simulationId);
            return [status, ...steps.map((step: { status: string }) => step.status)];
        };
        expect(await statuses()).toEqual(["running", "pending", "pending"]);
        await clock.advance(49);
        expect(await statuses()).toEqual(["running", "pending", "pending"]);
        await clock.advance(1);
        expect(await statuses()).toEqual(["running", "passed", "pending"]);
        await clock.advance(50);
        expect(await statuses()).toEqual(["completed", "passed", "passed"]);
    });

    test("the answer tells input, expectation, what was understood, and how surely", async () => {
        const { api, clock } = await started(smallBot);
        const simulationId = await start(api, [pizza]);
        const pending = { index: 0, ...pizza, actualIntent: null, confidence: null, status: "pending" };
        expect(await resultsOf(api, simulationId)).toEqual({
            simulationId,
            flowId: "flow_1",
            status: "running",
            steps: [pending],
        });
        await clock.advance(100);
        expect((await resultsOf(api, simulationId)).steps).toEqual([
            { index: 0, ...pizza, actualIntent: "order_pizza", confidence: 1, status: "passed" },
        ]);
    });

    test("what is not done at the time-out has failed", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.simulation({ durationMs: 4000 });
        const simulationId = await start(api, [pizza, hours], 3);
        await clock.advance(2999);
        expect((await resultsOf(api, simulationId)).status).toBe("running");
        await clock.advance(1);
        expect(await resultsOf(api, simulationId)).toMatchObject({
            status: "completed",
            steps: [{ status: "passed" }, { status: "failed", reason: "timed out", actualIntent: null }],
        });
        await clock.advance(10_000);
        expect((await resultsOf(api, simulationId)).steps[1].reason).toBe("timed out");
    });

    test("a time-out at the very end comes too late", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.simulation({ durationMs: 3000 });
        const simulationId = await start(api, [pizza], 3);
        await clock.advance(3000);
        expect((await resultsOf(api, simulationId)).steps[0].status).toBe("passed");
    });

    test("the verdict is on the draft as it was at the start", async () => {
        const { api, control, clock } = await started(smallBot);
        const simulationId = await start(api, [pizza]);
        await control.patchFlow("bot_1", "flow_1", { nodes: { n3: null } });
        await clock.advance(100);
        expect((await resultsOf(api, simulationId)).steps[0].status).toBe("passed");
    });
});

describe("failures and their reasons", () => {
    test("a routing node is gone", async () => {
        const all = await started(smallBot);
        await all.control.patchFlow("bot_1", "flow_1", { nodes: { n3: null } });
        expect(await finalStep(all, pizza)).toEqual({
            index: 0,
            ...pizza,
            actualIntent: null,
            confidence: 0,
            status: "failed",
            reason: 'No node of the flow "flow_1" routes the intent "order_pizza".',
        });
    });

    test("nothing leads to the routing node any more", async () => {
        const all = await started(smallBot);
        await all.control.patchFlow("bot_1", "flow_1", { nodes: { n2: { next: ["n4"] } } });
        expect(await finalStep(all, pizza)).toMatchObject({
            status: "failed",
            reason: 'The node "n3" routes the intent "order_pizza", but nothing leads from the start to it.',
        });
    });

    test("the intent is deleted", async () => {
        const all = await started(smallBot);
        await all.control.setResource("bot_1", "intent", "order_pizza", "missing");
        expect(await finalStep(all, pizza)).toMatchObject({
            status: "failed",
            reason: 'The bot "bot_1" has no intent "order_pizza".',
        });
    });

    test("the intent is not accessible", async () => {
        const all = await started(smallBot);
        await all.control.setResource("bot_1", "intent", "order_pizza", "forbidden");
        expect(await finalStep(all, pizza)).toMatchObject({
            status: "failed",
            reason: 'The intent "order_pizza" of bot "bot_1" is not accessible.',
        });
    });

    test("the example sentence is deleted", async () => {
        const all = await started(smallBot);
        await all.control.setExamples("bot_1", "order_pizza", ["a pizza without any delay"]);
        expect(await finalStep(all, pizza)).toMatchObject({
            actualIntent: null,
            confidence: 0.408,
            status: "failed",
            reason: 'The nearest example, "a pizza without any delay" of the intent "order_pizza", reaches 0.408 of the 0.6 needed.',
        });
    });

    test("no example has a word of it", async () => {
        const all = await started(smallBot);
        await all.control.setExamples("bot_1", "order_pizza", []);
        expect(await finalStep(all, pizza)).toMatchObject({
            confidence: 0,
            status: "failed",
            reason: "No example sentence of a routed intent shares a word with it.",
        });
    });

    test("another intent is nearer", async () => {
        const all = await started(smallBot);
        await all.control.setExamples("bot_1", "open_hours", ["order pizza at any hour"]);
        await all.control.setExamples("bot_1", "order_pizza", ["hungry"]);
        expect(await finalStep(all, pizza)).toMatchObject({
            actualIntent: "open_hours",
            status: "failed",
            reason: 'It was understood as "open_hours" (0.816), because of the example "order pizza at any hour".',
        });
    });

    test("an intent that exists but is not routed is not understood", async () => {
        const all = await started(smallBot);
        expect(await finalStep(all, { input: "what about nuts", expectedIntent: "allergies" })).toMatchObject(
            {
                actualIntent: null,
                status: "failed",
                reason: 'No node of the flow "flow_1" routes the intent "allergies".',
            },
        );
    });

    test("the control API says so, until it says otherwise", async () => {
        const all = await started(smallBot);
        await all.control.simulation({ fail: [pizza.input] });
        await all.control.simulation({ durationMs: 100 });
        expect(await finalStep(all, pizza)).toMatchObject({
            status: "failed",
            reason: "This utterance is set to fail.",
        });
        expect((await finalStep(all, hours)).status).toBe("passed");
        await all.control.simulation({ fail: [] });
        expect((await finalStep(all, pizza)).status).toBe("passed");
    });
});

describe("refusals", () => {
    const good = { flowId: "flow_1", testCases: [pizza], timeout_seconds: 60 };

    test.each([
        [{ ...good, flowId: undefined }, "flowId is required."],
        [{ ...good, flowId: 7 }, "flowId must be of type string."],
        [{ ...good, testCases: [] }, "testCases must have at least 1 item."],
        [{ ...good, testCases: [{ input: "x" }] }, "testCases[0].expectedIntent is required."],
        [{ ...good, testCases: [pizza, { ...pizza, input: "" }] }, "testCases[1].input must not be empty."],
        [{ ...good, testCases: [{ ...pizza, intent: "x" }] }, "testCases[0].intent is not a known property."],
        [{ ...good, timeout_seconds: "60" }, "timeout_seconds must be of type number."],
        [{ ...good, timeout_seconds: 0 }, "timeout_seconds must be > 0."],
        [{ ...good, timeoutSeconds: 1 }, "timeoutSeconds is not a known property."],
        [[good], "The body must be of type object."],
    ])("%j", async (body, message) => {
        const { api } = await started(smallBot);
        const answer = await api.post("/api/v2/simulations", body);
        expect(answer.status).toBe(400);
        expect(answer.body).toEqual({ error: "bad_request", message });
    });

    test("bodies that are no JSON, are nothing, or are said to be something else", async () => {
        const { api } = await started(smallBot);
        const send = (body: string | null, type?: string) =>
            api.send("POST", "/api/v2/simulations", {
                ...(body === null ? {} : { body: new Blob([body]) }),
                headers: type === undefined ? {} : { "content-type": type },
            });
        expect(await send("{", "application/json")).toMatchObject({
            status: 400,
            body: { message: expect.stringMatching(/^The body is not valid JSON: /) },
        });
        for (const nothing of [await send(null), await send(null, "application/json")]) {
            expect(nothing).toMatchObject({
                status: 400,
                body: { message: "A body (application/json) is required." },
            });
        }
        expect(await send("{}", "text/plain")).toMatchObject({
            status: 415,
            body: { message: "The body must be sent as application/json, not text/plain." },
        });
        expect(await send("{}")).toMatchObject({
            status: 415,
            body: { message: "The body must be sent as application/json." },
        });
        expect(await send("{}", "application/JSON; charset=utf-8")).toMatchObject({ status: 400 });
    });

    test("a flow is looked up over all bots", async () => {
        const { api } = await started(smallBot);
        expect((await api.post("/api/v2/simulations", { ...good, flowId: "flow_3" })).status).toBe(200);
        const { status, body } = await api.post("/api/v2/simulations", { ...good, flowId: "flow_9" });
        expect(status).toBe(404);
        expect(body).toEqual({ error: "not_found", message: 'The flow "flow_9" does not exist.' });
    });

    test("an unknown simulation is not found", async () => {
        const { api } = await started(smallBot);
        const { status, body } = await api.get("/api/v2/simulations/sim_9/results");
        expect(status).toBe(404);
        expect(body.message).toBe('The simulation "sim_9" does not exist.');
    });
});
