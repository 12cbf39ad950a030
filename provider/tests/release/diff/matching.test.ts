import { diffFlows } from "../../../src/release/diff/diff.js";
import type { FlowDefinition } from "../../../src/release/flow.js";
import { type Conversation, longConversation, withOtherIds, wordsFor } from "../../support/conversation.js";
import { flowWith } from "../../support/drawn.js";

const LIVE = longConversation(40);

/** What was found between the live flow and an edited copy. */
function found(edit: (flow: Conversation) => Conversation): string[] {
    return diffFlows(LIVE, edit(structuredClone(LIVE))).changes.map(({ kind, label }) => `${kind} ${label}`);
}

const numberOf = (id: string) => Number(id.slice(1));
const say = (id: string, next: string) => ({
    id,
    type: "say",
    label: "Tip",
    next,
    config: { text: [wordsFor("tip")] },
});

/** A node of a plain type with a plain one after it. */
const [BEFORE, AFTER] = ["n11", "n10"];

/** Puts a node in between two, under an id. */
function withTip(flow: Conversation, id: string): Conversation {
    const nodes = flow.nodes.map((node) => (node.id === BEFORE ? { ...node, next: id } : node));
    return { ...flow, nodes: [...nodes, say(id, AFTER)] };
}

describe("a node is known again", () => {
    it("by its id, whatever else was changed", () => {
        const edited = (flow: Conversation) => {
            const config = { text: ["nothing of what it said"] };
            Object.assign(flow.nodes.find(({ id }) => id === AFTER) ?? {}, { label: "Anew", config });
            return flow;
        };
        expect(new Set(found(edited))).toEqual(new Set(["changed Anew"]));
    });

    it("by what it holds and where it stands, where the ids were dealt anew", () => {
        expect(found((flow) => withOtherIds(withTip(flow, "tip"), (id) => `copy-${id}`))).toEqual([
            "added Tip",
        ]);
    });

    it("where the ids were numbered again after one was put in", () => {
        const renumbered = (from: number) => (flow: Conversation) =>
            withOtherIds(withTip(flow, "n-1"), (id) => {
                const number = numberOf(id);
                return number < 0 ? `n${from}` : number < from ? id : `n${number + 1}`;
            });
        expect(found(renumbered(5))).toEqual(["added Tip"]);
        expect(found(renumbered(LIVE.nodes.length - 5))).toEqual(["added Tip"]);
    });

    it("that was cut out and pasted elsewhere under another id", () => {
        const [node] = LIVE.nodes.filter(({ id }) => id === AFTER);
        expect(
            found((flow) => {
                const nodes = flow.nodes
                    .filter(({ id }) => id !== AFTER)
                    .map((one) => (one.id === BEFORE ? { ...one, next: node?.next ?? null } : one));
                const place = nodes.find(({ id }) => id === "n2");
                const pasted = { ...(node ?? say("", "")), id: "pasted", next: place?.next ?? null };
                return {
                    ...flow,
                    nodes: [
                        ...nodes.map((one) => (one === place ? { ...one, next: "pasted" } : one)),
                        pasted,
                    ],
                };
            }),
        ).toEqual([`moved ${node?.label}`]);
    });

    it("where two that hold different things got each other's id", () => {
        expect(
            found((flow) => withOtherIds(flow, (id) => (id === "n1" ? "n2" : id === "n2" ? "n1" : id))),
        ).toEqual([]);
    });

    it("not where another one of the same type took its place", () => {
        expect(
            found((flow) => {
                const tip = { ...say("tip", AFTER), type: "code" };
                const nodes = flow.nodes.filter(({ id }) => id !== BEFORE);
                const before = nodes.find(({ next }) => next === BEFORE);
                return {
                    ...flow,
                    nodes: [...nodes.map((one) => (one === before ? { ...one, next: "tip" } : one)), tip],
                };
            }).sort(),
        ).toEqual([`added Tip`, `removed ${LIVE.nodes.find(({ id }) => id === BEFORE)?.label}`]);
    });

    it("where all that it says is other words, and it stands between the same nodes of a copy", () => {
        const edited = (flow: Conversation) => {
            Object.assign(flow.nodes.find(({ id }) => id === AFTER) ?? {}, {
                label: "Anew",
                config: { text: ["quite other words"] },
            });
            return withOtherIds(flow, (id) => `copy-${id}`);
        };
        expect(new Set(found(edited))).toEqual(new Set(["changed Anew"]));
    });

    it("where the ids were dealt anew among them, and what one says was changed", () => {
        const chain = (idOf: (place: number) => number, changed?: number) =>
            flowWith(
                Array.from({ length: 11 }, (_, place) => ({
                    id: `n${idOf(place)}`,
                    type: "say",
                    label: `Step ${place}`,
                    next: place < 10 ? `n${idOf(place + 1)}` : null,
                    config: { text: wordsFor(place === changed ? "changed" : place) },
                })),
            );
        const before = chain((place) => place);
        const after = chain((place) => 10 - place, 3);
        expect(diffFlows(before, after).changes).toMatchObject([
            { kind: "changed", label: "Step 3", property: "config.text" },
        ]);
    });

    it("among many that hold the same, by where it stands, where the ids were dealt anew", () => {
        const chain = (idOf: (place: number) => number) =>
            flowWith(
                Array.from({ length: 50 }, (_, place) => ({
                    id: `n${idOf(place)}`,
                    type: "say",
                    next: place < 49 ? `n${idOf(place + 1)}` : null,
                })),
            );
        expect(
            diffFlows(
                chain((place) => place),
                chain((place) => (place * 7) % 50),
            ).changes,
        ).toEqual([]);
    });

    it("where two ways begin alike and end in other words, however they are listed", () => {
        const ways = (...ids: string[]) =>
            flowWith(
                ids.flatMap((id, way) =>
                    Array.from({ length: 8 }, (_, place) => ({
                        id: `${id}${place}`,
                        type: "say",
                        next: place < 7 ? `${id}${place + 1}` : null,
                        config: { text: place < 7 ? "the same" : `the end of ${way}` },
                    })),
                ),
            );
        expect(diffFlows(ways("a", "b"), ways("z", "y")).changes).toEqual([]);
    });

    it("that says the same as another one, where both are children of one that was edited", () => {
        const menu = (label: string, ...children: string[]) =>
            flowWith([
                {
                    id: `${label}0`,
                    type: "menu",
                    label,
                    children: children.map((_, place) => `${label}${place + 1}`),
                },
                ...children.map((text, place) => ({
                    id: `${label}${place + 1}`,
                    type: "say",
                    config: { text },
                })),
            ]);
        const live = menu("a", "one two three", "one two four", "one two four");
        const next = menu("b", "one two four", "one two four", "one two three");
        expect(
            diffFlows(live, {
                ...next,
                nodes: next.nodes.map((node) => ({ ...node, label: node.label && "a" })),
            }).changes,
        ).toMatchObject([{ kind: "reordered", label: "a" }]);
    });

    it("that was renamed and moved in a copy, by most of its words", () => {
        const edited = (flow: Conversation) => {
            const node = flow.nodes.find(({ id }) => id === AFTER);
            const before = flow.nodes.find(({ next }) => next === AFTER);
            const place = flow.nodes.find(({ id }) => id === "n2");
            if (node && before && place) {
                before.next = node.next;
                node.next = place.next;
                place.next = node.id;
                node.label = "Quite another label";
            }
            return withOtherIds(flow, (id) => `copy-${id}`);
        };
        expect(found(edited).sort()).toEqual(["changed Quite another label", "moved Quite another label"]);
    });

    it("among several that hold the same, by what they lead to, where their order is another one", () => {
        const menu = (id: string, children: string[], tip: string | null) =>
            flowWith([
                { id: `${id}m`, type: "menu", label: "Menu", children: children.map((child) => id + child) },
                { id: `${id}1`, type: "say", text: "same", next: `${id}x` },
                { id: `${id}2`, type: "say", text: "same", next: `${id}y` },
                { id: `${id}x`, type: "say", text: wordsFor("x") },
                { id: `${id}y`, type: "say", text: wordsFor("y"), next: tip },
                ...(tip === null ? [] : [{ id: tip, type: "end", label: "Tip" }]),
            ]);
        const { changes } = diffFlows(menu("a", ["1", "2"], null), menu("b", ["2", "1"], "tip"));
        expect(changes.map(({ kind, label }) => `${kind} ${label}`)).toEqual(["reordered Menu", "added Tip"]);
    });

    it("one after the other, where nothing tells several apart", () => {
        const alike = (...ids: string[]) => [
            { id: `${ids[0]}-end`, type: "end" },
            ...ids.map((id) => ({ id, type: "say" })),
        ];
        const { changes, impact } = diffFlows(flowWith(alike("a", "b", "c")), flowWith(alike("x", "y")));
        expect(changes.map(({ kind }) => kind)).toEqual(["removed"]);
        expect(impact.changed).toBe(1);
    });
});

describe("a node of a copy that says something else", () => {
    const saying = (text: string) => ({ type: "say", text: wordsFor(text) });
    /** A row of three nodes, of which the second one says something and leads somewhere. */
    const row = (id: string, second: Record<string, unknown>, first: Record<string, unknown> = {}) =>
        flowWith([
            { ...saying("first"), id: `${id}1`, next: `${id}2`, ...first },
            { ...saying(id), id: `${id}2`, next: `${id}3`, ...second },
            { ...saying("third"), id: `${id}3` },
            { ...saying("fourth"), id: `${id}4` },
        ]);
    const kinds = (...flows: [FlowDefinition, FlowDefinition]) => [
        ...new Set(diffFlows(...flows).changes.map(({ kind }) => kind)),
    ];

    it("is taken for the one that stood between the same nodes, or at the same end", () => {
        expect(kinds(row("a", {}), row("b", {}))).toEqual(["changed"]);
        expect(kinds(row("a", { next: null }), row("b", { next: null }))).toEqual(["changed"]);
    });

    it("is not where it is of another type, got to by another way, or leads elsewhere", () => {
        expect(kinds(row("a", {}), row("b", { type: "code" }))).toEqual(["removed", "added"]);
        expect(kinds(row("a", {}), row("b", { next: "b4" }))).toContain("removed");
        expect(kinds(row("a", {}), row("b", { next: null }))).toContain("removed");
        expect(kinds(row("a", {}), row("b", { next: null, goTo: "b3" }))).toContain("removed");
        const jump = { next: null, goTo: "b2" };
        expect(kinds(row("a", {}), row("b", {}, jump))).toContain("removed");
    });
});

describe("a node of another id, where most ids were kept", () => {
    const row = (id: string, text: string, type = "say") =>
        flowWith([
            { id: "s", type: "start", next: id },
            { id, type, text, next: "e" },
            { id: "e", type: "end" },
        ]);
    const kinds = (live: FlowDefinition, next: FlowDefinition) =>
        diffFlows(live, next).changes.map(({ kind }) => kind);

    it("is taken for the one that stood there where half of their words are the same", () => {
        const live = row("a", "one two three four");
        expect(kinds(live, row("b", "one two five six"))).toEqual(["changed"]);
        expect(kinds(live, row("b", "one five six seven"))).toEqual(["removed", "added"]);
        expect(kinds(live, row("b", "one two three four", "code"))).toEqual(["removed", "added"]);
    });
});
