import { diffFlows } from "../../../src/release/diff/diff.js";
import { flowWith } from "../../support/drawn.js";

/** Where nodes lead, by their ids, which are their labels too. */
type Wiring = Record<string, string | string[] | null>;

/** What is told of nodes that are wired anew. */
function told(live: Wiring, next: Wiring): string[] {
    const flow = (wiring: Wiring) =>
        flowWith(Object.entries({ ...live, ...wiring }).map(([id, to]) => ({ id, label: id, next: to })));
    return diffFlows(flow(live), flow(next)).changes.map(({ line }) => line.replace(/^.* › /, ""));
}

describe("a node that was moved", () => {
    it("is told of in one line, where others close up and make room", () => {
        const live = { p: "x", x: "q", q: null, r: "s", s: null };
        expect(told(live, { p: "q", r: "x", x: "s" })).toEqual(["“x” moved from after “p” to after “r”"]);
    });

    it("is told so from and to an end", () => {
        const atEnd = { p: "x", x: null, r: null };
        expect(told(atEnd, { p: null, r: "x" })).toEqual(["“x” moved from after “p” to after “r”"]);
        const fromEnd = { p: "x", x: null, r: "s", s: null };
        expect(told(fromEnd, { p: null, r: "x", x: "s" })).toEqual(["“x” moved from after “p” to after “r”"]);
        const toEnd = { p: "x", x: "q", q: null, r: null };
        expect(told(toEnd, { p: "q", x: null, r: "x" })).toEqual(["“x” moved from after “p” to after “r”"]);
    });

    it("is told so from one list to another, beside what else those lose and gain", () => {
        const live = { p: ["x", "y", "a"], x: null, y: null, a: null, r: ["b"], b: null, w: null };
        expect(told(live, { p: ["a"], r: ["b", "x", "w"] })).toEqual([
            "“p” no longer leads to “y”",
            "“r” also leads to “w”",
            "“x” moved from after “p” to after “r”",
        ]);
    });

    it("is told so although several led to it, of which each is told that leads elsewhere than the rest", () => {
        const live = { p: "x", o: "x", x: "q", q: null, r: "s", s: null, z: null };
        expect(told(live, { p: "q", o: "q", r: "x", x: "s" })).toEqual([
            "“x” moved from after “o” to after “r”",
        ]);
        expect(told(live, { p: "q", o: "z", r: "x", x: "s" })).toEqual([
            "“o” leads to “z” instead of “x”",
            "“x” moved from after “p” to after “r”",
        ]);
    });

    it("leaves it to be told that another list led to it too", () => {
        const live = { p: ["x", "a"], o: ["x", "a"], x: null, a: null, r: ["a"] };
        expect(told(live, { p: ["a"], o: ["a"], r: ["a", "x"] })).toEqual([
            "“p” no longer leads to “x”",
            "“x” moved from after “o” to after “r”",
        ]);
    });
});

describe("a row of nodes that was moved", () => {
    it("ends with the one that leads to what made room", () => {
        const live = { p: "x", x: "y", y: "z", z: "q", q: null, r: "s", s: null };
        expect(told(live, { p: "q", r: "x", z: "s" })).toEqual([
            "“x” moved, with what follows up to “z”, from after “p” to after “r”",
        ]);
    });

    it("is the shortest that tells all", () => {
        const live = { p: "a", a: "b", b: "c", c: "d", d: "q", q: null };
        expect(told(live, { p: "d", d: "a", c: "q" })).toEqual(["“d” moved from after “c” to after “p”"]);
        expect(told(live, { p: "b", d: "a", a: "q" })).toEqual(["“a” moved from after “p” to after “d”"]);
    });

    it("is five hundred nodes long at most", () => {
        const lines = (length: number) => {
            const row = Array.from({ length }, (_, place) => [`n${place}`, `n${place + 1}`] as const);
            const last = `n${length - 1}`;
            const live = { ...Object.fromEntries(row), p: "n0", [last]: "q", q: null, r: "s", s: null };
            return told(live, { p: "q", r: "n0", [last]: "s" });
        };
        expect(lines(500)).toHaveLength(1);
        expect(lines(501)).toHaveLength(3);
    });

    it("is not told of where its end leads elsewhere, or led elsewhere", () => {
        const live = { p: "x", x: "q", q: null, r: "s", s: null, z: null };
        expect(told(live, { p: "q", r: "x", x: null })).toEqual([
            "“p” leads to “q” instead of “x”",
            "“r” leads to “x” instead of “s”",
            "“x” no longer leads to “q”",
        ]);
        expect(told(live, { p: "q", r: "x", x: "z" })).toEqual([
            "“p” leads to “q” instead of “x”",
            "“r” leads to “x” instead of “s”",
            "“x” leads to “z” instead of “q”",
        ]);
        expect(told(live, { p: null, r: "x", x: "s" })).toEqual([
            "“p” no longer leads to “x”",
            "“r” leads to “x” instead of “s”",
            "“x” leads to “s” instead of “q”",
        ]);
    });
});
