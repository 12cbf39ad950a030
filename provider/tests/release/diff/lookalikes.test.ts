import { pairLookalikes } from "../../../src/release/diff/lookalikes.js";
import { Pairs } from "../../../src/release/diff/pairs.js";
import { Vocabulary } from "../../../src/release/diff/similarity.js";
import type { FlowNode } from "../../../src/release/flow.js";
import { drawn } from "../../support/drawn.js";

/** Which nodes are paired, as `live next`. */
function paired(live: FlowNode[], next: FlowNode[]): string[] {
    const pairs = new Pairs();
    pairLookalikes(drawn(live), drawn(next), new Vocabulary(), 0.6, pairs);
    return [...pairs].map(([one, other]) => `${one.id} ${other.id}`).sort();
}

const saying = (id: string, text: string, type = "say") => ({ id, type, text });

describe("pairing what looks alike", () => {
    it("takes nodes of one type that have enough in common", () => {
        const live = [saying("a", "one two three four five")];
        expect(paired(live, [saying("b", "one two three x y")])).toEqual(["a b"]);
        expect(paired(live, [saying("b", "one two w x y")])).toEqual([]);
        expect(paired(live, [saying("b", "one two three four five", "question")])).toEqual([]);
    });

    it("takes the most similar first, and each once", () => {
        const live = [saying("a", "one two three four"), saying("b", "one two three five")];
        const next = [saying("x", "one two three five"), saying("y", "one two three six")];
        expect(paired(live, next)).toEqual(["a y", "b x"]);
        expect(paired(live, next.slice(0, 1))).toEqual(["b x"]);
        expect(paired(live.slice(0, 1), next.toReversed())).toEqual(["a x"]);
    });

    it("looks for a node by rare words only", () => {
        const many = (count: number) =>
            Array.from({ length: count }, (_, place) => saying(`n${place}`, `one two three own${place}`));
        const live = [saying("a", "one two three four")];
        expect(paired(live, many(8))).toEqual(["a n0"]);
        expect(paired(live, many(9))).toEqual([]);
    });
});
