import { Vocabulary } from "../../../src/release/diff/similarity.js";
import { drawn } from "../../support/drawn.js";

/** How similar two nodes are that hold something. */
function similarity(one: Record<string, unknown>, other: Record<string, unknown>): number {
    const [left, right] = drawn([
        { id: "a", ...one },
        { id: "b", ...other },
    ]);
    return left && right ? new Vocabulary().similarity(left, right) : Number.NaN;
}

const words = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, place) => `word${from + place}`).join(" ");

describe("how similar two nodes are", () => {
    it("is how many of their words they have in common, wherever those stand", () => {
        expect(similarity({ text: "one two three" }, { config: { says: ["Three", "ONE"] } })).toBe(4 / 5);
        expect(similarity({ text: "one two" }, { text: "one two" })).toBe(1);
        expect(similarity({ text: "one two" }, { text: "three four" })).toBe(0);
    });

    it("is nothing for a single word in common, nor for their type", () => {
        expect(similarity({ text: "one" }, { text: "one" })).toBe(0);
        expect(similarity({ type: "httpRequest" }, { type: "httpRequest" })).toBe(0);
    });

    it("counts numbers and switches with their names", () => {
        expect(similarity({ retries: 3, loud: true }, { retries: 3, loud: true })).toBe(1);
        expect(similarity({ retries: 3, loud: true }, { loops: 3, loud: true })).toBe(0);
    });

    it("is told by the first words, in the order of the properties' names", () => {
        const first = words(0, 100);
        expect(similarity({ a: first, b: words(100, 200) }, { a: first, b: words(200, 300) })).toBe(1);
        expect(similarity({ a: words(100, 200), b: first }, { a: words(200, 300), b: first })).toBe(0);
        const list = Array.from({ length: 40 }, (_, place) => words(2 * place, 2 * place + 2));
        expect(similarity({ a: list }, { a: list.with(-1, "other") })).toBe(1);
        const record = Object.fromEntries(list.map((text, place) => [`n${place + 10}`, text]));
        expect(similarity({ a: record }, { a: { ...record, n49: "other" } })).toBe(1);
    });
});
