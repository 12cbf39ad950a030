import fc from "fast-check";
import { plainText } from "../../src/release/plain-text.js";

describe("a plain text", () => {
    it.each([
        ["colours", "\u001b[31mred", "\uFFFD[31mred"],
        ["a cursor that moves", "done\u001b[2J\u0008\r", "done\uFFFD[2J\uFFFD\uFFFD"],
        ["controls of eight bits", "\u009b31m", "\uFFFD31m"],
        ["writing that turns", "v1\u202e2.4.1v\u2066", "v1\uFFFD2.4.1v\uFFFD"],
        ["half a character", "a\ud83d", "a\uFFFD"],
    ])("has no %s in it", (_what, text, plain) => {
        expect(plainText(text)).toBe(plain);
    });

    it("is as it was where it is plain already, line ends and all languages with it", () => {
        const text = "release v1.4.2 is blocked:\n\t- grüß dich, \u200fשלום, 你好, \u{1F469}\u200d\u{1F680}";
        expect(plainText(text)).toBe(text);
        fc.assert(fc.property(fc.string({ unit: "grapheme-ascii" }), (ascii) => plainText(ascii) === ascii));
    });

    it("is plain, whatever it was made from, and no longer or shorter", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (text) => {
                const plain = plainText(text);
                expect(plainText(plain)).toBe(plain);
                expect(plain.isWellFormed()).toBe(true);
                expect(plain).toHaveLength(text.length);
            }),
        );
    });
});
