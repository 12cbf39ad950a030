import fc from "fast-check";
import { canonicalJson, digest, isRecord, sameValue } from "../../src/release/canonical.js";
import { shuffleKeys } from "../support/shuffle.js";

describe("canonical JSON", () => {
    it("puts the keys of every object in order, however deep", () => {
        expect(canonicalJson({ b: [{ z: 1, a: 2 }], a: null })).toBe('{"a":null,"b":[{"a":2,"z":1}]}');
    });

    it("keeps the order of lists", () => {
        expect(canonicalJson([3, 1, 2])).toBe("[3,1,2]");
    });

    it("takes a key named __proto__ for data like any other", () => {
        const value = JSON.parse('{"b":1,"__proto__":{"x":1}}');
        expect(canonicalJson(value)).toBe('{"__proto__":{"x":1},"b":1}');
    });

    it("is the same for the same value, and reads as that value", () => {
        fc.assert(
            fc.property(fc.jsonValue(), fc.infiniteStream(fc.nat()), (value, numbers) => {
                const text = canonicalJson(value);
                expect(canonicalJson(shuffleKeys(value, numbers))).toBe(text);
                expect(canonicalJson(JSON.parse(text))).toBe(text);
                expect(JSON.stringify(JSON.parse(text))).toHaveLength(JSON.stringify(value).length);
            }),
        );
    });

    it("says so when a value is nested too deeply", () => {
        const deep = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
        expect(() => canonicalJson(deep)).toThrow(RangeError);
    });
});

describe("a digest", () => {
    it("is the SHA-256 of the canonical JSON", () => {
        // printf '{"a":1,"b":2}' | sha256sum
        expect(digest({ b: 2, a: 1 })).toBe(
            "sha256:43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777",
        );
    });

    it("differs when the value differs", () => {
        expect(digest({ a: 1 })).not.toBe(digest({ a: "1" }));
        expect(digest([1, 2])).not.toBe(digest([2, 1]));
    });
});

describe("two values", () => {
    it("are the same when only the order of keys differs", () => {
        expect(sameValue({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
        expect(sameValue({ a: 1 }, { a: 2 })).toBe(false);
        expect(sameValue([1, 2], [2, 1])).toBe(false);
    });

    it("are the same when neither is there", () => {
        expect(sameValue(undefined, undefined)).toBe(true);
        expect(sameValue(undefined, null)).toBe(false);
        expect(sameValue(undefined, {})).toBe(false);
        expect(sameValue(undefined, false)).toBe(false);
        expect(sameValue(0, false)).toBe(false);
    });
});

describe("a record", () => {
    it("is an object, and neither null nor a list", () => {
        expect([{}, { a: 1 }, null, [], "a", 1, undefined].map(isRecord)).toEqual([
            true,
            true,
            false,
            false,
            false,
            false,
            false,
        ]);
    });
});
