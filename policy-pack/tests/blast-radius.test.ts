import { blastRadius } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const changing = (changed: number, nodes: number) => release({ context: { impact: { changed, nodes } } });

const text = (changed: number, nodes: number, most = 50, share = 0.25) =>
    `${changed} of ${nodes} nodes change; expected at most ${most}, and at most a share of ${share}. ` +
    "Release it in smaller steps, or look at each change in `pulumi preview --diff`.";

describe("blast-radius", () => {
    it.each([
        [0, 0],
        [1, 4],
        [50, 200],
        [50, 1000],
    ])("lets a change of %i of %i nodes through", (changed, nodes) => {
        expect(violations(blastRadius, changing(changed, nodes))).toEqual([]);
    });

    it.each([
        [2, 7],
        [51, 1000],
        [3, 2],
        [1, 0],
    ])("advises against a change of %i of %i nodes", (changed, nodes) => {
        expect(violations(blastRadius, changing(changed, nodes))).toEqual([message(text(changed, nodes))]);
    });

    it("lets a first release through: there is nothing to compare with", () => {
        expect(violations(blastRadius, release({ context: { impact: undefined } }))).toEqual([]);
    });

    it("takes the limits from the config", () => {
        expect(
            violations(blastRadius, changing(60, 100), { maxChangedNodes: 60, maxChangedShare: 1 }),
        ).toEqual([]);
        expect(
            violations(blastRadius, changing(61, 100), { maxChangedNodes: 60, maxChangedShare: 1 }),
        ).toEqual([message(text(61, 100, 60, 1))]);
        expect(violations(blastRadius, changing(1, 100), { maxChangedNodes: 0, maxChangedShare: 0 })).toEqual(
            [message(text(1, 100, 0, 0))],
        );
    });

    it.each([
        ["context", { context: UNKNOWN }],
        ["context.impact", { context: { impact: UNKNOWN } }],
        ["context.impact.changed", { context: { impact: { nodes: 40, changed: UNKNOWN } } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(blastRadius, release(changes))).toBe(path);
    });
});
