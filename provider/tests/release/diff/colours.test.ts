import { coloursOf } from "../../../src/release/diff/colours.js";
import { graphOf } from "../../../src/release/diff/graph.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

/** At which distance the colours of nodes tell them apart, by their ids; undefined where they do not. */
function toldApart(nodes: FlowNode[], one: string, other: string): number | undefined {
    const graph = graphOf(flowWith(nodes));
    const [left, right] = [one, other].map((id) => graph.nodes.find((node) => node.id === id));
    const distance = coloursOf(graph.nodes).findIndex(
        (colours) => left && right && colours.get(left) !== colours.get(right),
    );
    return distance < 0 ? undefined : distance;
}

const chain = (id: string, length: number, text: string): FlowNode[] =>
    Array.from({ length }, (_, place) => ({
        id: `${id}${place}`,
        next: place < length - 1 ? `${id}${place + 1}` : null,
        text: place === length - 1 ? text : "same",
    }));

describe("the colours of nodes", () => {
    it("tell apart what they hold, and what is around them up to three edges away", () => {
        expect(
            toldApart(
                [
                    { id: "a", text: "x" },
                    { id: "b", text: "y" },
                ],
                "a",
                "b",
            ),
        ).toBe(0);
        const [short, long] = [2, 9].map((length) => [
            ...chain("a", length, "x"),
            ...chain("b", length, "y"),
        ]);
        expect(toldApart(short ?? [], "a0", "b0")).toBe(1);
        expect(toldApart(long ?? [], "a6", "b6")).toBe(2);
        expect(toldApart(long ?? [], "a5", "b5")).toBe(3);
        expect(toldApart(long ?? [], "a4", "b4")).toBeUndefined();
    });

    it("tell apart what leads to them, in whatever order that is listed", () => {
        const led = (id: string, ...texts: string[]): FlowNode[] => [
            { id },
            ...texts.map((text, place) => ({ id: `${id}${place}`, text, next: id })),
        ];
        expect(toldApart([...led("a", "x"), ...led("b", "y")], "a", "b")).toBe(1);
        expect(toldApart([...led("a", "x", "y"), ...led("b", "y", "x")], "a", "b")).toBeUndefined();
    });
});
