import * as fc from "fast-check";
import { ordersFlow, smallBot } from "../support/small-bot";
import { started } from "../support/started";

const list = "/api/v2/bots/bot_1/dependencies";
const rows = ordersFlow.dependencies;

describe("listing", () => {
    test("the first hundred rows come without asking for a page", async () => {
        const { api } = await started(smallBot);
        const { status, body } = await api.get(`${list}?flowId=flow_1`);
        expect(status).toBe(200);
        expect(body).toEqual({ items: rows, page: 1, pageSize: 100 });
    });

    test("pages, one after the other, are the whole list", async () => {
        const { api, control } = await started(smallBot);
        const many = Array.from({ length: 23 }, (_, index) => ({
            resourceType: "template",
            resourceId: `tpl_${index}`,
            referencePath: `nodes/n${index}/config/text`,
        }));
        await control.addDependencies("bot_1", "flow_2", many);
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (pageSize) => {
                const seen = [];
                for (let page = 1; ; page += 1) {
                    const { body } = await api.get(`${list}?flowId=flow_2&page=${page}&pageSize=${pageSize}`);
                    expect(body.items.length).toBeLessThanOrEqual(pageSize);
                    seen.push(...body.items);
                    if (body.items.length < pageSize) {
                        break;
                    }
                }
                expect(seen).toEqual(many);
            }),
            { numRuns: 15 },
        );
    });

    test.each([
        ["", "flowId is required."],
        ["?flowId=", "flowId is required."],
        ["?flowId=flow_1&page=0", "page must be a whole number from 1 on."],
        ["?flowId=flow_1&page=1.5", "page must be a whole number from 1 on."],
        ["?flowId=flow_1&pageSize=0", "pageSize must be a whole number from 1 to 100."],
        ["?flowId=flow_1&pageSize=101", "pageSize must be a whole number from 1 to 100."],
        ["?flowId=flow_1&pageSize=ten", "pageSize must be a whole number from 1 to 100."],
        ["?flowId=flow_1&flowId=flow_2", "flowId must be given once."],
        [
            "?flowId=flow_1&page_size=3",
            "page_size is not a query parameter of this call: flowId, page, pageSize.",
        ],
    ])("%s is refused", async (query, message) => {
        const { api } = await started(smallBot);
        const { status, body } = await api.get(list + query);
        expect(status).toBe(400);
        expect(body).toEqual({ error: "bad_request", message });
    });

    test.each([
        ["/api/v2/bots/bot_9/dependencies?flowId=flow_1", 'The bot "bot_9" does not exist.'],
        [`${list}?flowId=flow_3`, 'The flow "flow_3" of bot "bot_1" does not exist.'],
    ])("%s is not found", async (path, message) => {
        const { api } = await started(smallBot);
        const { status, body } = await api.get(path);
        expect(status).toBe(404);
        expect(body.message).toBe(message);
    });
});

describe("existence", () => {
    test.each([
        ["intents/order_pizza", 200],
        ["entities/topping", 200],
        ["external-apis/kitchen", 200],
        ["resources/tpl_hello", 200],
        ["resources/tpl_secret", 403],
        ["intents/topping", 404],
        ["entities/kitchen", 404],
        ["external-apis/tpl_hello", 404],
        ["resources/order_pizza", 404],
    ])("HEAD %s answers %i", async (path, expected) => {
        const { api } = await started(smallBot);
        const { status, body } = await api.head(`/api/v2/bots/bot_1/${path}`);
        expect(status).toBe(expected);
        expect(body).toBe("");
    });

    test("in a bot that does not exist everything is missing", async () => {
        const { api } = await started(smallBot);
        expect((await api.head("/api/v2/bots/bot_9/intents/order_pizza")).status).toBe(404);
    });

    test("setResource makes a resource missing, forbidden, and accessible again", async () => {
        const { api, control } = await started(smallBot);
        const path = "/api/v2/bots/bot_1/entities/topping";
        for (const [access, status] of [
            ["missing", 404],
            ["forbidden", 403],
            ["ok", 200],
        ] as const) {
            await control.setResource("bot_1", "entity", "topping", access);
            expect((await api.head(path)).status).toBe(status);
        }
    });

    test("setResource lets new resources appear, with slashes if need be", async () => {
        const { api, control } = await started(smallBot);
        await control.setResource("bot_1", "resource", "folder/file.png", "ok");
        expect((await api.head("/api/v2/bots/bot_1/resources/folder%2Ffile.png")).status).toBe(200);
    });

    test("setResource refuses to remove what is not there: that is a misspelt id", async () => {
        const { control } = await started(smallBot);
        await expect(control.setResource("bot_1", "intent", "order_piza", "missing")).rejects.toMatchObject({
            status: 404,
            message: 'The intent "order_piza" of bot "bot_1" does not exist anyway.',
        });
    });

    test("many questions at once all get their answers", async () => {
        const { api } = await started(smallBot);
        const answers = await Promise.all(
            Array.from({ length: 300 }, () => api.head("/api/v2/bots/bot_1/intents/order_pizza")),
        );
        expect(answers.filter((answer) => answer.status === 200)).toHaveLength(300);
    });
});
