import fc from "fast-check";
import type { FlowDiff } from "../../../src/release/diff/change.js";
import { linesOf } from "../../../src/release/diff/cut.js";
import { diffFlows } from "../../../src/release/diff/diff.js";
import {
    anyConversation,
    type Conversation,
    inShape,
    longConversation,
    onwardFrom,
    SHAPES,
    withOtherIds,
} from "../../support/conversation.js";
import { anyEdits, edited } from "../../support/edit-script.js";
import { shuffle, shuffleKeys } from "../../support/shuffle.js";

/** What a comparison found, in the words of an edit script. */
function foundIn({ changes }: FlowDiff): string[] {
    return changes
        .filter(({ kind }) => kind !== "unreachable")
        .map(({ kind, label, property }) =>
            kind === "changed" ? `${kind} ${label} ${property}` : `${kind} ${label}`,
        )
        .sort();
}

/** How many nodes a conversation can get to in one flow and not in the other, of those that are in both. */
function strandedIn(before: Conversation, after: Conversation): number {
    const [reached, still] = [reachedIn(before), reachedIn(after)];
    return after.nodes.filter(({ id }) => reached.has(id) && !still.has(id)).length;
}

function reachedIn({ nodes }: Conversation): Set<string> {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const reached = new Set(nodes.filter(({ type }) => type === "start").map(({ id }) => id));
    for (const id of reached) {
        const node = byId.get(id);
        for (const next of node ? onwardFrom(node) : []) {
            reached.add(next);
        }
    }
    return reached;
}

/** Other ids in the same form, dealt by a list of numbers: some nodes get what another one had. */
function dealtAnew(flow: Conversation, numbers: Iterator<number>): (id: string) => string {
    const ids = flow.nodes.map(({ id }) => id);
    const others = shuffle(ids, numbers);
    const dealt = new Map(ids.map((id, place) => [id, others[place] ?? id]));
    return (id) => dealt.get(id) ?? id;
}

/** Every value in a flow that is content, and where it stands. */
function leavesOf(value: object, inside = false): { holder: Record<string, unknown>; name: string }[] {
    const names = inside ? [] : ["id", "layout", "updated_at"];
    return Object.entries(value)
        .filter(([name]) => !names.includes(name))
        .flatMap(([name, inner]) =>
            typeof inner === "object" && inner !== null
                ? leavesOf(inner, inside || name === "config" || name === "next")
                : [{ holder: value as Record<string, unknown>, name }],
        );
}

const numbers = fc.infiniteStream(fc.nat());

describe("what a release changes", () => {
    it("is what an edit script did, and nothing else", () => {
        fc.assert(
            fc.property(anyConversation, anyEdits, (live, edits) => {
                const { flow, expected } = edited(live, edits);
                const diff = diffFlows(live, flow);
                expect(foundIn(diff)).toEqual(expected);
                const stranded = diff.changes.filter(({ kind }) => kind === "unreachable");
                expect(stranded.reduce((sum, { nodes }) => sum + nodes, 0)).toBe(strandedIn(live, flow));
            }),
            { numRuns: 500 },
        );
    });

    it("is the same where the ids are other ones, as in a copy that was edited", () => {
        fc.assert(
            fc.property(anyConversation, anyEdits, (live, edits) => {
                const { flow } = edited(live, edits);
                const copy = withOtherIds(flow, (id) => `copy-of-${id}`);
                expect(linesOf(diffFlows(live, copy).changes)).toEqual(
                    linesOf(diffFlows(live, flow).changes),
                );
            }),
        );
    });

    it("is nothing where only ids differ, dealt in any way", () => {
        fc.assert(
            fc.property(anyConversation, numbers, fc.boolean(), (live, dealer, fresh) => {
                const otherId = fresh ? (id: string) => `copy-of-${id}` : dealtAnew(live, dealer);
                expect(diffFlows(live, withOtherIds(live, otherId)).changes).toEqual([]);
            }),
        );
    });

    it("is nothing between a flow and itself, in whatever order it is listed, drawn and stamped", () => {
        fc.assert(
            fc.property(anyConversation, numbers, fc.string(), (live, dealer, time) => {
                const other = shuffleKeys(live, dealer) as Conversation;
                const nodes = shuffle(other.nodes, dealer).map((node) => ({
                    ...node,
                    layout: { x: time },
                    updatedAt: time,
                }));
                const intents = shuffle(other.intents as { examples: string[] }[], dealer).map((intent) => ({
                    ...intent,
                    examples: shuffle(intent.examples, dealer),
                }));
                expect(diffFlows(live, { ...other, nodes, intents, updated_at: time }).changes).toEqual([]);
            }),
        );
    });

    it("does not depend on the order in which either flow is listed", () => {
        fc.assert(
            fc.property(anyConversation, anyEdits, numbers, (live, edits, dealer) => {
                const { flow } = edited(live, edits);
                const relisted = (one: Conversation) => ({ ...one, nodes: shuffle(one.nodes, dealer) });
                expect(diffFlows(relisted(live), relisted(flow))).toEqual(diffFlows(live, flow));
            }),
        );
    });

    it.each(SHAPES)("is found in flows that write down their edges as %s", (shape) => {
        fc.assert(
            fc.property(anyConversation, anyEdits, (live, edits) => {
                const { flow, expected } = edited(live, edits);
                const found = foundIn(diffFlows(inShape(live, shape), inShape(flow, shape)));
                // Edges that are listed by themselves have no order.
                const told = (line: string) => shape !== "edges" || !line.startsWith("reordered");
                expect(found).toEqual(expected.filter(told));
            }),
        );
    });

    it("is something wherever anything else differs", () => {
        fc.assert(
            fc.property(
                anyConversation,
                fc.nat(),
                fc.constantFrom(null, false, 0, "", "other"),
                (live, where, value) => {
                    const next = structuredClone(live);
                    const places = leavesOf(next).filter(({ holder, name }) => holder[name] !== value);
                    const place = places[where % places.length];
                    // To lead to nothing can be written in two ways.
                    fc.pre(
                        place !== undefined && !(place.name === "next" && !place.holder.next && value === ""),
                    );
                    place.holder[place.name] = value;
                    expect(diffFlows(live, next).changes).not.toEqual([]);
                    expect(diffFlows(next, live).changes).not.toEqual([]);
                },
            ),
            { numRuns: 500 },
        );
    });

    it("is found in a long conversation", () => {
        const live = longConversation(2000);
        fc.assert(
            fc.property(fc.array(anyEdits, { minLength: 4, maxLength: 6 }), (edits) => {
                const { flow, expected } = edited(live, edits.flat());
                expect(foundIn(diffFlows(live, flow))).toEqual(expected);
            }),
            { numRuns: 5 },
        );
    });
});
