import { graphOf } from "../../../src/release/diff/graph.js";
import { Places } from "../../../src/release/diff/places.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

/** Where the nodes of a flow stand, by their ids. */
function placesOf(nodes: FlowNode[], more: Record<string, unknown> = {}) {
    const graph = graphOf(flowWith(nodes, more));
    const places = new Places(graph);
    return {
        order: places.order.map(({ id }) => id).join(""),
        reached: places.order
            .filter((node) => places.isReached(node))
            .map(({ id }) => id)
            .join(""),
        branches: Object.fromEntries(
            places.order.map((node) => [
                node.id,
                places
                    .branchesOf(node)
                    .map(({ id }) => id)
                    .join(""),
            ]),
        ),
        rankOf: (id: string) => places.rankOf(graph.nodes.find((node) => node.id === id) ?? graph.flow),
    };
}

describe("the order of a conversation", () => {
    it("goes branch by branch, and then on to where they meet", () => {
        const nodes = [
            { id: "s", type: "start", next: "m" },
            { id: "m", next: ["b", "a"] },
            { id: "a", next: "z" },
            { id: "b", next: "c" },
            { id: "c", next: "z" },
            { id: "z", next: "m" },
        ];
        for (const listed of [nodes, nodes.toReversed()]) {
            expect(placesOf(listed).order).toBe("smbcaz");
        }
    });

    it("begins with the starts, and goes on with what nothing leads to, and then with circles", () => {
        const nodes = [
            { id: "c", next: "d" },
            { id: "d", next: "c" },
            { id: "h", text: "2" },
            { id: "i", text: "1" },
            { id: "s", type: "entry" },
        ];
        expect(placesOf(nodes).order).toBe("sihcd");
        expect(placesOf(nodes).rankOf("h")).toBe(2);
        expect(placesOf(nodes).rankOf("the flow itself")).toBe(-1);
    });
});

describe("the branches that a node is in", () => {
    it("are those that all ways to it have in common, the outermost first", () => {
        const nodes = [
            { id: "s", type: "start", next: "m" },
            { id: "m", next: ["a", "b"] },
            { id: "a", next: { x: "c", y: "d" } },
            { id: "b", next: "z" },
            { id: "c", next: "e" },
            { id: "d", next: "f" },
            { id: "f", next: "e" },
            { id: "e", next: "z" },
            { id: "z" },
        ];
        expect(placesOf(nodes).branches).toEqual({
            ...{ s: "", m: "", a: "", b: "", z: "" },
            ...{ c: "a", d: "a", e: "a", f: "ad" },
        });
    });

    it("begin with each child, with one of several, but not with what is next or all of a list", () => {
        const nodes = [
            { id: "s", type: "start", children: ["a"], next: "b" },
            { id: "a", next: "c" },
            { id: "b", next: ["d"] },
            { id: "d", next: "e" },
            ...[{ id: "c" }, { id: "e" }],
        ];
        expect(placesOf(nodes).branches).toEqual({ s: "", a: "", b: "", c: "a", d: "", e: "" });
        const deeper = { id: "s", type: "start", config: { children: ["a"] } };
        for (const start of [deeper, { id: "s", type: "start", children: ["a"] }]) {
            expect(placesOf([start, { id: "a", next: "c" }, { id: "c" }]).branches).toMatchObject({ c: "a" });
        }
    });

    it("are told by where it goes on from, and only else by where it is jumped to from", () => {
        const nodes = [
            { id: "s", type: "start", next: ["a", "b"] },
            { id: "a", next: "c" },
            { id: "b", config: { target: "c" } },
            { id: "c", config: { target: "d" } },
            { id: "d" },
        ];
        expect(placesOf(nodes).branches).toMatchObject({ c: "a", d: "a" });
    });
});

describe("what a conversation can get to", () => {
    const nodes = [{ id: "a", next: "b" }, { id: "b", next: "a" }, { id: "c", next: "d" }, { id: "d" }];

    it("is all that a start leads to, and what the flow or its lists name beside", () => {
        expect(placesOf(nodes, { fallback: "d", startNode: "c" }).reached).toBe("cd");
        expect(placesOf([...nodes, { id: "s", type: "Start", next: "d" }]).reached).toBe("sd");
        const intents = [{ id: "i", target: "a" }];
        expect(placesOf(nodes, { startNode: "d", intents }).reached).toBe("abd");
    });

    it("is all of it where nothing says where it begins", () => {
        expect(placesOf(nodes).reached).toBe("cdab");
        expect(placesOf(nodes, { fallback: "d" }).reached).toBe("cdab");
    });
});
