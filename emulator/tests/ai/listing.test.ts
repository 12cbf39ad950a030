import * as fc from "fast-check";
import { type Item, pageOf, type Query } from "../../src/ai/listing";
import { startedAi } from "../support/ai-api";

const items: Item[] = ["Ada", "Bob", "Cid", "ada lovelace"].map((name, index) => ({
    _id: `id${index}`,
    name,
    age: 10 - index,
    ok: index % 2 === 0,
}));

const namesOf = (query: Query, options = {}) =>
    pageOf(items, query, { defaultLimit: 25, ...options }).items.map(({ name }) => name);

test("the newest come first", () => {
    expect(namesOf({})).toEqual(["ada lovelace", "Cid", "Bob", "Ada"]);
});

test.each<[Query, string[]]>([
    [{ sort: "name:asc" }, ["Ada", "ada lovelace", "Bob", "Cid"]],
    [{ sort: "name:desc" }, ["Cid", "Bob", "ada lovelace", "Ada"]],
    [{ sort: "age" }, ["ada lovelace", "Cid", "Bob", "Ada"]],
    [{ sort: "ok:desc,age:asc" }, ["Cid", "Ada", "ada lovelace", "Bob"]],
    [{ filter: "ADA" }, ["ada lovelace", "Ada"]],
    [{ name: "Bob" }, ["Bob"]],
    [{ "name[]": ["Bob", "Cid"] }, ["Cid", "Bob"]],
    [{ age: "10,9" }, ["Bob", "Ada"]],
    [{ ok: "true" }, ["Cid", "Ada"]],
    [{ limit: "1", skip: "2" }, ["Bob"]],
    [{ skip: "9" }, []],
])("%j", (query, names) => {
    expect(namesOf(query)).toEqual(names);
});

test.each<[Query, string]>([
    [{ limit: "0" }, "limit must be a whole number from 1 on."],
    [{ limit: "x" }, "limit must be a whole number from 1 on."],
    [{ skip: "-1" }, "skip must be a whole number from 0 on."],
    [{ next: "none" }, "next is no cursor of this list."],
    [{ previous: "none" }, "previous is no cursor of this list."],
    [{ shoeSize: "42" }, "shoeSize is no field that this list can be filtered by."],
    [{ sort: ["name", "age"] }, "sort must be given once."],
])("%j is refused", (query, message) => {
    expect(() => namesOf(query)).toThrow(message);
});

test("what belongs to the call is no filter", () => {
    expect(namesOf({ projectId: "p" }, { own: ["projectId"] })).toHaveLength(4);
    expect(namesOf({ name: "Bob" }, { hasFieldFilters: false })).toHaveLength(4);
});

describe("cursors", () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ _id: `id${index}`, name: `${index}` }));

    test("forwards and back again every item is seen once", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 31 }), (count, limit) => {
                const list = many.slice(0, count);
                const page = (query: Query) =>
                    pageOf(list, { limit: String(limit), ...query }, { defaultLimit: 1 });
                const forwards: string[] = [];
                let last = page({});
                for (;;) {
                    forwards.push(...last.items.map(({ _id }) => _id));
                    if (last.nextCursor === null) {
                        break;
                    }
                    last = page({ next: last.nextCursor });
                }
                expect(forwards).toEqual([...list].reverse().map(({ _id }) => _id));
                let pages = 1;
                while (last.previousCursor !== null) {
                    last = page({ previous: last.previousCursor });
                    pages += 1;
                }
                expect(pages).toBe(Math.max(1, Math.ceil(count / limit)));
            }),
        );
    });
});

describe("over HTTP", () => {
    test("a list gives 25 items unless told otherwise, and 100 at most", async () => {
        const flows = Array.from({ length: 120 }, (_, index) => ({ id: `f${index}` }));
        const { api, ai } = await startedAi({ bots: [{ id: "b", flows }] });
        const count = async (query: string) => (await api.get(`/flows${query}`)).body.items.length;
        expect(await count("")).toBe(25);
        expect(await count("?limit=101")).toBe(100);
        await ai.variants({ defaultLimit: 7 });
        expect(await count("")).toBe(7);
    });

    test("a field that does not exist is an invalid argument", async () => {
        const { api } = await startedAi();
        expect((await api.get("/flows?shoeSize=42")).body).toMatchObject({ status: 400, code: 1005 });
    });
});
