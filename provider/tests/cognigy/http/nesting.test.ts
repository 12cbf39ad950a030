import fc from "fast-check";
import { nestsDeeper } from "../../../src/cognigy/http/nesting.js";

/** The levels of a value, counted the slow way. */
function levelsOf(value: unknown): number {
    return typeof value === "object" && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map(levelsOf))
        : 0;
}

describe("the nesting of a JSON text", () => {
    it.each([
        ["1", 0],
        ['"[[["', 0],
        ["[]", 1],
        ['{"[":"\\"[{"}', 1],
        ['{"a\\\\":[{}]}', 3],
        ["[[],[[]],[]]", 3],
        ["[[[", 3],
        ['["[[[[', 1],
    ])("of %s is %d levels", (text, levels) => {
        expect(nestsDeeper(text, levels)).toBe(false);
        expect(levels > 0 && nestsDeeper(text, levels - 1)).toBe(levels > 0);
    });

    it("is that of the value, whatever the value", () => {
        const texts = fc.oneof(fc.string(), fc.stringMatching(/^["\\[\]{}]{0,6}$/));
        const { value } = fc.letrec<{ value: unknown }>((tie) => ({
            value: fc.oneof(
                { maxDepth: 6 },
                texts,
                fc.array(tie("value"), { maxLength: 3 }),
                fc.dictionary(texts, tie("value"), { maxKeys: 3, noNullPrototype: true }),
            ),
        }));
        fc.assert(
            fc.property(value, (any) => {
                const levels = levelsOf(any);
                const text = JSON.stringify(any);
                expect(nestsDeeper(text, levels)).toBe(false);
                expect(levels > 0 && nestsDeeper(text, levels - 1)).toBe(levels > 0);
            }),
        );
    });
});
