import * as fc from "fast-check";
import { z } from "zod";
import { AiApi, part } from "../../../src/cognigy/ai/api.js";
import type { Call, HttpClient } from "../../../src/cognigy/http/client.js";

const READ = { needs: "read things" };

/** A platform that answers lists so. */
function apiOver(answer: (limit: number, skip: number) => object) {
    const asked: Call[] = [];
    const http = {
        json: async (call: Call, schema: z.ZodType) => {
            asked.push(call);
            return schema.parse(answer(Number(call.query?.limit), Number(call.query?.skip)));
        },
    };
    return { api: new AiApi(http as unknown as HttpClient), asked };
}

const pages =
    (items: readonly number[], most: number, tellsTotal: boolean) => (limit: number, skip: number) => ({
        items: items.slice(skip, skip + Math.min(limit, most)),
        ...(tellsTotal ? { total: items.length } : {}),
    });

test("a list is read to its end, however many items a page has", async () => {
    await fc.assert(
        fc.asyncProperty(fc.nat(450), fc.integer({ min: 1, max: 200 }), async (length, most) => {
            const items = Array.from({ length }, (_, index) => index);
            const { api } = apiOver(pages(items, most, true));
            expect(await api.all("/things", z.number(), READ)).toEqual(items);
        }),
    );
});

test("a list that does not say how long it is ends with a page that is not full", async () => {
    const items = Array.from({ length: 230 }, (_, index) => index);
    const { api, asked } = apiOver(pages(items, 100, false));
    expect(await api.all("/things", z.number(), READ)).toEqual(items);
    expect(asked.map(({ query }) => query?.skip)).toEqual(["0", "100", "200"]);
});

test("a platform that gives the same page again and again is found out", async () => {
    const { api } = apiOver(() => ({ items: [1, 2, 3], total: 7 }));
    await expect(api.all("/things", z.number(), READ)).rejects.toThrow(
        "the list /new/v2.0/things does not end",
    );
});

test("a platform that says that there is more than it gives is not asked for ever", async () => {
    const { api, asked } = apiOver((_, skip) => ({ items: skip === 0 ? [1] : [], total: 7 }));
    expect(await api.all("/things", z.number(), READ)).toEqual([1]);
    expect(asked).toHaveLength(2);
});

test("a list of more than anybody has ends", async () => {
    const { api } = apiOver((limit, skip) => ({
        items: Array.from({ length: limit }, (_, index) => skip + index),
        total: 1e9,
    }));
    await expect(api.all("/things", z.number(), READ)).rejects.toThrow("does not end");
});

test.each(["", "a/b", "../x", "a b", "a?b", "ä", "x".repeat(65)])("%j does not go into an address", (id) => {
    expect(() => part(id)).toThrow("is no id of the Cognigy.AI API");
});
