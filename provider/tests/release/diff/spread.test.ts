import type { GraphNode } from "../../../src/release/diff/node.js";
import { Pairs } from "../../../src/release/diff/pairs.js";
import { spread } from "../../../src/release/diff/spread.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { drawn } from "../../support/drawn.js";

/** Which nodes are paired from the first one on, as `live next`. */
function paired(live: FlowNode[], next: FlowNode[], takenFor: Parameters<typeof spread>[2]): string[] {
    const pairs = new Pairs();
    const [before, after] = [drawn(live), drawn(next)];
    pairs.add(before[0] as GraphNode, after[0] as GraphNode);
    const free = [before, after].map((nodes) => nodes.slice(1)) as [GraphNode[], GraphNode[]];
    spread(pairs, free, takenFor);
    return [...pairs].map(([one, other]) => `${one.id} ${other.id}`).sort();
}

const saying = (id: string, text: string, next?: string) => ({ id, text, next });

describe("pairing the neighbours of what is paired", () => {
    it("goes along the edges, there and back", () => {
        const live = [
            saying("a", "", "b"),
            saying("b", "one", "c"),
            saying("c", "two"),
            saying("d", "three", "c"),
        ];
        const next = [
            saying("a", "", "x"),
            saying("x", "one", "y"),
            saying("y", "two"),
            saying("z", "three", "y"),
        ];
        expect(paired(live, next, () => false)).toEqual(["a a", "b x", "c y", "d z"]);
    });

    it("takes those that hold the same first, and then those that are taken for the same", () => {
        const live = [{ id: "a", children: ["b", "c"] }, saying("b", "one"), saying("c", "two")];
        const next = [{ id: "a", children: ["x", "y"] }, saying("x", "two"), saying("y", "three")];
        expect(paired(live, next, () => true)).toEqual(["a a", "b y", "c x"]);
        expect(paired(live, next, () => false)).toEqual(["a a", "c x"]);
    });

    it("keeps to edges of the same path", () => {
        const live = [{ id: "a", next: { yes: "b", no: "c" } }, saying("b", "one"), saying("c", "two")];
        const next = [{ id: "a", next: { yes: "x", no: "y" } }, saying("x", "two"), saying("y", "one")];
        expect(paired(live, next, () => true)).toEqual(["a a", "b x", "c y"]);
        expect(paired(live, next, () => false)).toEqual(["a a"]);
    });

    it("takes those that hold the same in the order in which they stand", () => {
        const live = [{ id: "a", children: ["c", "b"] }, saying("b", "same"), saying("c", "same")];
        const next = [{ id: "a", children: ["x", "y"] }, saying("x", "same"), saying("y", "same")];
        expect(paired(live, next, () => false)).toEqual(["a a", "b y", "c x"]);
    });

    it("takes each once, of those that are taken for the same too", () => {
        const live = [{ id: "a", children: ["b", "c"] }, saying("b", "one"), saying("c", "two")];
        const next = [{ id: "a", children: ["x"] }, saying("x", "three")];
        expect(paired(live, next, () => true)).toEqual(["a a", "b x"]);
        expect(paired(next, live, () => true)).toEqual(["a a", "x b"]);
    });

    it("looks among the first sixteen only for one that is taken for the same", () => {
        const others = Array.from({ length: 17 }, (_, place) => `n${String(place).padStart(2, "0")}`);
        const live = [{ id: "a", children: others }, ...others.map((id) => saying(id, `live ${id}`))];
        const next = [{ id: "a", children: others }, ...others.map((id) => saying(id, `next ${id}`))];
        const same = (one: GraphNode, other: GraphNode) => one.id === other.id;
        expect(paired(live, next, same)).toHaveLength(17);
        const [first, last] = [saying("n00", "other"), saying("n16", "other")];
        const one = (node: FlowNode) => [{ id: "a", children: [node.id] }, node];
        expect(paired(one(first), next, same)).toEqual(["a a", "n00 n00"]);
        expect(paired(one(last), next, same)).toEqual(["a a"]);
    });
});
