import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { containsUnknown, isUnknown, UNKNOWN } from "../../src/release/unknown.js";

describe("a value that is not known yet", () => {
    it("is what Pulumi's SDK says it is", () => {
        expect(UNKNOWN).toBe(unknownValue);
    });

    it("is told from every other value", () => {
        expect(isUnknown(UNKNOWN)).toBe(true);
        expect([`${UNKNOWN} `, "", undefined, null, [UNKNOWN]].some(isUnknown)).toBe(false);
    });

    it("is found however deep it is", () => {
        expect(containsUnknown(UNKNOWN)).toBe(true);
        expect(containsUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
        expect(containsUnknown([[], [UNKNOWN]])).toBe(true);
    });

    it("is not found where there is none", () => {
        expect([{}, [], null, undefined, "text", 1, { a: [{ b: null }] }].some(containsUnknown)).toBe(false);
        expect(containsUnknown({ [UNKNOWN]: "a key is no value" })).toBe(false);
    });
});
