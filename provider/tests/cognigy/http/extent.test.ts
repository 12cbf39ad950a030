import fc from "fast-check";
import { type Extent, excessOf } from "../../../src/cognigy/http/extent.js";

/** What a value holds, counted the slow way; an empty list or object counts as one of one. */
function extentOf(value: unknown): Extent {
    if (typeof value !== "object" || value === null) {
        return { levels: 0, values: 1 };
    }
    const inner = Object.values(value).map(extentOf);
    return {
        levels: 1 + Math.max(0, ...inner.map(({ levels }) => levels)),
        values: 1 + (inner.length === 0 ? 1 : inner.reduce((sum, { values }) => sum + values, 0)),
    };
}

function expectExtent(text: string, { levels, values }: Extent): void {
    expect(excessOf(text, { levels, values })).toBeUndefined();
    expect(excessOf(text, { levels, values: values - 1 })).toBe("values");
    if (levels > 0) {
        expect(excessOf(text, { levels: levels - 1, values })).toBe("levels");
    }
}

describe("the extent of a JSON text", () => {
    it.each([
        ["1", 0, 1],
        ['"[[[,,,"', 0, 1],
        ["[]", 1, 2],
        ['{"[":"\\"[{,"}', 1, 2],
        ['{"a\\\\":[{}]}', 3, 4],
        ["[[],[[]],[]]", 3, 8],
        ["[1,2,3]", 1, 4],
        ["[[[", 3, 4],
        ['["[[[[,,,,', 1, 2],
    ])("of %s is %d levels and %d values", (text, levels, values) => {
        expectExtent(text, { levels, values });
    });

    it("is that of the value, whatever the value", () => {
        const texts = fc.oneof(fc.string(), fc.stringMatching(/^["\\[\]{},]{0,6}$/));
        const { value } = fc.letrec<{ value: unknown }>((tie) => ({
            value: fc.oneof(
                { maxDepth: 6 },
                texts,
                fc.array(tie("value"), { maxLength: 3 }),
                fc.dictionary(texts, tie("value"), { maxKeys: 3, noNullPrototype: true }),
            ),
        }));
        fc.assert(fc.property(value, (any) => expectExtent(JSON.stringify(any), extentOf(any))));
    });
});
