import { diffFlows } from "../../../src/release/diff/diff.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { flowWith } from "../../support/drawn.js";

const named = (id: string, next?: unknown): FlowNode => ({ id, label: id, next });

/** What is told where a node leads elsewhere, of which the others are there in both flows, and more of them perhaps in one. */
function told(live: unknown, next: unknown, gone: FlowNode[] = [], fresh: FlowNode[] = []): string[] {
    const others = ["b", "c", "d"].map((id) => named(id));
    return diffFlows(
        flowWith([named("a", live), ...others, ...gone]),
        flowWith([named("a", next), ...others, ...fresh]),
    ).changes.map(({ line }) => line.replace(/^.* › /, ""));
}

describe("a node that leads elsewhere", () => {
    it("is told of where only the way out is another one", () => {
        expect(told({ yes: "b" }, { no: "b" })).toEqual([
            "“a” (no) leads to “b”",
            "“a” (yes) no longer leads to “b”",
        ]);
        expect(told({ yes: "b", no: "c" }, { yes: "c", no: "b" })).toEqual([
            "“a” (no) leads to “b” instead of “c”",
            "“a” (yes) leads to “c” instead of “b”",
        ]);
    });

    it("is told of once for each time that it led there", () => {
        expect(told(["b", "c", "c"], ["b", "c"])).toEqual(["“a” no longer leads to “c”"]);
        expect(told(["b", "c"], ["b", "c", "c"])).toEqual(["“a” also leads to “c”"]);
        expect(told(["b", "c", "d"], ["d", "b"])).toEqual([
            "“a” no longer leads to “c”",
            "“a” takes its branches in another order",
        ]);
    });

    it("is not told of where a node came in between, was taken out, or took another one's place", () => {
        expect(told("b", "x", [], [named("x", "b")])).toEqual(["“x” added after “a”"]);
        expect(told("x", "b", [named("x", "b")])).toEqual(["“x” removed after “a”"]);
        expect(told("x", "y", [named("x", "b")], [{ ...named("y", "b"), type: "say" }])).toEqual([
            "“x” removed after “a”",
            "say “y” added after “a”",
        ]);
    });

    it("is told of where a node that came in or was taken out leads elsewhere", () => {
        expect(told("b", "x", [], [named("x", "c")])).toEqual([
            "“a” leads to “x” instead of “b”",
            "“x” added after “a”, leads to “c”",
        ]);
        expect(told("x", "c", [named("x", "b")])).toEqual([
            "“x” removed after “a”",
            "“a” leads to “c” instead of “x”",
        ]);
        expect(told("x", null, [named("x", "b")])).toEqual([
            "“x” removed after “a”",
            "“a” no longer leads to “b”",
        ]);
        expect(told("x", null, [named("x")])).toEqual(["“x” removed after “a”"]);
        expect(told(null, "x", [], [named("x", "c")])).toEqual(["“x” added after “a”, leads to “c”"]);
    });

    it("is told of in a list, but for the nodes that came in there and were taken out", () => {
        expect(told(["b", "x"], ["b"], [named("x", "c")])).toEqual(["“x” removed after “a”"]);
        expect(told(["b", "c"], ["b", "x"], [], [named("x", "d")])).toEqual([
            "“a” no longer leads to “c”",
            "“x” added after “a”, leads to “d”",
        ]);
        expect(told(["b", "x"], ["b", "d"], [named("x", "c")])).toEqual([
            "“x” removed after “a”",
            "“a” also leads to “d”",
        ]);
        expect(told(["x", "b"], ["b"], [named("x", "c")])).toEqual(["“x” removed after “a”"]);
    });
});
