import fc from "fast-check";
import { wordPieces } from "../../src/formats/words.js";

const join = (pieces: ReturnType<typeof wordPieces>, left: string) =>
    pieces
        .filter(({ kind }) => kind !== left)
        .map(({ text }) => text)
        .join("");

describe("the words of a text that was changed", () => {
    it("are told apart: kept, gone and new", () => {
        expect(wordPieces("Where to, please?", "Where from, please?")).toEqual([
            { text: "Where ", kind: "kept" },
            { text: "to", kind: "gone" },
            { text: "from", kind: "new" },
            { text: ", please?", kind: "kept" },
        ]);
    });

    it("make up both texts again, whatever these are", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
                const pieces = wordPieces(before, after);
                expect(join(pieces, "new")).toBe(before);
                expect(join(pieces, "gone")).toBe(after);
            }),
        );
    });

    it("are not looked for in texts that have little in common, however long", () => {
        const text = (word: string) =>
            Array.from({ length: 50_000 }, (_, index) => `${word}${index}`).join(" ");
        expect(wordPieces(text("a"), text("b"))).toEqual([
            { text: text("a"), kind: "gone" },
            { text: text("b"), kind: "new" },
        ]);
    });
});
