import fc from "fast-check";
import type { Piece } from "../../src/formats/words.js";
import { wrapped } from "../../src/formats/wrap.js";

const kept = (text: string): Piece[] => [{ text, kind: "kept" }];
const linesOf = (pieces: readonly Piece[], width: number) =>
    wrapped(pieces, width).map((line) => line.map(({ text }) => text).join(""));

describe("a text in lines", () => {
    it("is broken between words, and within one that no line has room for", () => {
        expect(linesOf(kept("one two three fourfivesix"), 8)).toEqual([
            "one two ",
            "three ",
            "fourfive",
            "six",
        ]);
    });

    it("keeps its own lines, and what they begin with", () => {
        expect(linesOf(kept("{\n  a: 1,\n\n}"), 10)).toEqual(["{", "  a: 1,", "", "}"]);
    });

    it("has room for characters that take two places", () => {
        expect(linesOf(kept("日本語のテキスト"), 8)).toEqual(["日本語の", "テキスト"]);
    });

    it("keeps its pieces apart, also in the middle of a line or a word", () => {
        const pieces: Piece[] = [
            { text: "say it", kind: "kept" },
            { text: " so", kind: "gone" },
            { text: "on", kind: "new" },
        ];
        expect(wrapped(pieces, 7)).toEqual([
            [
                { text: "say it", kind: "kept" },
                { text: " ", kind: "gone" },
            ],
            [
                { text: "so", kind: "gone" },
                { text: "on", kind: "new" },
            ],
        ]);
    });

    it("is all there but for blanks, in lines that are not too long, whatever it holds", () => {
        fc.assert(
            fc.property(
                fc.array(fc.string({ unit: fc.constantFrom(..."ab  \n日👋") })),
                fc.integer({ min: 2, max: 20 }),
                (texts, width) => {
                    const pieces = texts.flatMap(kept);
                    const lines = linesOf(pieces, width);
                    expect(lines.join("").replace(/\s/g, "")).toBe(texts.join("").replace(/\s/g, ""));
                    for (const line of lines) {
                        expect([...line].length + (line.match(/[日👋]/gu) ?? []).length).toBeLessThanOrEqual(
                            width,
                        );
                    }
                },
            ),
        );
    });
});
