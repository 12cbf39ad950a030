import { commonStart } from "../../../src/release/diff/common-start.js";

describe("what two texts begin with in common", () => {
    it.each([
        ["abc", "abd", 2],
        ["abc", "xbc", 0],
        ["ab", "abc", 2],
        ["abc", "ab", 2],
        ["abc", "abc", 3],
        ["", "", 0],
    ])("of %j and %j has %d characters", (one, other, length) => {
        expect(commonStart(one, other)).toBe(length);
    });
});
