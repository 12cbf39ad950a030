import { graphOf } from "../../../src/release/diff/graph.js";
import { groupsOf } from "../../../src/release/diff/groups.js";
import { Places } from "../../../src/release/diff/places.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

/** The groups of the nodes whose ids are in capitals: what leads there, and the ids of the group. */
function groups(nodes: FlowNode[]): string[] {
    const places = new Places(graphOf(flowWith(nodes)));
    const chosen = places.order.filter(({ id = "" }) => /[A-Z]/.test(id));
    return groupsOf(chosen, places).map(
        ({ head, after, nodes: inside }) => `${after?.id}>${head.id}: ${inside.map(({ id }) => id).join("")}`,
    );
}

describe("nodes that are told of as one", () => {
    it("are those that follow on each other, with all that branches off", () => {
        const nodes = [
            { id: "s", type: "start", next: "A" },
            { id: "A", next: ["B", "C"] },
            { id: "B", next: "d" },
            { id: "C", next: "d" },
            { id: "d", next: "E" },
            { id: "E" },
        ];
        expect(groups(nodes)).toEqual(["s>A: ABC", "d>E: E"]);
    });

    it("come after what goes on to them rather than after what jumps to them, and not after what leads back", () => {
        const nodes = [
            { id: "s", type: "start", next: "a" },
            { id: "a", config: { target: "C" }, next: "b" },
            { id: "b", next: "C" },
            { id: "C", next: "d" },
            { id: "d", next: "C" },
        ];
        expect(groups(nodes)).toEqual(["b>C: C"]);
        expect(
            groups([
                { id: "A", next: "b" },
                { id: "b", next: "A" },
            ]),
        ).toEqual(["undefined>A: A"]);
        expect(groups([{ id: "A", next: "A" }])).toEqual(["undefined>A: A"]);
    });
});
