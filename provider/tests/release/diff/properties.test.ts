import { type Difference, differences } from "../../../src/release/diff/properties.js";
import type { Fields, Value } from "../../../src/release/diff/value.js";

/** A record of fields, and all records in it. */
const fields = (record: Record<string, unknown>): Fields =>
    new Map(Object.entries(record).map(([name, value]) => [name, asValue(value)]));

function asValue(value: unknown): Value {
    if (Array.isArray(value)) {
        return value.map(asValue);
    }
    return typeof value === "object" && value !== null
        ? fields(value as Record<string, unknown>)
        : (value as Value);
}

const between = (before: unknown, after: unknown): Difference[] =>
    differences(fields({ list: before }), fields({ list: after }));

describe("the properties that differ", () => {
    it("are the innermost ones, in the order of their names", () => {
        const before = fields({ b: { c: 1, d: 2 }, a: "x", same: [1] });
        const after = fields({ a: "y", b: { c: 1, d: null, e: 0 }, same: [1] });
        expect(differences(before, after)).toEqual([
            { path: ["a"], before: "x", after: "y" },
            { path: ["b", "d"], before: 2, after: null },
            { path: ["b", "e"], before: undefined, after: 0 },
        ]);
    });

    it("are told as a whole where one is a list or a record and the other is not", () => {
        for (const [before, after] of [
            [["a"], "a"],
            ["a", ["a"]],
            [{ a: 1 }, [1]],
            [[1], { a: 1 }],
            [{ a: 1 }, null],
        ]) {
            expect(between(before, after)).toEqual([
                { path: ["list"], before: asValue(before), after: asValue(after) },
            ]);
        }
    });

    it("of a list are what is gone and what is new, or that it is in another order", () => {
        expect(between(["a", "b", "b"], ["b", "c"])).toEqual([
            { path: ["list"], before: ["a", "b"], after: ["c"], list: "elements" },
        ]);
        expect(between(["a", "b", "c"], ["a", "c", "b"])).toEqual([
            { path: ["list"], before: ["a", "b", "c"], after: ["a", "c", "b"], list: "order" },
        ]);
    });

    it("of a list's elements with parts are what differs in them, where as many are new as are gone", () => {
        const [one, other] = [
            { title: "a", text: "t" },
            { title: "b", text: "t" },
        ];
        expect(between([one, "x"], ["x", other])).toEqual([
            { path: ["list", "[1]", "title"], before: "a", after: "b" },
        ]);
        for (const instead of [[other, 1], ["b"], [null]]) {
            expect(between([one], instead)).toEqual([
                { path: ["list"], before: [asValue(one)], after: instead.map(asValue), list: "elements" },
            ]);
        }
    });
});
