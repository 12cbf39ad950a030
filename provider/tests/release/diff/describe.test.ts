import type { Change } from "../../../src/release/diff/change.js";
import { diffFlows } from "../../../src/release/diff/diff.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

const START = { id: "s", type: "start", label: "Start", next: "m" };
const MENU = { id: "m", type: "lookup", label: "Menu", next: ["a", "b"] };
const branch = (id: string): FlowNode => ({ id, type: "case", label: id.toUpperCase(), next: `${id}1` });
const saying = (id: string): FlowNode => ({ id, type: "say", label: id.toUpperCase(), next: "z" });
const END = { id: "z", label: "End" };
const NODES: FlowNode[] = [START, MENU, branch("a"), branch("b"), saying("a1"), saying("b1"), END];

/** The changes for programs, without the lines for people. */
function changes(
    live: Record<string, object | null>,
    next: Record<string, object | null>,
    more: object = {},
): Omit<Change, "line">[] {
    const flow = (edits: Record<string, object | null>, beside: object) => {
        const nodes = NODES.map((node) => ({ ...node, ...edits[node.id ?? ""] }));
        const added = Object.entries(edits).filter(([id]) => !nodes.some((node) => node.id === id));
        return flowWith(
            [
                ...nodes.filter(({ id }) => edits[id ?? ""] !== null),
                ...added.map(([id, node]) => ({ id, ...node })),
            ],
            beside as Record<string, unknown>,
        );
    };
    return diffFlows(flow(live, {}), flow(next, more)).changes.map(({ line: _, ...change }) => change);
}

describe("a change tells programs", () => {
    it("what is added, and where that leads where it is new", () => {
        const help = { type: "case", label: "Help", next: "h1" };
        const added = { h: help, h1: { type: "say", label: "H1", next: "a1" } };
        expect(changes({}, { m: { next: ["a", "b", "h"] }, ...added })).toEqual([
            {
                ...{ kind: "added", risk: "logic", subject: "node", id: "h", type: "case", label: "Help" },
                ...{ path: [], after: ["A1"], nodes: 2 },
            },
        ]);
    });

    it("what is removed, by the id that it had", () => {
        expect(changes({}, { a: { next: "z" }, a1: null })).toEqual([
            {
                ...{
                    kind: "removed",
                    risk: "destructive",
                    subject: "node",
                    id: "a1",
                    type: "say",
                    label: "A1",
                },
                ...{ path: ["A"], nodes: 1 },
            },
        ]);
    });

    it("what is moved, from after what and to after what", () => {
        const row = { b: { next: "x" }, x: { type: "say", label: "X", next: "b1" } };
        const moved = { a: { next: "x" }, x: { type: "say", label: "X", next: "a1" } };
        expect(changes(row, moved)).toEqual([
            {
                ...{ kind: "moved", risk: "logic", subject: "node", id: "x", type: "say", label: "X" },
                ...{ path: ["A"], before: "B", after: "A", nodes: 1 },
            },
        ]);
    });

    it("what leads elsewhere, by which way out, and what no conversation gets to any more", () => {
        const jump = { config: { onError: "b1" } };
        expect(changes({ a1: jump }, { a1: { config: { onError: "a" } } })).toEqual([
            {
                ...{ kind: "rewired", risk: "logic", subject: "node", id: "a1", type: "say", label: "A1" },
                ...{ path: ["A"], property: "config.onError", before: ["B1"], after: ["A"], nodes: 1 },
            },
        ]);
        expect(changes({}, { m: { next: ["a"] } })).toEqual([
            {
                ...{ kind: "unreachable", risk: "destructive", subject: "node", id: "b", type: "case" },
                ...{ label: "B", path: [], nodes: 2 },
            },
            {
                ...{
                    kind: "rewired",
                    risk: "logic",
                    subject: "node",
                    id: "m",
                    type: "lookup",
                    label: "Menu",
                },
                ...{ path: [], property: "next[]", before: ["B"], after: [], nodes: 1 },
            },
        ]);
    });

    it("by which of several edges that have no order a node leads elsewhere, without what those hold", () => {
        const [live, next] = ["b1", "b"].map((target) =>
            flowWith(NODES, {
                edges: [
                    { source: "z", target: "a", label: "one" },
                    { source: "z", target, label: "two" },
                ],
            }),
        );
        expect(live && next && diffFlows(live, next).changes).toMatchObject([
            { kind: "rewired", property: "edges{}.target", before: ["B1"], after: ["B"] },
        ]);
    });

    it("what takes its branches in another order", () => {
        expect(changes({}, { m: { next: ["b", "a"] } })).toEqual([
            {
                ...{
                    kind: "reordered",
                    risk: "logic",
                    subject: "node",
                    id: "m",
                    type: "lookup",
                    label: "Menu",
                },
                ...{ path: [], property: "next[]", nodes: 1 },
            },
        ]);
    });

    it("what leads into nothing, and no longer does", () => {
        const end = { subject: "node", id: "z", label: "End", path: [], nodes: 1, property: "next" };
        expect(changes({}, { z: { next: "gone" } })).toEqual([
            { ...end, kind: "rewired", risk: "destructive", before: [], after: ["gone"] },
        ]);
        expect(changes({ z: { next: "gone" } }, {})).toEqual([
            { ...end, kind: "rewired", risk: "logic", before: ["gone"], after: [] },
        ]);
    });

    it("which property differs, from what to what, as far as there is one", () => {
        const cards = (title: string) => ({ a1: { config: { cards: [{ title, text: "x" }] } } });
        const a1 = {
            subject: "node",
            id: "a1",
            type: "say",
            label: "A1",
            path: ["A"],
            nodes: 1,
            risk: "text",
        };
        expect(changes(cards("Old"), cards("New"))).toEqual([
            { ...a1, kind: "changed", property: "config.cards[0].title", before: "Old", after: "New" },
        ]);
        expect(changes({ a1: { text: "x" } }, {})).toEqual([
            { ...a1, kind: "changed", property: "text", before: "x" },
        ]);
        expect(changes({ a1: { text: ["x", "y"] } }, { a1: { text: ["y", "x"] } })).toEqual([
            { ...a1, kind: "reordered", property: "text", before: ["x", "y"], after: ["y", "x"] },
        ]);
    });

    it("that several nodes differ alike, by none of them", () => {
        const voice = (name: string) =>
            Object.fromEntries(["a1", "b1", "a"].map((id) => [id, { config: { voice: name } }]));
        expect(changes(voice("anna"), voice("bob"))).toEqual([
            {
                ...{
                    kind: "changed",
                    risk: "text",
                    subject: "node",
                    type: "case",
                    label: "3 nodes",
                    path: [],
                },
                ...{ property: "config.voice", before: "anna", after: "bob", nodes: 3 },
            },
        ]);
    });

    it("of the flow and its lists, that it stands for no node", () => {
        const intents = [{ id: "book", name: "Book" }];
        expect(changes({}, {}, { locale: "de", intents })).toEqual([
            {
                ...{ kind: "changed", risk: "logic", subject: "settings", label: "flow settings", path: [] },
                ...{ property: "locale", after: "de", nodes: 0 },
            },
            {
                kind: "added",
                risk: "logic",
                subject: "intent",
                id: "book",
                label: "Book",
                path: [],
                nodes: 0,
            },
        ]);
    });
});
