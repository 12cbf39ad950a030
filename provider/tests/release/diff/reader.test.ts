import { mentionsIn } from "../../../src/release/diff/mentions.js";
import type { GraphNode } from "../../../src/release/diff/node.js";
import { Reader } from "../../../src/release/diff/reader.js";
import { jsonOf } from "../../../src/release/diff/value.js";
import { drawn } from "../../support/drawn.js";

const UUID = "a40b075c-0000-4000-8000-000000000001";
const NODE = drawn([{ id: "n", text: "the node" }])[0] as GraphNode;

/** What is read of a record, of a flow with one node `n` and one intent. */
function read(record: Record<string, unknown>, unordered = false) {
    const reader = new Reader(new Map([["n", NODE]]), new Map([[UUID, "Book"]]));
    const { fields, links, dangling } = reader.read(record, unordered);
    return {
        holds: jsonOf(fields),
        leads: links.map(({ path }) => path),
        dangling: dangling.map(({ path, id }) => `${path} ${id}`),
    };
}

/** Lists within lists. */
const nested = (levels: number, inner: unknown): unknown =>
    Array.from({ length: levels }).reduce<unknown>((value) => [value], inner);

describe("what is read of a record", () => {
    it.each<[string, Record<string, unknown>, unknown]>([
        [
            "numbers, switches and nothing",
            { a: 0, b: false, c: null, d: undefined },
            { a: 0, b: false, c: null },
        ],
        ["what JSON has not", { f: Symbol.iterator }, { f: "Symbol(Symbol.iterator)" }],
        [
            "empty lists and records",
            { a: [], b: {}, c: [{}], d: { e: [] } },
            { a: [], b: {}, c: [{}], d: { e: [] } },
        ],
        [
            "a name for an id that no person wrote",
            { intent: UUID, other: UUID.replace("1", "2") },
            { intent: "Book", other: UUID.replace("1", "2") },
        ],
        ["which elements lead somewhere", { steps: ["n", "other"] }, { steps: ["(a node)", "other"] }],
        [
            "a record in a list that leads somewhere",
            { steps: [{ node: "n" }, { node: null }] },
            { steps: [{ node: "(a node)" }, { node: null }] },
        ],
    ])("holds %s", (_what, record, holds) => {
        expect(read(record).holds).toEqual(holds);
    });

    it("holds nothing of where it leads, or that it leads nowhere", () => {
        for (const next of [null, "", [], {}, "n", ["n"], { children: ["n"] }, { next: null }]) {
            expect(read({ next, children: [] }).holds).toEqual({});
        }
        expect(read({ target: "n" }).holds).toEqual({});
        expect(read({ next: [{ when: "x", node: null }] }).holds).toEqual({
            next: [{ node: null, when: "x" }],
        });
    });

    it("leads where it names a node, and into nothing where it could only have named one", () => {
        const record = { next: { children: ["n", "gone"], when: "other" }, target: "other", text: "n" };
        expect(read(record)).toEqual({
            holds: { next: { when: "other" }, target: "other", text: "n" },
            leads: ["next.children[]"],
            dangling: ["next.children[] gone"],
        });
    });

    it("has its lists in order, unless they have none", () => {
        expect(read({ list: ["b", "a"] }).holds).toEqual({ list: ["b", "a"] });
        expect(read({ list: ["b", "a"] }, true).holds).toEqual({ list: ["a", "b"] });
    });

    it("has no ids of a list's elements that no person wrote, where lists have no order", () => {
        const list = [{ id: UUID, text: "a" }, { id: "own" }, { id: 7, name: UUID }];
        expect(read({ list }, true).holds).toEqual({
            list: [{ id: "own" }, { id: 7, name: "Book" }, { text: "a" }],
        });
        expect(read({ list: [{ id: UUID }] }).holds).toEqual({ list: [{ id: "Book" }] });
    });

    it("is read forty levels deep, and is one text below", () => {
        expect(read({ a: nested(40, "b") }).holds).toEqual({ a: nested(40, "b") });
        expect(read({ a: nested(41, "b") }).holds).toEqual({ a: nested(40, '["b",]') });
        const record = (levels: number) =>
            Array.from({ length: levels }).reduce<Record<string, unknown>>((inner) => ({ a: inner }), {
                b: "c",
            });
        expect(read(record(40)).holds).toEqual(record(40));
        expect(JSON.stringify(read(record(41)).holds)).toContain(JSON.stringify('{"b":"c",}'));
    });
});

describe("what may name a node", () => {
    const mentions = (record: Record<string, unknown>) => {
        const reader = new Reader(new Map(), new Map());
        return mentionsIn(record, (name) => reader.factsOf(name)).map(
            ({ path, text, onward }) => `${path} ${text}${onward ? " onward" : ""}`,
        );
    };

    it("is found in one walk as in a reading, as deep as that goes", () => {
        expect(mentions({ next: ["a"] })).toEqual(["next[] a onward"]);
        expect(mentions({ next: { node: "a" } })).toEqual(["next.node a onward"]);
        expect(mentions({ next: { when: "a" } })).toEqual(["next.when a"]);
        expect(mentions({ config: { target: { id: "a" } } })).toEqual(["config.target.id a"]);
        expect(mentions({ config: { anything: UUID } })).toEqual([`config.anything ${UUID}`]);
        expect(mentions({ id: UUID, text: "a", steps: null, config: { text: "a" } })).toEqual([]);
        const within = (levels: number) =>
            Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), "n");
        for (const levels of [39, 40, 41]) {
            for (const target of [nested(levels, "n"), within(levels)]) {
                expect(mentions({ target })).toHaveLength(read({ target }).leads.length);
            }
        }
        expect(mentions({ target: [1, null, true, undefined] })).toEqual([]);
    });
});
