import fc from "fast-check";
import { HIDDEN } from "../../../src/release/diff/hidden.js";
import {
    clip,
    oneLine,
    shown,
    shownChange,
    shownElements,
    shownName,
} from "../../../src/release/diff/shown.js";

describe("what is shown of a value", () => {
    it.each([
        ["Hello", "“Hello”"],
        [7, "7"],
        [null, "null"],
        [undefined, "nothing"],
        [["a", 1], '["a",1]'],
        [{ a: { b: true } }, '{"a":{"b":true}}'],
        [HIDDEN, "[not shown]"],
        ["a\n\tb\u0000c\u202ed\u200be", "“a b\uFFFDc\uFFFDde”"],
        ["x".repeat(100), `“${"x".repeat(59)}…”`],
    ])("%j is %s", (value, text) => {
        expect(shown(value)).toBe(text);
    });

    it("is never half of a character", () => {
        expect(clip("👋".repeat(10), 5)).toBe(`${"👋".repeat(4)}…`);
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 80 }), (text, most) => {
                expect(clip(oneLine(text), most).isWellFormed()).toBe(true);
                expect([...clip(oneLine(text), most)].length).toBeLessThanOrEqual(most);
            }),
        );
    });

    it("is what is around the difference, where two texts are long", () => {
        const long = "I can book a flight for you, or change or cancel one that you have booked before.";
        expect(shownChange(long, long.replace("booked", "paid for"))).toBe(
            "“…one that you have booked before.” → “…one that you have paid for before.”",
        );
        expect(shownChange(`${"x".repeat(200)}a`, `${"x".repeat(200)}b`)).toBe(
            `“…${"x".repeat(16)}a” → “…${"x".repeat(16)}b”`,
        );
        expect(shownChange(`a${long}`, `b${long}`)).toBe(
            "“aI can book a flight for you, or change or cancel one that …” → " +
                "“bI can book a flight for you, or change or cancel one that …”",
        );
    });

    it("says so where it looks the same", () => {
        expect(shownChange("a b", "a  b")).toBe("“a b” → “a b”, in what is not shown");
        expect(shownChange(HIDDEN, HIDDEN)).toBe("changed [not shown]");
        expect(shownChange(HIDDEN, "a")).toBe("[not shown] → “a”");
        expect(shownChange(undefined, HIDDEN)).toBe("nothing → [not shown]");
    });

    it("is the first elements of a list, and how many there are beside", () => {
        expect(shownElements(["a", "b"])).toBe("“a”, “b”");
        expect(shownElements(["x".repeat(50)])).toBe(`“${"x".repeat(50)}”`);
        expect(shownElements(["x".repeat(50), "y"])).toBe(`“${"x".repeat(39)}…”, “y”`);
        expect(shownElements(["a", 2, "c", "d"])).toBe("“a”, 2 and 2 more");
    });

    it("is no credential in a name", () => {
        expect(shownName("Bearer abcdefghijklmnopqrstuvwxyz")).toBe("[not shown]");
        expect(shownName("y".repeat(50))).toBe(`${"y".repeat(39)}…`);
    });

    it("is the whole of what fits, and one character less than what does not", () => {
        expect(clip("12345", 5)).toBe("12345");
        expect(clip("123456", 5)).toBe("1234…");
        expect(oneLine("\u00a0é \u200b")).toBe("é");
    });

    it("is the whole of two texts of which both fit, and else what is around the difference in both", () => {
        const [short, long] = ["x".repeat(40), "x".repeat(60)];
        expect(shownChange(`${short}a`, `${short}b`)).toBe(`“${short}a” → “${short}b”`);
        expect(shownChange(`${long.slice(1)}a`, `${long.slice(1)}b`)).toBe(
            `“${long.slice(1)}a” → “${long.slice(1)}b”`,
        );
        expect(shownChange(`${short}a`, `${short}b${long}`)).toBe(
            `“…${"x".repeat(16)}a” → “…${"x".repeat(16)}b${"x".repeat(41)}…”`,
        );
        expect(shownChange(long, `${long}b`)).toBe(`“…${"x".repeat(16)}” → “…${"x".repeat(16)}b”`);
    });

    it("begins with a word, where one begins near the difference", () => {
        const text = (space: number, last: string) =>
            `${"x".repeat(60)} ${"y".repeat(space)}${"z".repeat(16)}${last}`;
        expect(shownChange(text(15, "a"), text(15, "b"))).toContain(`“…${"y".repeat(15)}${"z".repeat(16)}a”`);
        expect(shownChange(text(16, "a"), text(16, "b"))).toContain(`“…${"z".repeat(16)}a”`);
    });
});
