import fc from "fast-check";
import { linesOf } from "../../../src/release/diff/cut.js";
import { diffFlows } from "../../../src/release/diff/diff.js";
import type { FlowDefinition, FlowNode } from "../../../src/release/flow.js";
import { anyFlow } from "../../support/any-flow.js";
import { anyTrapFlow } from "../../support/any-trap-flow.js";

const MANY = 10_000;

/** A flow that holds what the contract does not allow. */
function flowWith(nodes: unknown, more: Record<string, unknown> = {}): FlowDefinition {
    return { id: "flow_1", updated_at: "now", nodes: nodes as FlowNode[], ...more };
}

function listOf<T>(count: number, item: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => item(index));
}

/** What is said of two flows, both ways round. It must be said at all, and be the same each time. */
function compared(one: FlowDefinition, other: FlowDefinition): string[] {
    const lines = linesOf(diffFlows(one, other).changes);
    expect(linesOf(diffFlows(structuredClone(one), structuredClone(other)).changes)).toEqual(lines);
    const relisted = (flow: FlowDefinition) =>
        Array.isArray(flow.nodes) ? { ...flow, nodes: flow.nodes.toReversed() } : flow;
    expect(linesOf(diffFlows(relisted(one), relisted(other)).changes)).toEqual(lines);
    expect(diffFlows(one, one).changes).toEqual([]);
    expect(diffFlows(other, other).changes).toEqual([]);
    diffFlows(other, one);
    return lines;
}

describe("a comparison of hostile definitions", () => {
    it("says something or nothing, and the same each time, whatever they hold", () => {
        fc.assert(
            fc.property(fc.oneof(anyTrapFlow, anyFlow), fc.oneof(anyTrapFlow, anyFlow), (one, other) => {
                compared(one, other);
            }),
            { numRuns: 300 },
        );
    });

    it("takes lines apart from what could be read as more of them", () => {
        fc.assert(
            fc.property(anyTrapFlow, anyTrapFlow, (one, other) => {
                for (const { line } of diffFlows(one, other).changes) {
                    expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
                }
            }),
        );
    });

    it.each<[string, unknown]>([
        ["no list of nodes", undefined],
        ["a text for nodes", "nodes"],
        ["nodes that are none", [null, 3, "n1", [], true, [["n1"]]]],
        ["nodes without ids", [{ type: "say" }, { type: "say" }, { type: "end" }]],
        [
            "ids that are none",
            [{ id: null }, { id: {} }, { id: ["n1"] }, { id: true }, { id: 5 }, { id: "" }],
        ],
        [
            "the same id for several nodes",
            [{ id: "a", next: "a" }, { id: "a", type: "say", next: "a" }, { id: "a" }],
        ],
        [
            "ids that are names of methods",
            [
                { id: "__proto__", next: "constructor" },
                { id: "constructor", next: "__proto__" },
            ],
        ],
        [
            "a circle",
            [
                { id: "a", next: "b" },
                { id: "b", next: "c" },
                { id: "c", next: "a" },
            ],
        ],
        ["a node that leads to itself", [{ id: "a", type: "start", next: "a", children: ["a", "a"] }]],
        [
            "a parent that is a child",
            [
                { id: "a", parentId: "b" },
                { id: "b", parentId: "a" },
            ],
        ],
    ])("takes %s", (_what, nodes) => {
        const flow = flowWith(nodes);
        expect(compared(flow, flow)).toEqual([]);
        compared(flow, flowWith([]));
        expect(diffFlows(flow, flowWith([])).impact.changed).toBe(Array.isArray(nodes) ? nodes.length : 0);
    });

    it("takes edges and intents that are none", () => {
        const odd = {
            relations: [{ node: "a", next: 3 }, null],
            intents: [null, 3],
            edges: "none",
            lexicons: [{}],
        };
        expect(compared(flowWith([{ id: "a" }], odd), flowWith([{ id: "a" }]))).toEqual([
            "logic: flow settings no longer leads to node a",
            "logic: flow settings: edges “none” → nothing",
            "logic: flow settings: intents [null,3] → nothing",
            "logic: flow settings: lexicons [{}] → nothing",
            'logic: flow settings: relations [{"next":3,"node":"(a node)"},null] → nothing',
        ]);
    });

    it("takes values that are nested without end", () => {
        const deep = (inner: string) => JSON.parse(`${"[".repeat(MANY)}${inner}${"]".repeat(MANY)}`);
        const saying = (inner: string) => flowWith([{ id: "a", config: deep(inner) }]);
        expect(diffFlows(saying("1"), saying("2")).changes).toHaveLength(1);
        expect(diffFlows(saying("1"), saying("1")).changes).toEqual([]);
    });

    it.each<[string, (index: number) => FlowNode]>([
        [
            "a chain of nodes that are all the same",
            (index) => ({ id: `n${index}`, type: "say", next: `n${Math.min(index + 1, MANY - 1)}` }),
        ],
        ["nodes that are all the same and lead nowhere", () => ({ type: "say" })],
        ["nodes that all lead to one", (index) => ({ id: `n${index}`, next: "n0", label: `${index}` })],
        [
            "a node that leads to all",
            (index) => ({
                id: `n${index}`,
                children: index === 0 ? listOf(MANY, (place) => `n${place}`) : [],
            }),
        ],
        [
            "branches within branches",
            (index) => ({ id: `n${index}`, next: [`n${(index + 1) % MANY}`, `n${(index + 2) % MANY}`] }),
        ],
    ])("is done with %s: ten thousand of them", (_what, node) => {
        const live = flowWith(listOf(MANY, node));
        const next = flowWith(listOf(MANY, node).filter((_node, index) => index !== MANY / 2));
        const copy = JSON.parse(JSON.stringify(live).replace(/"n(?=\d)/g, '"m'));
        expect(diffFlows(live, copy).changes).toEqual([]);
        const { changed } = diffFlows(live, next).impact;
        expect(changed).toBeGreaterThan(0);
        expect(changed).toBeLessThan(5);
        diffFlows(next, copy);
    });

    it("is done with ten thousand nodes that have nothing in common with ten thousand others", () => {
        const flow = (name: string) =>
            flowWith(
                listOf(MANY, (index) => ({
                    id: `${name}${index}`,
                    label: `${name}${index}`,
                    text: `${name}says${index}`,
                })),
            );
        expect(diffFlows(flow("a"), flow("b")).impact.changed).toBe(2 * MANY);
    });

    it("is done with ten thousand nodes that all lead elsewhere", () => {
        const chain = (step: number) =>
            flowWith(
                listOf(MANY, (index) => ({
                    id: `n${index}`,
                    label: `${index}`,
                    next: `n${(index * step + 1) % MANY}`,
                })),
            );
        expect(diffFlows(chain(1), chain(7)).risks.logic).toBeGreaterThan(MANY / 2);
    });
});
