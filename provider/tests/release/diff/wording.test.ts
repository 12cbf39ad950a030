import type { GraphNode } from "../../../src/release/diff/node.js";
import {
    commonSentence,
    fullName,
    groupSentence,
    labelOf,
    propertySentence,
    rewiringSentence,
} from "../../../src/release/diff/wording.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { drawn } from "../../support/drawn.js";

const nodeOf = (node: FlowNode) => drawn([node])[0] as GraphNode;
const nodesOf = (...labels: string[]) => labels.map((label, place) => nodeOf({ id: `n${place}`, label }));
const MENU = nodeOf({ id: "m", label: "Menu" });

describe("the name of a node", () => {
    it.each<[FlowNode, string, string]>([
        [{ id: "a", type: "say", label: "Hello" }, "Hello", "say “Hello”"],
        [{ id: "a", label: "Hello" }, "Hello", "“Hello”"],
        [{ id: "a", type: "say" }, "say a", "say a"],
        [{ id: "a" }, "node a", "node a"],
        [{ type: "say" }, "say", "say"],
    ])("%j is its label, or what it is", (node, label, full) => {
        expect(labelOf(nodeOf(node))).toBe(label);
        expect(fullName(nodeOf(node))).toBe(full);
    });
});

describe("a sentence on where a node leads", () => {
    const [a, b, c] = nodesOf("A", "B", "C") as [GraphNode, GraphNode, GraphNode];

    it("names what is new and what is gone, and counts more than two", () => {
        expect(rewiringSentence(MENU, "next", [], [a])).toBe("“Menu” leads to “A”");
        expect(rewiringSentence(MENU, "next[]", [], [a, b])).toBe("“Menu” also leads to “A”, “B”");
        expect(rewiringSentence(MENU, "next[]", [a, b, c], [])).toBe(
            "“Menu” no longer leads to “A”, “B” and 1 more",
        );
        expect(rewiringSentence(MENU, "next", [a], [b])).toBe("“Menu” leads to “B” instead of “A”");
    });

    it("takes nodes of one name apart by their ids", () => {
        const other = nodeOf({ id: "other", label: "A" });
        expect(rewiringSentence(MENU, "next", [a, b], [other])).toBe(
            "“Menu” leads to “A” (other) instead of “A” (n0), “B”",
        );
        expect(rewiringSentence(MENU, "next", [nodeOf({ label: "A" })], [other])).toBe(
            "“Menu” leads to “A” (other) instead of “A”",
        );
    });

    it.each([
        ["next.yes", " (yes)"],
        ["config.onError", " (onError)"],
        ["branches[].else[]", " (else)"],
        ['edges{{"label":"a.b"}}.fallback', " (fallback)"],
        ["lines{}", " (lines)"],
        ["nextSteps", " (nextSteps)"],
        ["subnode", " (subnode)"],
        ["next", ""],
        ["relations.children[]", ""],
        ["edges{}.target", ""],
    ])("of the path %s says the way out: %j", (path, way) => {
        expect(rewiringSentence(MENU, path, [], [a])).toMatch(
            new RegExp(`^“Menu”${way.replace(/[()]/g, "\\$&")} (?:also )?leads to “A”$`),
        );
    });
});

describe("a sentence on nodes that follow on each other", () => {
    it("counts them by their types, the most frequent first, and the rest together", () => {
        const nodes = ["head", "a", "b", "b", "c", "d", "e", ""].map((type, place) =>
            nodeOf({ id: `${place}`, type }),
        );
        const [head] = nodes as [GraphNode];
        expect(groupSentence({ head, after: MENU, nodes }, "removed")).toBe(
            "head 0 removed after “Menu”, with 7 nodes after it (2 b, 1 a, 1 c, 1 d, 2 others)",
        );
        expect(groupSentence({ head, after: undefined, nodes: nodes.slice(0, 2) }, "added")).toBe(
            "head 0 added, with 1 node after it (1 a)",
        );
        const untyped = [head, nodes.at(-1) as GraphNode];
        expect(groupSentence({ head, after: undefined, nodes: untyped }, "added", nodesOf("A", "B"))).toBe(
            "head 0 added, with 1 node after it (1 node), leads to “A”, “B”",
        );
    });
});

describe("a sentence on a property", () => {
    const sentence = (path: string[], type = "say") =>
        propertySentence(nodeOf({ id: "a", type, label: "A" }), { path, before: 1, after: 2 }, 1, 2);

    it.each([
        ["config.text", "“A” says 1 → 2"],
        ["config.text.[0]", "“A” says 1 → 2"],
        ["config.text.[12]", "“A” says 1 → 2"],
        ["preview.[0].say", "“A” says 1 → 2"],
        ["config.texture", "“A”: texture 1 → 2"],
        ["context", "“A”: context 1 → 2"],
        ["config.intent", "“A” matches intent 1 → 2"],
        ["config.intents", "“A” matches intent 1 → 2"],
        ["config.intentScore", "“A”: intentScore 1 → 2"],
        ["config.subintents", "“A”: subintents 1 → 2"],
        ["config.rule", "“A” decides on 1 → 2"],
        ["config.rules", "“A”: rules 1 → 2"],
        ["config", "“A”: config 1 → 2"],
        ["config.preview", "“A”: config.preview 1 → 2"],
        ["configured.config.x", "“A”: configured.config.x 1 → 2"],
        ["myconfig.x", "“A”: myconfig.x 1 → 2"],
    ])("%s: %s", (path, line) => {
        expect(sentence(path.split("."))).toBe(line);
    });

    it("of a question says that it asks", () => {
        expect(sentence(["text"], "question")).toBe("“A” asks 1 → 2");
    });

    it("tells of a list what is new and gone, and of what became or was a list all of it", () => {
        const node = nodeOf({ id: "a", label: "A" });
        const told = (before: string[], after: string[]) =>
            propertySentence(node, { path: ["x"], before, after, list: "elements" }, before, after);
        expect(told(["a"], ["b"])).toBe("“A”: x “a” → “b”");
        const long = "x".repeat(80);
        expect(told([`${long}a`], [`${long}b`])).toBe("“A”: x “…xxxxxxxxxxxxxxxxa” → “…xxxxxxxxxxxxxxxxb”");
        expect(told([], ["b"])).toBe("“A”: x also “b”");
        expect(told(["a"], [])).toBe("“A”: x no longer “a”");
        expect(told(["a"], ["b", "c"])).toBe("“A”: x “a” → “b”, “c”");
        expect(propertySentence(node, { path: ["x"], before: "a", after: ["b"] }, "a", ["b"])).toBe(
            '“A”: x “a” → ["b"]',
        );
        expect(propertySentence(node, { path: ["x"], before: ["a"], after: ["b"] }, ["a"], ["b"])).toBe(
            '“A”: x ["a"] → ["b"]',
        );
    });

    it("of several nodes names two of them", () => {
        expect(commonSentence(nodesOf("A", "B", "C"), { path: ["x"], before: 1, after: 2 }, 1, 2)).toBe(
            "x 1 → 2 in 3 nodes: “A”, “B” and 1 more",
        );
    });
});
