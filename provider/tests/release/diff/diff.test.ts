import { diffFlows } from "../../../src/release/diff/diff.js";
import type { FlowDefinition, FlowNode } from "../../../src/release/flow.js";

/** A flow of a greeting, a menu with three branches, and an end where they meet. */
const NODES: FlowNode[] = [
    { id: "n1", type: "start", label: "Start", next: "n2" },
    {
        id: "n2",
        type: "say",
        label: "Greeting",
        next: "n3",
        config: { text: ["Hello", "Good day"], voice: "anna" },
    },
    {
        id: "n3",
        type: "lookup",
        label: "Menu",
        next: ["n4", "n5", "n6"],
        config: { operand: "{{input.intent}}" },
    },
    { id: "n4", type: "case", label: "Book", next: "n7", config: { intent: "book_flight" } },
    { id: "n5", type: "case", label: "Cancel", next: "n9", config: { intent: "cancel_flight" } },
    { id: "n6", type: "default", label: "Other", next: "n12", config: {} },
    {
        id: "n7",
        type: "question",
        label: "Where to?",
        next: "n8",
        config: { text: "Where to, please?", voice: "anna", maximum: 6 },
    },
    {
        id: "n8",
        type: "httpRequest",
        label: "Search",
        next: "n13",
        config: { api: "gds", method: "GET", url: "/v1/offers", timeoutMs: 8000 },
    },
    {
        id: "n9",
        type: "question",
        label: "Which booking?",
        next: "n10",
        config: { text: "Which one?", voice: "anna" },
    },
    {
        id: "n10",
        type: "ifThenElse",
        label: "Found?",
        next: { yes: "n11", no: "n12" },
        config: { condition: "context.found" },
    },
    {
        id: "n11",
        type: "code",
        label: "Take it out",
        next: "n13",
        config: { source: "context.bookings.pop();" },
    },
    { id: "n12", type: "goTo", label: "Back", next: null, config: { target: "n3" } },
    { id: "n13", type: "say", label: "Goodbye", next: "n14", config: { text: ["Goodbye"], voice: "anna" } },
    { id: "n14", type: "end", label: "End", next: null, config: {} },
];

const INTENTS = [
    { id: "book_flight", name: "Book a flight", examples: ["book a flight", "buy plane tickets"] },
    { id: "cancel_flight", name: "Cancel a flight", examples: ["cancel my flight"] },
];

const LIVE: FlowDefinition = {
    id: "flow_67890",
    name: "Booking",
    locale: "en-GB",
    updated_at: "2026-01-02T03:04:05Z",
    nodes: NODES,
    intents: INTENTS,
};

type Change = Partial<FlowNode> | null;

/** The live flow with other properties of nodes, by their ids; null takes a node out, an id that is not there adds one. */
function next(changes: Record<string, Change>, more: Record<string, unknown> = {}): FlowDefinition {
    const kept = NODES.filter(({ id = "" }) => changes[id] !== null).map((node) => ({
        ...node,
        ...changes[node.id ?? ""],
    }));
    const added = Object.entries(changes).filter(([id]) => !NODES.some((node) => node.id === id));
    return { ...LIVE, nodes: [...kept, ...added.map(([id, node]) => ({ id, ...node }))], ...more };
}

function lines(changes: Record<string, Change>, more: Record<string, unknown> = {}): string[] {
    return diffFlows(LIVE, next(changes, more)).changes.map(({ risk, line }) => `${risk}: ${line}`);
}

describe("the change of a conversation is told in one line:", () => {
    it("a prompt that was edited", () => {
        expect(
            lines({ n7: { config: { text: "Where would you like to go?", voice: "anna", maximum: 6 } } }),
        ).toEqual(["text: Book › “Where to?” asks “Where to, please?” → “Where would you like to go?”"]);
    });

    it("one of several texts that are said", () => {
        expect(lines({ n2: { config: { text: ["Hello there", "Good day"], voice: "anna" } } })).toEqual([
            "text: “Greeting” says “Hello” → “Hello there”",
        ]);
    });

    it("a text more, a text less, and the same texts in another order", () => {
        const saying = (...text: string[]) => lines({ n2: { config: { text, voice: "anna" } } });
        expect(saying("Hello", "Good day", "Hi")).toEqual(["text: “Greeting” says also “Hi”"]);
        expect(saying("Good day")).toEqual(["text: “Greeting” says no longer “Hello”"]);
        expect(saying("Hello", "Good day", "Hello")).toEqual(["text: “Greeting” says also “Hello”"]);
        expect(saying("Good day", "Hello")).toEqual(["text: “Greeting” says in another order"]);
        expect(saying("Hi", "Hey", "Welcome")).toEqual([
            "text: “Greeting” says “Hello”, “Good day” → “Hi”, “Hey” and 1 more",
        ]);
    });

    it("a node that was moved", () => {
        expect(lines({ n1: { next: "n3" }, n8: { next: "n2" }, n2: { next: "n13" } })).toEqual([
            "logic: Book › “Greeting” moved from after “Start” to after “Search”",
        ]);
    });

    it("a row of nodes that was moved", () => {
        const nodes = { n4: { next: "n13" }, n9: { next: "n7" }, n8: { next: "n10" } };
        expect(lines(nodes)).toEqual([
            "logic: Cancel › “Where to?” moved, with what follows up to “Search”, from after “Book” to after “Which booking?”",
        ]);
    });

    it("a node that leads elsewhere, by which way out", () => {
        expect(lines({ n10: { next: { yes: "n11", no: "n9" } } })).toEqual([
            "logic: Cancel › “Found?” (no) leads to “Which booking?” instead of “Back”",
        ]);
        expect(lines({ n12: { config: { target: "n2" } } })).toEqual([
            "logic: “Back” leads to “Greeting” instead of “Menu”",
        ]);
    });

    it("a branch more, and a branch less", () => {
        expect(
            lines({
                n3: { next: ["n4", "n5", "n6", "n15"] },
                n15: { type: "case", label: "Help", next: "n13" },
            }),
        ).toEqual(["logic: case “Help” added after “Menu”, leads to “Goodbye”"]);
        const gone = { n3: { next: ["n4", "n6"] }, n5: null, n9: null, n10: null, n11: null };
        expect(lines(gone)).toEqual([
            "destructive: case “Cancel” removed after “Menu”, with 3 nodes after it (1 question, 1 ifThenElse, 1 code)",
        ]);
    });

    it("branches in another order", () => {
        expect(lines({ n3: { next: ["n5", "n4", "n6"] } })).toEqual([
            "logic: “Menu” takes its branches in another order",
        ]);
    });

    it("a node that was put in, and one that was taken out", () => {
        expect(lines({ n7: { next: "n7b" }, n7b: { type: "say", label: "Tip", next: "n8" } })).toEqual([
            "text: Book › say “Tip” added after “Where to?”",
        ]);
        expect(lines({ n3: { next: ["n4", "n5", "n12"] }, n6: null })).toEqual([
            "destructive: default “Other” removed after “Menu”",
        ]);
        expect(lines({ n9: { next: "n13" }, n10: null, n11: null })).toEqual([
            "destructive: Cancel › ifThenElse “Found?” removed after “Which booking?”, with 1 node after it (1 code)",
        ]);
    });

    it("a node after which a conversation ends that went on before", () => {
        expect(lines({ n9: { next: null }, n10: null, n11: null })).toEqual([
            "destructive: Cancel › ifThenElse “Found?” removed after “Which booking?”, with 1 node after it (1 code)",
            "logic: Cancel › “Which booking?” no longer leads to “Back”",
        ]);
    });

    it("a node after which a conversation goes on elsewhere", () => {
        const help = { type: "case", label: "Help", next: "n16" };
        const again = { type: "goTo", label: "Again", config: { target: "n2" } };
        expect(lines({ n3: { next: ["n4", "n5", "n6", "n15"] }, n15: help, n16: again })).toEqual([
            "logic: case “Help” added after “Menu”, with 1 node after it (1 goTo), leads to “Greeting”",
        ]);
    });

    it("another node in the place of one", () => {
        const code = {
            type: "code",
            label: "Look it up",
            next: "n13",
            config: { source: "context.offers = [];" },
        };
        expect(lines({ n7: { next: "n20" }, n8: null, n20: code })).toEqual([
            "destructive: Book › httpRequest “Search” removed after “Where to?”",
            "logic: Book › code “Look it up” added after “Where to?”",
        ]);
    });

    it("nodes that no conversation gets to any more", () => {
        expect(lines({ n3: { next: ["n4", "n6"] } })).toEqual([
            "destructive: “Cancel” and 3 nodes after it can no longer be reached",
            "logic: “Menu” no longer leads to “Cancel”",
        ]);
    });

    it("an edge to a node that does not exist", () => {
        expect(lines({ n7: { next: "n99" } })).toEqual([
            "destructive: Book › “Where to?” leads to n99, which does not exist, instead of “Search”",
            "destructive: Book › “Search” can no longer be reached",
        ]);
        expect(lines({ n3: { next: ["n4", "n5", "n6", "n98"] } })).toEqual([
            "destructive: “Menu” leads to n98, which does not exist",
        ]);
    });

    it("the call of another system", () => {
        const call = (config: Record<string, unknown>) =>
            lines({ n8: { config: { ...(NODES[7]?.config as object), ...config } } });
        expect(call({ url: "/v2/offers" })).toEqual([
            "integration: Book › “Search”: url “/v1/offers” → “/v2/offers”",
        ]);
        expect(call({ timeoutMs: 3000 })).toEqual(["integration: Book › “Search”: timeoutMs 8000 → 3000"]);
        expect(call({ headers: { Authorization: "Bearer abcdefghijklmnopqrstuvwxyz" } })).toEqual([
            'integration: Book › “Search”: headers nothing → {"Authorization":"[not shown]"}',
        ]);
    });

    it("what is matched, decided and computed", () => {
        expect(lines({ n5: { config: { intent: "cancel_booking" } } })).toEqual([
            "logic: “Cancel” matches intent “cancel_flight” → “cancel_booking”",
        ]);
        expect(lines({ n10: { config: { condition: "context.found === true" } } })).toEqual([
            "logic: Cancel › “Found?” decides on “context.found” → “context.found === true”",
        ]);
        expect(lines({ n11: { config: { source: "context.bookings.shift();" } } })).toEqual([
            "logic: Cancel › “Take it out”: source “context.bookings.pop();” → “context.bookings.shift();”",
        ]);
        expect(lines({ n7: { config: { text: "Where to, please?", voice: "anna", maximum: 9 } } })).toEqual([
            "logic: Book › “Where to?”: maximum 6 → 9",
        ]);
        expect(lines({ n11: { type: "script" } })).toEqual([
            "logic: Cancel › “Take it out”: type “code” → “script”",
        ]);
    });

    it("a label", () => {
        expect(lines({ n7: { label: "Destination" } })).toEqual([
            "text: Book › “Destination”: label “Where to?” → “Destination”",
        ]);
    });

    it("the same of many nodes", () => {
        const other = (index: number) => ({ config: { ...(NODES[index]?.config as object), voice: "bob" } });
        expect(lines({ n2: other(1), n7: other(6), n9: other(8), n13: other(12) })).toEqual([
            "text: voice “anna” → “bob” in 4 nodes: “Greeting”, “Where to?” and 2 more",
        ]);
    });

    it("an intent and its example sentences", () => {
        const [book, cancel] = INTENTS;
        expect(lines({}, { intents: [book] })).toEqual(["destructive: intent “Cancel a flight” removed"]);
        expect(
            lines({}, { intents: [...INTENTS, { id: "help", name: "Help", examples: ["help me"] }] }),
        ).toEqual(["logic: intent “Help” added"]);
        expect(
            lines({}, { intents: [{ ...book, examples: ["book a flight", "I want to fly"] }, cancel] }),
        ).toEqual(["logic: intent “Book a flight”: examples “buy plane tickets” → “I want to fly”"]);
        expect(lines({}, { intents: [{ ...book, name: "Book" }, cancel] })).toEqual([
            "logic: intent “Book”: name “Book a flight” → “Book”",
        ]);
    });

    it("a setting of the flow", () => {
        expect(lines({}, { locale: "de-DE" })).toEqual(["logic: flow settings: locale “en-GB” → “de-DE”"]);
        expect(lines({}, { name: "Booking, anew" })).toEqual([
            "text: flow settings: name “Booking” → “Booking, anew”",
        ]);
        expect(lines({}, { text: "Hi" })).toEqual(["text: flow settings: text nothing → “Hi”"]);
        expect(lines({}, { context: { retries: 3 } })).toEqual([
            'logic: flow settings: context nothing → {"retries":3}',
        ]);
    });

    it("in branches within branches, of which the nearest are named", () => {
        const nodes = (text: string, last = "Level 11"): FlowNode[] =>
            Array.from({ length: 12 }, (_, level) => [
                {
                    id: `b${level}`,
                    type: "case",
                    label: level < 11 ? `Level ${level}` : last,
                    next: level < 11 ? [`b${level + 1}`, `e${level}`] : null,
                    config: { text: level === 6 ? text : "" },
                },
                { id: `e${level}`, type: "end", label: `End ${level}` },
            ]).flat();
        const changed = (before: FlowNode[], after: FlowNode[]) =>
            diffFlows({ ...LIVE, nodes: before }, { ...LIVE, nodes: after }).changes;
        expect(changed(nodes("a"), nodes("b")).map(({ line }) => line)).toEqual([
            "… › Level 3 › Level 4 › Level 5 › “Level 6” says “a” → “b”",
        ]);
        expect(changed(nodes(""), nodes("", "Last"))[0]?.path).toHaveLength(8);
    });

    it("a label of an edge's end, where edges have no order", () => {
        const flow = (label: string): FlowDefinition => ({
            ...LIVE,
            nodes: [
                { id: "a", label: "A" },
                { id: "b", label },
                { id: "c", label: "C" },
            ],
            edges: [
                { source: "a", target: "b" },
                { source: "a", target: "c" },
            ],
        });
        expect(diffFlows(flow("B"), flow("Z")).changes.map(({ line }) => line)).toEqual([
            "“Z”: label “B” → “Z”",
        ]);
    });
});

describe("a comparison", () => {
    const flowOf = (nodes: FlowNode[], more: Record<string, unknown> = {}) => ({ ...LIVE, nodes, ...more });

    it("counts the nodes that there are and that change, and nothing else", () => {
        const more = { locale: "de-DE", intents: [] };
        const { impact } = diffFlows(
            LIVE,
            next({ n2: { label: "Hi" }, n7: { type: "x", label: "y" } }, more),
        );
        expect(impact).toEqual({ nodes: 14, changed: 2 });
    });

    it("tells what it touches by the ids of both flows, as far as there are some", () => {
        const [before, after] = [
            [{ id: "a", label: "A", text: "x" }, { id: "b" }, { text: "no id" }],
            [
                { id: "c", label: "A", text: "y" },
                { id: "d", label: "D" },
            ],
        ];
        expect(diffFlows(flowOf(before), flowOf(after, { locale: "de-DE" })).touched).toEqual([
            { subject: "node", before: "b" },
            { subject: "node", after: "d" },
            { subject: "node", before: "a", after: "c" },
        ]);
    });

    it("tells changes of one risk in the order of the conversation", () => {
        const code = { type: "code", label: "Count", next: "n13", config: { source: "context.count += 1;" } };
        const edits = { n5: { config: { intent: "cancel" } }, n11: { next: "n15" }, n15: code };
        expect(diffFlows(LIVE, next(edits)).changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
            "changed n5",
            "added n15",
        ]);
    });

    it("tells of nothing but nodes that no conversation gets there any more", () => {
        const nodes = [
            { id: "a", label: "A" },
            { id: "b", label: "B" },
        ];
        const intents = [{ id: "i", name: "Intent" }];
        const started = [{ ...nodes[0], type: "start" }, ...nodes.slice(1)];
        const changes = diffFlows(flowOf(nodes, { intents }), flowOf(started, { intents })).changes;
        expect(changes.filter(({ kind }) => kind === "unreachable").map(({ line }) => line)).toEqual([
            "“B” can no longer be reached",
        ]);
    });

    it("tells of nodes that are cut off together in the order in which a conversation got to them", () => {
        const [start, end] = [
            { id: "s", type: "start", next: "a" },
            { id: "e", type: "end" },
        ];
        const row = (first: string, second: string) => [
            { id: first, label: first, next: second },
            { id: second, label: second },
        ];
        const live = flowOf([start, ...row("a", "b"), end]);
        const lines = diffFlows(live, flowOf([{ ...start, next: "e" }, ...row("b", "a"), end])).changes;
        expect(lines.map(({ line }) => line)).toContain("“a” and 1 node after it can no longer be reached");
    });

    it("says where what is new leads, unless that came next before by the same way", () => {
        const menu = (ways: Record<string, unknown>, ...added: FlowNode[]) =>
            flowOf([
                { id: "m", label: "Menu", children: ["b", "c"], ...ways },
                ...["b", "c", "d"].map((id) => ({ id, label: id.toUpperCase() })),
                ...added,
            ]);
        const lines = (ways: Record<string, unknown>, ...added: FlowNode[]) =>
            diffFlows(menu({}), menu(ways, ...added)).changes.map(({ line }) => line);
        const tip = { id: "x", label: "X" };
        expect(lines({ children: ["b", "c", "x"] }, { ...tip, next: "d" })).toEqual([
            "“X” added after “Menu”, leads to “D”",
        ]);
        expect(lines({ children: ["b", "x"] }, { ...tip, next: "c" })).toEqual(["“X” added after “Menu”"]);
        expect(lines({ next: "x" }, { ...tip, next: "c" })).toEqual(["“X” added after “Menu”, leads to “C”"]);
        expect(lines({ children: ["b", "x"] }, { ...tip, next: ["c", "d"] })).toEqual([
            "“X” added after “Menu”",
        ]);
    });
});
