import { diffFlows } from "../../../src/release/diff/diff.js";
import { single } from "../../../src/release/diff/kept-ids.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { wordsFor } from "../../support/conversation.js";
import { drawn, flowWith } from "../../support/drawn.js";

/** Nodes in a row, by their ids and what they say. */
function row(...said: [id: string, text: string][]): FlowNode[] {
    return said.map(([id, text], place) => ({ id, type: "say", text, next: said[place + 1]?.[0] ?? null }));
}

const changes = (live: FlowNode[], next: FlowNode[]) =>
    diffFlows(flowWith(live), flowWith(next)).changes.map(({ kind, id }) => `${kind} ${id}`);

describe("the ids that two flows share", () => {
    it("tell nodes of one type apart that got each other's id and were edited", () => {
        const rest: [string, string][] = ["c", "d", "e", "f"].map((id) => [id, wordsFor(id)]);
        const live = row(["a", wordsFor("a")], ["b", wordsFor("b")], ...rest);
        const next = row(["b", wordsFor("a")], ["a", wordsFor("b")], ...rest, ["g", "new"]);
        expect(changes(live, next)).toEqual(["added g"]);
    });

    it("say that a node of another id is another one, where most were kept", () => {
        const live = row(["a", "Hello"], ["b", "Where to?"], ["c", "Goodbye"]);
        const next = row(["a", "Hello"], ["x", "When is it?"], ["c", "Goodbye"]);
        expect(changes(live, next).sort()).toEqual(["added x", "removed b"]);
        const copy = row(["l", "Hello"], ["m", "When is it?"], ["n", "Goodbye"]);
        expect(changes(live, copy)).toEqual(["changed m"]);
    });

    it("are those that one node has", () => {
        const nodes = ["a", "b", "b", "b", undefined, "c"].map((id) => ({ id }));
        expect([...single(drawn(nodes), ({ id }) => id).keys()]).toEqual(["a", "c"]);
    });
});
