import { diffFlows } from "../../../src/release/diff/diff.js";
import { flowWith } from "../../support/drawn.js";

/** A node that leads on by several ways out, to one of three others or into nothing. */
function asking(next: unknown) {
    const ends = ["b", "c", "d"].map((id) => ({ id, label: id.toUpperCase() }));
    return flowWith([{ id: "a", label: "Ask", next }, ...ends]);
}

const changes = (live: unknown, next: unknown) =>
    diffFlows(asking(live), asking(next)).changes.map(({ risk, line }) => `${risk}: ${line}`);

describe("an edge into nothing", () => {
    it("is told where it is new, with what it led to before by the same way out", () => {
        expect(changes({ success: "b", failure: "c" }, { success: "gone", failure: "d" })).toEqual([
            "destructive: “Ask” (success) leads to gone, which does not exist, instead of “B”",
            "logic: “Ask” (failure) leads to “D” instead of “C”",
        ]);
    });

    it("takes the place of no other edge in a list", () => {
        expect(changes(["b", "c"], ["b", "gone"])).toEqual([
            "destructive: “Ask” leads to gone, which does not exist",
            "logic: “Ask” no longer leads to “C”",
        ]);
    });

    it("is told where it is gone, and is nothing where it was before", () => {
        expect(changes({ success: "gone", failure: "c" }, { failure: "c" })).toEqual([
            "logic: “Ask” (success) no longer leads to gone, which does not exist",
        ]);
        expect(changes(["gone", "b"], ["b", "gone"])).toEqual([]);
        expect(changes(["gone"], ["gone", "lost"])).toEqual([
            "destructive: “Ask” leads to lost, which does not exist",
        ]);
    });
});
