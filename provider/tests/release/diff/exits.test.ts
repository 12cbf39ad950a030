import { exitsOf } from "../../../src/release/diff/exits.js";
import { graphOf } from "../../../src/release/diff/graph.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

/** Where the conversation goes on after nodes whose ids are in capitals. */
function exits(nodes: FlowNode[], order: string[]): Record<string, string[]> {
    const graph = graphOf(flowWith(nodes));
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const alone = order.flatMap((id) => byId.get(id) ?? []);
    const found = exitsOf(alone, (node) => (alone.includes(node) ? undefined : node));
    return Object.fromEntries(
        [...found].map(([node, ways]) => [node.id, [...ways].map(({ id }) => String(id))]),
    );
}

describe("where a conversation goes on after nodes that are in one flow only", () => {
    it("is what comes next, however many of them are in between", () => {
        const nodes = [{ id: "A", next: "B" }, { id: "B", next: "c" }, { id: "c" }];
        expect(exits(nodes, ["A", "B"])).toEqual({ A: ["c"], B: ["c"] });
    });

    it("is what comes straight on before what branches off, and what is jumped to last", () => {
        const nodes = [
            { id: "A", children: ["b"], next: "c", config: { target: "d" } },
            ...["b", "c", "d"].map((id) => ({ id })),
        ];
        expect(exits(nodes, ["A"])).toEqual({ A: ["c", "b", "d"] });
    });

    it("is what comes straight on first, also behind another one of them", () => {
        const nodes = [
            { id: "A", children: ["B"], next: "C" },
            { id: "B", next: "d" },
            { id: "C", next: "e" },
            ...[{ id: "d" }, { id: "e" }],
        ];
        for (const order of [
            ["A", "B", "C"],
            ["A", "C", "B"],
        ]) {
            expect(exits(nodes, order)).toEqual({ A: ["e", "d"], B: ["d"], C: ["e"] });
        }
    });

    it("is found for nodes in a circle, in whatever order they come", () => {
        const nodes = [
            { id: "A", next: ["B"] },
            { id: "B", next: ["C"] },
            { id: "C", next: ["A", "d"] },
            { id: "d" },
        ];
        for (const order of [
            ["A", "B", "C"],
            ["C", "B", "A"],
            ["B", "A", "C"],
        ]) {
            expect(exits(nodes, order)).toEqual({ A: ["d"], B: ["d"], C: ["d"] });
        }
    });

    it("is nothing where they lead nowhere, and four ways at most", () => {
        const ends = ["b", "c", "d", "e", "f"];
        const nodes = [{ id: "A", next: ends }, ...ends.map((id) => ({ id })), { id: "G" }];
        expect(exits(nodes, ["A", "G"])).toEqual({ A: ["b", "c", "d", "e"], G: [] });
    });

    it("is what comes straight on in whatever a node holds, and not under a name that only begins alike", () => {
        const nodes = [
            {
                id: "A",
                next: { children: ["b"], next: "c" },
                nextIntents: { target: "d" },
                config: { next: "e" },
            },
            ...["b", "c", "d", "e"].map((id) => ({ id })),
        ];
        expect(exits(nodes, ["A"])).toEqual({ A: ["e", "c", "b", "d"] });
    });
});
