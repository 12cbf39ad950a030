import type { FlowNode } from "../../src/bots/definition";
import { routingOf } from "../../src/bots/routing";

function routing(nodes: FlowNode[]) {
    const { reached, stranded } = routingOf({
        id: "f",
        name: "f",
        updated_at: "2026-01-01T00:00:00Z",
        nodes,
    });
    return { reached: Object.fromEntries(reached), stranded: Object.fromEntries(stranded) };
}

test("intents are found at any depth, alone or in lists, and the first node counts", () => {
    const nodes = [
        { id: "a", type: "case", config: { intent: "one", deep: [{ intents: ["two", "three"] }] } },
        { id: "b", type: "case", config: { intent: "one" } },
    ];
    expect(routing(nodes).reached).toEqual({ one: "a", two: "a", three: "a" });
});

test("other mentions of an intent do not route it", () => {
    const nodes = [
        { id: "a", type: "question", intent: "no", config: { interruptedBy: ["one"], text: "intent" } },
    ];
    expect(routing(nodes).reached).toEqual({});
});

test("without a start node every node counts", () => {
    expect(routing([{ id: "a", type: "case", config: { intent: "one" } }]).reached).toEqual({ one: "a" });
});

test("with a start node only those count to which something leads", () => {
    const nodes = [
        { id: "s", type: "start", next: "x" },
        { id: "x", type: "lookup", next: { yes: "a", no: ["b"] } },
        { id: "a", type: "case", config: { intent: "one" }, next: "g" },
        { id: "b", type: "case", config: { intent: "two" }, next: null },
        { id: "g", type: "goTo", next: null, config: { target: "c" } },
        { id: "c", type: "case", config: { intent: "three" }, next: "s" },
        { id: "d", type: "case", config: { intent: "four" } },
        { id: "e", type: "case", config: { intent: "one" } },
    ];
    expect(routing(nodes)).toEqual({ reached: { one: "a", two: "b", three: "c" }, stranded: { four: "d" } });
});
