import fc from "fast-check";
import { type FlowGraph, graphOf } from "../../../src/release/diff/graph.js";
import type { GraphNode } from "../../../src/release/diff/node.js";
import type { FlowDefinition } from "../../../src/release/flow.js";
import { anyFlow } from "../../support/any-flow.js";
import {
    anyConversation,
    type Conversation,
    inShape,
    SHAPES,
    withOtherIds,
} from "../../support/conversation.js";
import { anyEdits, edited } from "../../support/edit-script.js";
import { shuffle } from "../../support/shuffle.js";

/** All that there is to know of a graph. */
function told({ flow, nodes, lists }: FlowGraph): unknown {
    const nameOf = ({ subject, id, content }: GraphNode) => [subject, id, content.text];
    return [flow, ...nodes, ...[...lists.values()].flat()].map((node) => ({
        ...{ name: nameOf(node), fields: node.content.fields, dangling: node.dangling },
        links: node.links.map(({ path, to }) => [path, ...nameOf(to)]),
        incoming: node.incoming.map(({ path, from }) => [path, ...nameOf(from)]),
    }));
}

function expectSame(live: FlowDefinition, next: FlowDefinition): void {
    expect(told(graphOf(next, graphOf(live)))).toEqual(told(graphOf(next)));
}

/** Ids that no person wrote, dealt anew among the nodes. */
function dealtAnew(flow: Conversation, numbers: Iterator<number>): Conversation {
    const ids = flow.nodes.map(({ id }) => id);
    const opaque = ids.map((_, place) => place.toString(16).padStart(24, "0"));
    const dealt = new Map(shuffle(opaque, numbers).map((id, place) => [ids[place], id]));
    return withOtherIds(flow, (id) => dealt.get(id) ?? id);
}

describe("a graph that is made with the one of the live flow at hand", () => {
    const anyShape = fc.constantFrom(undefined, ...SHAPES);
    const shaped = (flow: Conversation, shape: (typeof SHAPES)[number] | undefined) =>
        shape ? inShape(flow, shape) : flow;

    it("is the same as one that is made alone, for a flow that was edited", () => {
        fc.assert(
            fc.property(anyConversation, anyEdits, anyShape, (live, edits, shape) => {
                const { flow: next } = edited(live, edits);
                expectSame(shaped(live, shape), shaped(next, shape));
            }),
        );
    });

    it("is the same for a flow whose ids were dealt anew, and for one that has lost its nodes' targets", () => {
        fc.assert(
            fc.property(anyConversation, fc.infiniteStream(fc.nat()), anyShape, (flow, numbers, shape) => {
                const live = dealtAnew(flow, numbers);
                expectSame(shaped(live, shape), shaped(dealtAnew(flow, numbers), shape));
                const nodes = live.nodes.filter((_, place) => place % 3 > 0);
                expectSame(shaped(live, shape), { ...shaped(live, shape), nodes });
                expectSame({ ...shaped(live, shape), nodes }, shaped(live, shape));
            }),
        );
    });

    it("is the same for whatever a flow may hold", () => {
        fc.assert(fc.property(anyFlow, anyFlow, expectSame));
    });
});
