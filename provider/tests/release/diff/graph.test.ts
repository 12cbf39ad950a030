import { diffFlows } from "../../../src/release/diff/diff.js";
import { graphOf } from "../../../src/release/diff/graph.js";
import type { FlowDefinition } from "../../../src/release/flow.js";

function flowOf(nodes: Record<string, unknown>[], more: Record<string, unknown> = {}): FlowDefinition {
    return { id: "flow_1", updated_at: "now", nodes, ...more };
}

/** The edges of a flow, as `from path to`. */
function edgesOf(flow: FlowDefinition): string[] {
    const { flow: self, nodes } = graphOf(flow);
    return [self, ...nodes].flatMap(({ id = "flow", links }) =>
        links.map(({ path, to }) => `${id} ${path} ${to.id}`),
    );
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
        expect(edgesOf(flowOf([{ id: "a", ...more }, { id: "b" }, { id: "c" }, { id: 7 }]))).toEqual(edges);
    });

    it("has the edges that are told of elsewhere, in any order", () => {
        const nodes = [{ id: "a" }, { id: "b" }, { id: "c" }];
        const relations = [
            { _id: "r1", node: "a", children: ["b"], next: "c" },
            { _id: "r2", node: "b", children: [], next: null },
        ];
        const edges = ["a relations.children[] b", "a relations.next c"];
        expect(edgesOf(flowOf(nodes, { relations }))).toEqual(edges);
        expect(edgesOf(flowOf(nodes, { relations: relations.toReversed() }))).toEqual(edges);
        expect(
            edgesOf(
                flowOf(nodes, {
                    edges: [
                        { source: "a", target: "b" },
                        { source: "a", target: "c" },
                    ],
                }),
            ),
        ).toEqual(["a edges{}.target b", "a edges{}.target c"]);
        expect(edgesOf(flowOf([{ id: "a" }, { id: "b", parentId: "a" }]))).toEqual(["a children{} b"]);
        expect(edgesOf(flowOf(nodes, { startNode: "b" }))).toEqual(["flow startNode b"]);
    });

    it("has no edges where a text only happens to be an id", () => {
        expect(
            edgesOf(
                flowOf([
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
        expect(edgesOf(flowOf(nodes))).toEqual([`${OBJECT_ID(1)} config.anything ${OBJECT_ID(2)}`]);
    });

    it("tells conditions apart although each leads somewhere", () => {
        const asking = (...branches: unknown[]) =>
            flowOf([
                { id: "a", label: "Ask", branches },
                { id: "b", label: "B" },
                { id: "c", label: "C" },
            ]);
        const changes = (one: FlowDefinition, other: FlowDefinition) =>
            diffFlows(one, other).changes.map(({ line }) => line);
        const live = asking({ when: "yes", node: "b" }, { when: "no", node: "c" });
        expect(changes(live, asking({ when: "yes", node: "c" }, { when: "no", node: "b" }))).toEqual([
            "“Ask” takes its branches in another order",
        ]);
        expect(changes(live, asking({ when: "no", node: "b" }, { when: "yes", node: "c" }))).toEqual([
            "“Ask”: branches in another order",
        ]);
        expect(changes(live, asking({ when: "no", node: "c" }, { when: "yes", node: "b" }))).toEqual([
            "“Ask” takes its branches in another order",
        ]);
        expect(changes(live, asking({ when: "yes" }, { when: "no", node: "c" }, { node: "b" }))).toEqual([
            "“Ask” takes its branches in another order",
            '“Ask”: branches {"node":"(a node)","when":"yes"} → {"when":"yes"}, {"node":"(a node)"}',
        ]);
        expect(changes(live, asking({ when: "yes", node: "b" }, { when: "never", node: "c" }))).toEqual([
            "“Ask”: branches[1].when “no” → “never”",
        ]);
    });

    it("keeps what a node holds apart from what its edges hold, whatever its properties are called", () => {
        const held = (own: Record<string, unknown>, label?: string) =>
            flowOf([{ id: "a", label: "Ask", ...own }, { id: "b" }], {
                edges: [{ source: "a", target: "b", label }],
            });
        const changes = (one: FlowDefinition, other: FlowDefinition) =>
            diffFlows(one, other).changes.map(({ line }) => line);
        expect(changes(held({ "edges{}": "own" }, "yes"), held({ "edges{}": "anew" }, "yes"))).toEqual([
            "“Ask”: edges{} (own) “own” → “anew”",
        ]);
        expect(changes(held({ "edges{}": "own" }, "yes"), held({ "edges{}": "own" }, "no"))).toEqual([
            "“Ask”: edges{}[0].label “yes” → “no”",
        ]);
        expect(changes(held({ "edges{}": [{ label: "yes" }] }), held({}, "yes"))).toHaveLength(2);
        expect(
            changes(held({ "edges{}": "a", "edges{} (own)": "b" }), held({ "edges{} (own)": "a" })),
        ).toHaveLength(2);
    });

    it("is the same for a chart that was restored under other ids", () => {
        const chart = (from: number) =>
            flowOf(
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
