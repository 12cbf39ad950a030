import { compareTexts, groupedBy, sortedBy } from "../../../src/release/diff/order.js";

describe("the order of texts", () => {
    it("is the same everywhere: capitals first, and no language's own", () => {
        expect(compareTexts("a", "b")).toBe(-1);
        expect(compareTexts("b", "a")).toBe(1);
        expect(compareTexts("a", "a")).toBe(0);
        expect(sortedBy([{ n: "b" }, { n: "ä" }, { n: "B" }, { n: "a" }], ({ n }) => n)).toEqual(
            ["B", "a", "b", "ä"].map((n) => ({ n })),
        );
    });

    it("is kept within groups, and among them", () => {
        expect([...groupedBy(["b2", "a1", "b1"], (text) => text[0])]).toEqual([
            ["b", ["b2", "b1"]],
            ["a", ["a1"]],
        ]);
    });
});
