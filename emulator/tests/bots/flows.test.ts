import * as fc from "fast-check";
import { ordersFlow, smallBot } from "../support/small-bot";
import { started } from "../support/started";

test("the draft is given as it is in the data, without its dependencies", async () => {
    const { api } = await started(smallBot);
    const { status, body } = await api.get("/api/v2/bots/bot_1/flows/flow_1");
    const { dependencies: _rows, ...definition } = ordersFlow;
    expect(status).toBe(200);
    expect(body).toEqual(definition);
});

test("what a flow by hand leaves out is filled in", async () => {
    const { api } = await started(smallBot);
    const { body } = await api.get("/api/v2/bots/bot_2/flows/flow_3");
    expect(body).toEqual({ id: "flow_3", name: "flow_3", nodes: [], updated_at: "2026-01-01T00:00:00Z" });
});

test("fields of its own stay in a flow", async () => {
    const { api } = await started({ bots: [{ id: "b", flows: [{ id: "f", locale: "en-GB" }] }] });
    expect((await api.get("/api/v2/bots/b/flows/f")).body.locale).toBe("en-GB");
});

test.each([
    ["bot_9/flows/flow_1", 'The bot "bot_9" does not exist.'],
    ["bot_1/flows/flow_9", 'The flow "flow_9" of bot "bot_1" does not exist.'],
    ["bot_1/flows/flow_3", 'The flow "flow_3" of bot "bot_1" does not exist.'],
])("%s is not found", async (path, message) => {
    const { api } = await started(smallBot);
    const { status, body } = await api.get(`/api/v2/bots/${path}`);
    expect(status).toBe(404);
    expect(body).toEqual({ error: "not_found", message });
});

describe("path segments", () => {
    test("whatever an id consists of, percent-encoding brings it through", async () => {
        const { api, control } = await started(smallBot);
        // A URL takes "." and ".." for steps in the path, however they are encoded.
        const anyId = fc.string({ unit: "grapheme", minLength: 1 }).filter((id) => !/^\.{1,2}$/.test(id));
        await fc.assert(
            fc.asyncProperty(anyId, async (id) => {
                await control.putFlow("bot_1", id, { id, name: "odd" });
                const { status, body } = await api.get(`/api/v2/bots/bot_1/flows/${encodeURIComponent(id)}`);
                expect(status).toBe(200);
                expect(body.id).toBe(id);
            }),
            { numRuns: 60 },
        );
    });

    test("they are decoded once, not twice", async () => {
        const { api } = await started({ bots: [{ id: "a%2Fb/ü", flows: [{ id: "100%25 ☃" }] }] });
        const { body } = await api.get("/api/v2/bots/a%252Fb%2F%C3%BC/flows/100%2525%20%E2%98%83");
        expect(body.id).toBe("100%25 ☃");
    });

    test("a long id is no problem", async () => {
        const id = "x".repeat(8000);
        const { api } = await started({ bots: [{ id: "b", flows: [{ id }] }] });
        expect((await api.get(`/api/v2/bots/b/flows/${id}`)).body.id).toBe(id);
    });

    test.each(["%ZZ", "%FF"])("%s is no percent-encoding, and logged all the same", async (segment) => {
        const { api, control } = await started(smallBot);
        const { status, body } = await api.get(`/api/v2/bots/bot_1/flows/${segment}`);
        expect(status).toBe(400);
        expect(body.error).toBe("bad_request");
        expect((await control.requests()).at(-1)).toMatchObject({
            path: `/api/v2/bots/bot_1/flows/${segment}`,
            status: 400,
        });
    });
});

describe("calls that the contract does not have", () => {
    test.each([
        ["GET", "/api/v2/bots/bot_1"],
        ["GET", "/api/v2/bots/bot_1/flows/flow_1/"],
        ["GET", "/api/v2/bots/bot_1/intents/order_pizza"],
        ["HEAD", "/api/v2/bots/bot_1/flows/flow_1"],
        ["PUT", "/api/v2/bots/bot_1/flows/flow_1"],
        ["GET", "/oauth/token"],
        ["GET", "/"],
    ])("%s %s is not found", async (method, path) => {
        const { api } = await started(smallBot);
        const { status, body } = await api.send(method, path);
        expect(status).toBe(404);
        if (method !== "HEAD") {
            expect(body.error).toBe("not_found");
        }
    });

    test("the message names the call without its query", async () => {
        const { api } = await started(smallBot);
        const { body } = await api.get("/api/v2/nothing?x=1");
        expect(body.message).toBe("There is no call GET /api/v2/nothing.");
    });
});
