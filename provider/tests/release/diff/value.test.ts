import { deepText, jsonOf, textOf, type Value } from "../../../src/release/diff/value.js";

describe("the text of a value", () => {
    it("is the same for the same value, and takes others apart", () => {
        const value: Value = new Map<string, Value>([
            ["a", [1, "1", null, true]],
            ["b", new Map([["c", "}"]])],
        ]);
        expect(textOf(value)).toBe('{"a":[1,"1",null,true],"b":{"c":"}"}}');
        expect(jsonOf(value)).toEqual({ a: [1, "1", null, true], b: { c: "}" } });
    });

    it("has the names in order, at any depth, and not what is undefined", () => {
        const value = { b: [1, { d: undefined, c: "x" }], a: { z: null, y: () => 0 } };
        expect(deepText(value)).toBe('{"a":{"y":null,"z":null,},"b":[1,{"c":"x",},],}');
        expect(deepText("x")).toBe('"x"');
        expect(deepText(undefined)).toBe("null");
    });
});
