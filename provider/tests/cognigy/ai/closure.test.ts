import type { GraphResource } from "../../../src/cognigy/ai/answers.js";
import { draftIn, needsOf } from "../../../src/cognigy/ai/closure.js";

const uses = (_id: string, type = "flowNode", nodeId?: string) => ({
    _id,
    type,
    ...(nodeId === undefined ? {} : { properties: { nodeId } }),
});
const resource = (type: string, _id: string, more: Partial<GraphResource> = {}): GraphResource => ({
    type,
    _id,
    referenceId: `ref-${_id}`,
    name: `the ${_id}`,
    ...more,
});

test("what a flow uses itself is found at the node that uses it", () => {
    const flow = resource("flow", "f", {
        dependencies: [uses("c", "flowNode", "n1"), uses("c", "flowNode", "n2")],
    });
    const needs = needsOf("f", [flow, resource("connection", "c")]);
    expect(needs.map(({ type, id, usedBy }) => [type, id, usedBy])).toEqual([
        ["connection", "c", { nodeId: "n1" }],
        ["connection", "c", { nodeId: "n2" }],
    ]);
});

test("what others use that it uses is found, too, and where", () => {
    const needs = needsOf("f", [
        resource("flow", "f", { dependencies: [uses("g", "attachedFlow")] }),
        resource("flow", "g", { dependencies: [uses("l", "attachedLexicon")] }),
        resource("lexicon", "l"),
    ]);
    expect(needs.map(({ id, usedBy }) => [id, usedBy])).toEqual([
        ["g", { type: "flow", name: "the f" }],
        ["l", { type: "flow", name: "the g" }],
    ]);
});

test("flows that use each other come to an end", () => {
    const needs = needsOf("f", [
        resource("flow", "f", { dependencies: [uses("g", "attachedFlow")] }),
        resource("flow", "g", { dependencies: [uses("f", "attachedFlow"), uses("g", "attachedFlow")] }),
    ]);
    expect(needs.map(({ id }) => id)).toEqual(["g", "f", "g"]);
});

test("a language model needs its connection, also where the graph leaves that out, by either of its ids", () => {
    for (const connectionId of ["c", "ref-c"]) {
        const needs = needsOf("f", [
            resource("flow", "f", { dependencies: [uses("m")] }),
            resource("largeLanguageModel", "m", { properties: { connectionId } }),
            resource("connection", "c"),
        ]);
        expect(needs.map(({ type, id }) => `${type} ${id}`)).toEqual([
            "largeLanguageModel m",
            "connection c",
        ]);
    }
});

test("a connection that the graph lists is not listed twice", () => {
    const needs = needsOf("f", [
        resource("flow", "f", { dependencies: [uses("m")] }),
        resource("largeLanguageModel", "m", {
            properties: { connectionId: "ref-c" },
            dependencies: [uses("c", "attachedConnection")],
        }),
        resource("connection", "c"),
    ]);
    expect(needs).toHaveLength(2);
});

test("what is not there is needed all the same, by the kind that its use says", () => {
    const flow = resource("flow", "f", {
        dependencies: [uses("l", "attachedLexicon"), uses("x", "something new")],
    });
    expect(needsOf("f", [flow]).map(({ type, id, resource: found }) => [type, id, found])).toEqual([
        ["lexicon", "l", undefined],
        ["resource", "x", undefined],
    ]);
});

test("a flow that is not there needs nothing", () => {
    expect(needsOf("f", [])).toEqual([]);
    expect(draftIn({}, "p")).toEqual([]);
});
