import { projectFrom } from "../../src/ai/from-bot/project";
import { ofType, type Resource } from "../../src/ai/resource";
import { freshState, takeTurn } from "../../src/ai/walk";
import type { FlowNode } from "../../src/bots/definition";

function resourcesOf(nodes: readonly FlowNode[]): readonly Resource[] {
    return projectFrom(
        {
            id: "b",
            intents: [{ id: "yes", examples: ["yes"] }],
            entities: [{ id: "city", values: ["Rome"] }],
            flows: [
                {
                    id: "f",
                    nodes,
                    dependencies: [
                        {
                            resourceType: "entity",
                            resourceId: "city",
                            referencePath: "nodes/a/config/entity",
                        },
                    ],
                },
            ],
        },
        "user",
    ).project.resources;
}

function turn(nodes: readonly FlowNode[], text = "yes", change: object = {}) {
    const resources = resourcesOf(nodes);
    const [flow] = ofType(resources, "flow");
    if (flow === undefined) {
        throw new Error("There is no flow.");
    }
    const changed = {
        ...flow,
        chart: { ...flow.chart, nodes: flow.chart.nodes.map((node) => ({ ...node, ...change })) },
    };
    return takeTurn(changed, resources, freshState, text);
}

const start = { id: "s", type: "start", next: "a" };
const say = (id: string, text: string, next: string | null = null) => ({
    id,
    type: "say",
    next,
    config: { text },
});

test("without a start nothing is said", () => {
    expect(turn([say("a", "Hello")]).outputs).toEqual([]);
});

test("a flow that goes in circles is left", () => {
    const { outputs, state } = turn([start, say("a", "again", "a")]);
    expect(outputs.length).toBeGreaterThan(100);
    expect(state.waitsAt).toBeNull();
});

test("a step that leads to none that exists is the last one", () => {
    expect(turn([start, say("a", "Hello", "nowhere")]).outputs).toEqual(["Hello"]);
});

test("an intent without a case goes on after the switch, if there is no default", () => {
    const nodes = [
        start,
        { id: "a", type: "lookup", next: ["c"] },
        { id: "c", type: "case", next: "d", config: { intent: "no" } },
        say("d", "No."),
    ];
    expect(turn(nodes).outputs).toEqual([]);
    expect(
        turn([
            ...nodes.slice(0, 2),
            { ...nodes[2], config: { intent: "yes" } },
            say("d", "Yes."),
        ] as FlowNode[]).outputs,
    ).toEqual(["Yes."]);
});

test("steps that are disabled are passed over", () => {
    expect(turn([start, say("a", "Hello")], "yes", { isDisabled: true }).outputs).toEqual([]);
});

test("a text that is none says nothing", () => {
    expect(turn([start, { id: "a", type: "say", config: { text: 5 } }]).outputs).toEqual([]);
});

test("what is understood, how surely, and which slots are mentioned, is told", () => {
    const nodes = [start, { id: "a", type: "question", config: { text: "Well?", entity: "city" } }];
    expect(turn(nodes, "yes, to Rome")).toMatchObject({ intent: "yes", slots: ["city"] });
    expect(turn(nodes, "hm")).toMatchObject({ intent: null, score: 0, slots: [] });
});

test("context is gathered on the way", () => {
    const nodes = [start, { id: "a", type: "setContext", config: { values: { tier: "gold" } } }];
    expect(turn(nodes).state.context).toEqual({ tier: "gold" });
});
