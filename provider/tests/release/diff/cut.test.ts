import fc from "fast-check";
import type { Change } from "../../../src/release/diff/change.js";
import { RISKS } from "../../../src/release/diff/change.js";
import { FEW, linesOf, USUAL } from "../../../src/release/diff/cut.js";

const change = (line: string, risk: Change["risk"] = "text"): Change => ({
    kind: "changed",
    risk,
    subject: "node",
    path: [],
    label: "",
    nodes: 1,
    line,
});

const many = (count: number) => Array.from({ length: count }, (_, index) => change(`line ${index}`));

describe("the lines of a release", () => {
    it("begin with the risk", () => {
        expect(linesOf([change("this", "logic"), change("that")])).toEqual(["logic: this", "text: that"]);
        expect(linesOf([])).toEqual([]);
    });

    it("are ten at most, with a count of the others by their risk", () => {
        expect(linesOf(many(10))).toHaveLength(10);
        expect(linesOf(many(10)).at(-1)).toBe("text: line 9");
        const lines = linesOf([...many(8), change("a", "logic"), change("b", "logic"), ...many(2)]);
        expect(lines).toHaveLength(10);
        expect(lines.at(-1)).toBe("… and 3 more: 1 logic, 2 text");
    });

    it("are cut where they are too long together, and each by itself", () => {
        const lines = linesOf(Array.from({ length: 6 }, () => change("x".repeat(300))));
        expect(lines).toEqual([
            ...Array.from({ length: 3 }, () => `text: ${"x".repeat(193)}…`),
            "… and 3 more: 3 text",
        ]);
    });

    it("are all there where they just fit, and one is there where none fits", () => {
        const two = [change("a"), change("b")];
        expect(linesOf(two, { lines: 2, characters: 14 })).toEqual(["text: a", "text: b"]);
        expect(linesOf(two, { lines: 2, characters: 13 })).toEqual(["text: a", "… and 1 more: 1 text"]);
        expect(linesOf(two, { lines: 2, characters: 1 })).toEqual(["text: a", "… and 1 more: 1 text"]);
    });

    it("can be fewer", () => {
        expect(linesOf(many(9), FEW)).toHaveLength(5);
    });

    it("never take more than the state has room for, and leave nothing uncounted", () => {
        const anyChanges = fc.array(
            fc
                .record({
                    line: fc.string({ unit: "binary", maxLength: 300 }),
                    risk: fc.constantFrom(...RISKS),
                })
                .map(({ line, risk }) => change(line, risk)),
            { maxLength: 40 },
        );
        fc.assert(
            fc.property(anyChanges, fc.constantFrom(USUAL, FEW), (changes, limit) => {
                const lines = linesOf(changes, limit);
                expect(lines.length).toBeLessThanOrEqual(limit.lines);
                const rest = /^… and (\d+) more: /.exec(lines.at(-1) ?? "");
                const told = rest ? lines.length - 1 + Number(rest[1]) : lines.length;
                expect(told).toBe(changes.length);
                const text = lines.slice(0, rest ? -1 : undefined).join("");
                expect(text.length).toBeLessThanOrEqual(Math.max(limit.characters, 2 * 200));
            }),
        );
    });
});
