import { blastRadius } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const NO_RISK = { text: 0, logic: 0, integration: 0, destructive: 0 };

const changing = (changed: number, nodes: number) =>
    release({ context: { impact: { changed, nodes, risks: NO_RISK } } });

const risking = (risks: Record<string, number>) =>
    release({ context: { impact: { changed: 1, nodes: 40, risks: { ...NO_RISK, ...risks } } } });

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

    it("lets changes of any risk through, unless the config says otherwise", () => {
        expect(violations(blastRadius, risking({ destructive: 3, integration: 1 }))).toEqual([]);
    });

    it("advises against changes that are riskier than the config allows", () => {
        const riskier = (found: string, expected: string) =>
            message(
                `of the changes ${found}; expected at most ${expected}. ` +
                    "Release it by itself, or look at each change in `pulumi preview --diff`.",
            );
        const all = risking({ text: 4, logic: 3, integration: 2, destructive: 1 });
        expect(violations(blastRadius, all, { maxRisk: "integration" })).toEqual([
            riskier("1 are destructive", "integration"),
        ]);
        expect(violations(blastRadius, all, { maxRisk: "text" })).toEqual([
            riskier("3 are logic, 2 are integration, 1 are destructive", "text"),
        ]);
        expect(violations(blastRadius, risking({ text: 4, logic: 3 }), { maxRisk: "logic" })).toEqual([]);
    });

    const sharing = (flows: string[], resources = 1, unseen = 0) =>
        release({
            context: {
                impact: { changed: 1, nodes: 40, risks: NO_RISK, shared: { flows, resources, unseen } },
            },
        });

    it("lets a release through that touches what five other flows use, whoever could not be seen", () => {
        expect(violations(blastRadius, sharing(["a", "b", "c", "d", "e"], 2, 9))).toEqual([]);
    });

    it("advises against one that touches what more other flows use than the config allows", () => {
        const advice = "Simulate those flows too, and look at what they share in `pulumi preview --diff`.";
        expect(violations(blastRadius, sharing(["a", "b", "c", "d", "e", "f"], 2))).toEqual([
            message(
                "2 resources that it touches are used by 6 other flows (a, b, c, 3 more); " +
                    `expected at most 5. ${advice}`,
            ),
        ]);
        expect(violations(blastRadius, sharing(["a"]), { maxOtherFlows: 0 })).toEqual([
            message(`1 resource that it touches is used by 1 other flow (a); expected at most 0. ${advice}`),
        ]);
        expect(violations(blastRadius, sharing(["a", "b"]), { maxOtherFlows: 2 })).toEqual([]);
    });

    it.each([
        ["context", { context: UNKNOWN }],
        ["context.impact", { context: { impact: UNKNOWN } }],
        ["context.impact.changed", { context: { impact: { nodes: 40, changed: UNKNOWN } } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(blastRadius, release(changes))).toBe(path);
    });
});
