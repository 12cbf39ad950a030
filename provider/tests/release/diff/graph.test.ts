import { diffFlows } from "../../../src/release/diff/diff.js";
import { graphOf } from "../../../src/release/diff/graph.js";
import type { FlowDefinition } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

/** The edges of a flow, as `from path to`. */
function edgesOf(flow: FlowDefinition): string[] {
    const { flow: self, nodes } = graphOf(flow);
    return [self, ...nodes].flatMap(({ id = "flow", links }) =>
        links.map(({ path, to }) => `${id} ${path} ${to.id}`),
    );
}

function changesOf(live: FlowDefinition, next: FlowDefinition): string[] {
    return diffFlows(live, next).changes.map(({ line }) => line);
}

const OBJECT_ID = (number: number) => `69f91c27e8802ec7b45ad${String(number).padStart(3, "0")}`;
const UUID = (number: number) => `a40b075c-0000-4000-8000-${String(number).padStart(12, "0")}`;

describe("the graph of a flow", () => {
    it.each<[string, Record<string, unknown>, string[]]>([
        ["an id", { next: "b" }, ["a next b"]],
        ["a list of ids", { next: ["b", "c"] }, ["a next[] b", "a next[] c"]],
        ["ids by their condition", { next: { yes: "b", no: "c" } }, ["a next.no c", "a next.yes b"]],
        [
            "a list of conditions",
            {
                branches: [
                    { when: "yes", node: "b" },
                    { when: "no", goTo: "c" },
                ],
            },
            ["a branches[].node b", "a branches[].goTo c"],
        ],
        ["children and what is next", { children: ["b"], next: "c" }, ["a children[] b", "a next c"]],
        ["a target in the config", { config: { target: "b" } }, ["a config.target b"]],
        ["ids that are numbers", { next: "7" }, ["a next 7"]],
    ])("has the edges that a node names as %s", (_what, more, edges) => {
        expect(edgesOf(flowWith([{ id: "a", ...more }, { id: "b" }, { id: "c" }, { id: 7 }]))).toEqual(edges);
    });

    it("has the edges that are told of elsewhere, in any order", () => {
        const nodes = [{ id: "a" }, { id: "b" }, { id: "c" }];
        const relations = [
            { _id: "r1", node: "a", children: ["b"], next: "c" },
            { _id: "r2", node: "b", children: [], next: null },
        ];
        const edges = ["a relations.children[] b", "a relations.next c"];
        expect(edgesOf(flowWith(nodes, { relations }))).toEqual(edges);
        expect(edgesOf(flowWith(nodes, { relations: relations.toReversed() }))).toEqual(edges);
        expect(
            edgesOf(
                flowWith(nodes, {
                    edges: [
                        { source: "a", target: "b" },
                        { source: "a", target: "c" },
                    ],
                }),
            ),
        ).toEqual(["a edges{}.target b", "a edges{}.target c"]);
        expect(edgesOf(flowWith([{ id: "a" }, { id: "b", parentId: "a" }]))).toEqual(["a children{} b"]);
        expect(edgesOf(flowWith(nodes, { startNode: "b" }))).toEqual(["flow startNode b"]);
    });

    it("has the edges of a parent after those that it names itself", () => {
        const nodes = [{ id: "p", next: "q" }, { id: "a", parentId: "p" }, { id: "q" }];
        expect(edgesOf(flowWith(nodes))).toEqual(["p next q", "p children{} a"]);
    });

    it("has edges that have no order in one of their own, by what they lead to", () => {
        const nodes = [{ id: "a" }, { id: "b", text: "z" }, { id: "c", text: "y" }];
        const edges = ["b", "c"].map((target) => ({ source: "a", target }));
        for (const listed of [edges, edges.toReversed()]) {
            expect(edgesOf(flowWith(nodes, { edges: listed }))).toEqual([
                "a edges{}.target c",
                "a edges{}.target b",
            ]);
        }
    });

    it("has nodes whatever stands for one, by the first name that they have", () => {
        expect(graphOf(flowWith("nodes" as never)).nodes).toEqual([]);
        expect(
            edgesOf(
                flowWith([
                    { id: "", _id: "b" },
                    { id: "a", next: "b" },
                ]),
            ),
        ).toEqual(["a next b"]);
        expect(changesOf(flowWith([3 as never]), flowWith([4 as never]))).toEqual([
            "node removed",
            "node added",
        ]);
        expect(changesOf(flowWith([]), flowWith([{ id: "a", type: "say", label: "  " }]))).toEqual([
            "say a added",
        ]);
    });

    it("leads to the same one of several nodes of one id, in whatever order they are listed", () => {
        const listed = [
            { id: "b", text: "y", layout: 1 },
            { id: "b", text: "x", layout: 2 },
            { id: "a", next: "b" },
        ];
        for (const nodes of [listed, listed.toReversed()]) {
            const { nodes: drawn } = graphOf(flowWith(nodes));
            expect(drawn.flatMap(({ links }) => links.map(({ to }) => to.content.text))).toEqual([
                '{"text":"x"}',
            ]);
        }
    });

    it("holds what a list tells that is no list of edges, as one of its records names no node", () => {
        const nodes = [{ id: "a" }, { id: "b" }];
        const listing = (...others: unknown[]) =>
            flowWith(nodes, { relations: [{ node: "a", next: "b" }, ...others] });
        const leading = (next: string) => listing({ node: "gone", next });
        expect(changesOf(leading("a"), leading("b"))).toHaveLength(1);
        expect(changesOf(listing(null), listing(3))).toHaveLength(1);
    });

    it("knows where edges lead into nothing, told of elsewhere too", () => {
        const leading = (next: string) =>
            flowWith([{ id: "a", label: "Ask" }, { id: "b" }], {
                relations: [
                    { node: "a", next: "b" },
                    { node: "a", next },
                ],
            });
        expect(changesOf(leading("b"), leading("gone"))).toEqual([
            "“Ask” leads to gone, which does not exist",
            "“Ask” no longer leads to node b",
        ]);
        const contentOf = (next: string) => graphOf(leading(next)).nodes[0]?.content.text;
        expect(contentOf("gone")).not.toBe(contentOf("lost"));
    });

    it("is the same for a copy whose nodes name what they come after", () => {
        const flow = (parent: string, text: string) =>
            flowWith([{ id: parent }, { id: `${parent}-1`, parentId: parent, label: "Child", text }]);
        expect(changesOf(flow("a", "x"), flow("b", "x"))).toEqual([]);
        expect(changesOf(flow("a", "x"), flow("b", "y"))).toEqual(["“Child” says “x” → “y”"]);
    });

    it("has no edges where a text only happens to be an id", () => {
        expect(
            edgesOf(
                flowWith([
                    { id: "yes", config: { text: "no" } },
                    { id: "no", label: "yes" },
                ]),
            ),
        ).toEqual([]);
    });

    it("has an edge wherever an id stands that no person wrote", () => {
        const nodes = [
            { _id: OBJECT_ID(1), config: { anything: UUID(2) } },
            { _id: OBJECT_ID(2), referenceId: UUID(2) },
        ];
        expect(edgesOf(flowWith(nodes))).toEqual([`${OBJECT_ID(1)} config.anything ${OBJECT_ID(2)}`]);
    });

    it("tells conditions apart although each leads somewhere", () => {
        const asking = (...branches: unknown[]) =>
            flowWith([
                { id: "a", label: "Ask", branches },
                { id: "b", label: "B" },
                { id: "c", label: "C" },
            ]);
        const live = asking({ when: "yes", node: "b" }, { when: "no", node: "c" });
        expect(changesOf(live, asking({ when: "yes", node: "c" }, { when: "no", node: "b" }))).toEqual([
            "“Ask” takes its branches in another order",
        ]);
        expect(changesOf(live, asking({ when: "no", node: "b" }, { when: "yes", node: "c" }))).toEqual([
            "“Ask”: branches in another order",
        ]);
        expect(changesOf(live, asking({ when: "no", node: "c" }, { when: "yes", node: "b" }))).toEqual([
            "“Ask” takes its branches in another order",
        ]);
        expect(changesOf(live, asking({ when: "yes" }, { when: "no", node: "c" }, { node: "b" }))).toEqual([
            "“Ask” takes its branches in another order",
            '“Ask”: branches {"node":"(a node)","when":"yes"} → {"when":"yes"}, {"node":"(a node)"}',
        ]);
        expect(changesOf(live, asking({ when: "yes", node: "b" }, { when: "never", node: "c" }))).toEqual([
            "“Ask”: branches[1].when “no” → “never”",
        ]);
    });

    it("keeps what a node holds apart from what its edges hold, whatever its properties are called", () => {
        const held = (own: Record<string, unknown>, label?: string) =>
            flowWith([{ id: "a", label: "Ask", ...own }, { id: "b" }], {
                edges: [{ source: "a", target: "b", label }],
            });
        expect(changesOf(held({ "edges{}": "own" }, "yes"), held({ "edges{}": "anew" }, "yes"))).toEqual([
            "“Ask”: edges{} (own) “own” → “anew”",
        ]);
        expect(changesOf(held({ "edges{}": "own" }, "yes"), held({ "edges{}": "own" }, "no"))).toEqual([
            "“Ask”: edges{}[0].label “yes” → “no”",
        ]);
        expect(changesOf(held({ "edges{}": [{ label: "yes" }] }), held({}, "yes"))).toHaveLength(2);
        expect(
            changesOf(held({ "edges{}": "a", "edges{} (own)": "b" }), held({ "edges{} (own)": "a" })),
        ).toHaveLength(2);
    });

    describe("made beside the one of the live flow", () => {
        const node = { id: "a", type: "say", text: "Hello", intent: UUID(50) };
        const edge = { source: "a", target: "b", label: "yes" };
        const other = { ...edge, label: "no", intent: UUID(50) };
        const flow = (own: object, edges: object[], intent = "Book") =>
            flowWith([{ ...node, ...own }, { id: "b" }], {
                edges,
                intents: [{ id: UUID(50), name: intent }],
            });
        /** Whether the first node's content is what was read for the live one. */
        const isReadOnce = (live: FlowDefinition, next: FlowDefinition) => {
            const before = graphOf(live);
            const [one, two] = [before, graphOf(next, before)].map(({ nodes }) => nodes[0]?.content);
            expect(two?.text).toBe(graphOf(next).nodes[0]?.content.text);
            return one === two;
        };

        it("reads a node once that is the same in both", () => {
            for (const edges of [[], [edge], [edge, other]]) {
                expect(isReadOnce(flow({ layout: 1 }, edges), flow({ layout: 2 }, edges))).toBe(true);
            }
        });

        it("reads it again where it or one of its edges holds, names or stands for something else", () => {
            expect(isReadOnce(flow({}, [edge]), flow({ text: "Hi" }, [edge]))).toBe(false);
            expect(isReadOnce(flow({}, []), flow({}, [], "Buy"))).toBe(false);
            expect(isReadOnce(flow({}, [edge]), flow({}, [edge, other]))).toBe(false);
            expect(isReadOnce(flow({}, [edge, other]), flow({}, [edge]))).toBe(false);
            expect(isReadOnce(flow({}, [edge, other]), flow({}, [edge, { ...other, label: "yes" }]))).toBe(
                false,
            );
            const { intent, ...plain } = node;
            const without = (name: string) =>
                flowWith([plain, { id: "b" }], { edges: [edge, other], intents: [{ id: intent, name }] });
            expect(isReadOnce(without("Book"), without("Buy"))).toBe(false);
            const listed = (name: string) => flowWith([plain, { id: "b" }], { [name]: [edge] });
            expect(isReadOnce(listed("edges"), listed("lines"))).toBe(false);
        });

        it("reads the first of several nodes of one id once", () => {
            const twice = flowWith([
                { id: "a", text: "x" },
                { id: "a", text: "y" },
            ]);
            expect(isReadOnce(twice, structuredClone(twice))).toBe(true);
        });
    });

    it("is the same for a chart that was restored under other ids", () => {
        const chart = (from: number) =>
            flowWith(
                [
                    {
                        _id: OBJECT_ID(from),
                        referenceId: UUID(from),
                        type: "start",
                        label: "Start",
                        chartReference: OBJECT_ID(from + 9),
                    },
                    {
                        _id: OBJECT_ID(from + 1),
                        referenceId: UUID(from + 1),
                        type: "if",
                        label: "If",
                        config: { rule: "x" },
                    },
                    {
                        _id: OBJECT_ID(from + 2),
                        referenceId: UUID(from + 2),
                        type: "goTo",
                        config: { flowNode: { flow: UUID(from + 90), node: UUID(from + 1), isGoto: true } },
                    },
                    {
                        _id: OBJECT_ID(from + 3),
                        referenceId: UUID(from + 3),
                        type: "intentCheck",
                        config: { intent: UUID(from + 50) },
                    },
                ],
                {
                    relations: [
                        {
                            _id: OBJECT_ID(from + 20),
                            node: OBJECT_ID(from),
                            next: OBJECT_ID(from + 1),
                            children: [],
                        },
                        {
                            _id: OBJECT_ID(from + 21),
                            node: OBJECT_ID(from + 1),
                            next: OBJECT_ID(from + 3),
                            children: [OBJECT_ID(from + 2)],
                        },
                    ],
                    _id: OBJECT_ID(from + 90),
                    referenceId: UUID(from + 90),
                    intents: [
                        {
                            _id: UUID(from + 50),
                            name: "Book",
                            exampleSentences: [{ _id: OBJECT_ID(from + 60), text: "book it" }],
                        },
                    ],
                },
            );
        expect(diffFlows(chart(100), chart(200)).changes).toEqual([]);
        const other = JSON.parse(JSON.stringify(chart(200)).replace("book it", "book a flight"));
        expect(diffFlows(chart(100), other).changes.map(({ line }) => line)).toEqual([
            "intent “Book”: exampleSentences[0].text “book it” → “book a flight”",
        ]);
    });
});
