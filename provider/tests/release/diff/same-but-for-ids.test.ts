import { coloursOf } from "../../../src/release/diff/colours.js";
import { Pairs } from "../../../src/release/diff/pairs.js";
import { sameButForIds } from "../../../src/release/diff/same-but-for-ids.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { drawn } from "../../support/drawn.js";

/** Which nodes are paired, as `live next`; undefined where the flows are not the same. */
function paired(live: FlowNode[], next: FlowNode[]): string[] | undefined {
    const pairs = new Pairs();
    const [before, after] = [drawn(live), drawn(next)];
    const colours = coloursOf([...before, ...after]).at(-1) ?? new Map();
    const found = [before, after, colours, pairs] as const;
    const areSame = sameButForIds(...found);
    const ids = [...pairs].map(([one, other]) => `${one.id} ${other.id}`).sort();
    expect(areSame || ids.length === 0).toBe(true);
    return areSame ? ids : undefined;
}

/** A row of nodes that say the same, but for the last one. */
const row = (id: string, length: number, last: string): FlowNode[] =>
    Array.from({ length }, (_, place) => ({
        id: `${id}${place}`,
        text: place === length - 1 ? last : "same",
        next: place < length - 1 ? `${id}${place + 1}` : null,
    }));

describe("flows that are the same but for their ids", () => {
    const alike = (...ids: string[]) => ids.map((id) => ({ id, text: "same" }));

    it("are paired node by node, with the one of the same id before others", () => {
        expect(paired(row("a", 2, "x"), row("b", 2, "x"))).toEqual(["a0 b0", "a1 b1"]);
        expect(paired(alike("b", "c"), alike("a", "b"))).toEqual(["b b", "c a"]);
        expect(paired(alike("a", "b"), [{ id: "a", text: "other" }, ...alike("x", "y")])).toEqual([
            "a x",
            "b y",
        ]);
    });

    it("are found along the edges where nothing near tells nodes apart", () => {
        const live = [...row("a", 9, "x"), ...row("b", 9, "y")];
        const next = [...row("c", 9, "y"), ...row("d", 9, "x")];
        expect(paired(live, next)).toEqual(
            live.map(({ id = "" }) => `${id} ${id.startsWith("a") ? "d" : "c"}${id.slice(1)}`),
        );
    });

    it("are not those where one holds something else, nor those with one node more of a kind", () => {
        expect(paired(row("a", 9, "x"), row("b", 9, "y"))).toBeUndefined();
        expect(paired(alike("a", "b"), alike("a", "b", "c"))).toBeUndefined();
    });

    it("are not those where a way is longer or leads on otherwise, however far from all that tells it apart", () => {
        const way = (id: string, length: number, eleventh = "next"): FlowNode[] =>
            Array.from({ length }, (_, place) => ({
                id: `${id}${place}`,
                text: place === 0 ? id : "same",
                [place === 10 ? eleventh : "next"]: place < length - 1 ? `${id}${place + 1}` : null,
            }));
        expect(
            paired([...way("a", 20), ...way("b", 19)], [...way("a", 19), ...way("b", 20)]),
        ).toBeUndefined();
        const jumping = [way("a", 20, "jump"), way("b", 20, "jump")] as const;
        expect(paired([...jumping[0], ...way("b", 20)], [...way("a", 20), ...jumping[1]])).toBeUndefined();
    });

    it("are not a circle of six nodes and two of three, although all that is near looks the same", () => {
        const circle = (id: string, length: number): FlowNode[] =>
            Array.from({ length }, (_, place) => ({
                id: `${id}${place}`,
                next: `${id}${(place + 1) % length}`,
            }));
        const two = [{ id: "alone" }, ...circle("b", 3), ...circle("c", 3)];
        expect(paired([{ id: "alone" }, ...circle("d", 6)], two)).toBeUndefined();
        expect(paired(two, [{ id: "alone" }, ...circle("d", 6)])).toBeUndefined();
        expect(paired(two, [{ id: "alone" }, ...circle("e", 3), ...circle("f", 3)])).toHaveLength(7);
    });
});
