import fc from "fast-check";
import type { Proof } from "../../src/release/context.js";
import { withDefaults } from "../../src/release/defaults.js";
import { declaredOf, type ReleaseInputs } from "../../src/release/inputs.js";
import { checkedIn, keptInputs } from "../../src/release/kept-inputs.js";
import { type CheckedFindings, compact } from "../../src/release/state.js";
import { UNKNOWN } from "../../src/release/unknown.js";
import { anyDeclaration } from "../support/any-release.js";
import { inputs } from "../support/samples.js";

const FINDINGS: CheckedFindings = {
    contentHash: `sha256:${"ab".repeat(32)}`,
    changes: ["text: “Welcome” says “Hello” → “Hi”"],
    risk: "text",
    gates: { dependencies: { validated: true, checked: 9 } },
};
const PROVEN = { environment: "staging", since: "2026-01-02T03:04:05.000Z" };

describe("inputs as they are kept", () => {
    it("come back as they were checked", () => {
        const contexts = fc.record({
            deploys: fc.boolean(),
            proven: fc.constantFrom<Proof[]>([], [PROVEN]),
            previous: fc.constant({ versionTag: "v1.0.0", changelog: "Before." }),
            impact: fc.constant({
                nodes: 12,
                changed: 2,
                risks: { text: 1, logic: 1, integration: 0, destructive: 0 },
            }),
        });
        fc.assert(
            fc.property(anyDeclaration, contexts, (declared, context) => {
                const checked = { ...withDefaults(declared), ...FINDINGS, context };
                const kept = keptInputs(withDefaults(declared) as unknown as ReleaseInputs, {
                    ...FINDINGS,
                    context,
                });
                expect(checkedIn(JSON.parse(JSON.stringify(kept)))).toEqual(checked);
            }),
        );
    });

    it("come back as an earlier version kept them: with defaults, and with the words for it", () => {
        const context = { deploys: false, proven: [] };
        expect(checkedIn({ ...inputs(), ...FINDINGS, context })).toEqual({
            ...inputs(),
            ...FINDINGS,
            context,
        });
    });

    it("come back as state version 2 kept them: short, and each under its name", () => {
        const kept = {
            ...declaredOf({ ...inputs() }),
            ...FINDINGS,
            gates: '{"dependencies":{"checked":9,"validated":true},"simulation":{"passed":2,"total":2}}',
            context: { stands: null, impact: '{"changed":2,"nodes":9,"risks":{"logic":2}}' },
        };
        expect(checkedIn(kept)).toEqual({
            ...inputs(),
            ...FINDINGS,
            gates: { ...FINDINGS.gates, simulation: { passed: 2, total: 2, passRate: 1, minPassRate: 1 } },
            context: {
                deploys: false,
                proven: [],
                impact: {
                    changed: 2,
                    nodes: 9,
                    risks: { text: 0, logic: 2, integration: 0, destructive: 0 },
                },
            },
        });
    });

    it("of a release that stands are those it went live with, to who takes null for nothing", () => {
        const context = { proven: [PROVEN], previous: { versionTag: "v1.0.0" } };
        const going = keptInputs(inputs(), { ...FINDINGS, context: { ...context, deploys: true } });
        const standing = keptInputs(inputs(), { ...FINDINGS, context: { ...context, deploys: false } });
        const { stands, ...rest } = standing;
        expect(stands).toBeNull();
        expect(rest).toEqual(going);
    });

    it("are the same text again when they are read and kept again", () => {
        const risks = { destructive: 0, text: 2, integration: 0, logic: 1 };
        const shared = { unseen: 0, resources: 1, flows: ["flow_2"] };
        const impact = { shared, risks, changed: 3, nodes: 12 };
        const kept = keptInputs(inputs(), { context: { deploys: true, proven: [], impact } });
        const { context } = checkedIn(kept);
        expect(JSON.stringify(keptInputs(inputs(), compact({ context })))).toBe(JSON.stringify(kept));
    });

    it("say what is not known yet", () => {
        const kept = keptInputs(inputs(), UNKNOWN);
        expect(kept.record).toBe(UNKNOWN);
        expect(checkedIn(kept)).toMatchObject({
            contentHash: UNKNOWN,
            changes: UNKNOWN,
            risk: UNKNOWN,
            gates: UNKNOWN,
            context: UNKNOWN,
        });
    });

    it("hold no findings where there are none", () => {
        expect(Object.keys(keptInputs(inputs(), {}))).toEqual(
            Object.keys(declaredOf(keptInputs(inputs(), {}))),
        );
    });
});
