import { type EvidenceSubject, evidenceKey, keptVerdict } from "../../src/evidence/evidence.js";

const SUBJECT: EvidenceSubject = {
    platform: "https://api.cognigy.com",
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.2",
    contentHash: "sha256:0",
    gates: {
        dependencies: { validate: true },
        simulation: {
            testCases: [{ input: "book a flight", expectedIntent: "book_flight" }],
            timeoutSeconds: 120,
            minPassRate: 1,
        },
    },
};
const SIMULATION = SUBJECT.gates.simulation as NonNullable<EvidenceSubject["gates"]["simulation"]>;

describe("the name of evidence", () => {
    it("is 64 hex digits: fit for a file, and without a word of what it stands for", () => {
        expect(evidenceKey(SUBJECT)).toMatch(/^[0-9a-f]{64}$/);
    });

    it("is the same for the same subject, whatever the order of its keys", () => {
        const reversed = Object.fromEntries(Object.entries(SUBJECT).reverse()) as unknown as EvidenceSubject;
        expect(evidenceKey(reversed)).toBe(evidenceKey(SUBJECT));
    });

    it.each<[string, Partial<EvidenceSubject>]>([
        ["platform", { platform: "https://eu.cognigy.com" }],
        ["bot", { botId: "bot_2" }],
        ["flow", { flowId: "flow_2" }],
        ["version", { versionTag: "v1.4.3" }],
        ["content", { contentHash: "sha256:1" }],
        ["switch of the first gate", { gates: { ...SUBJECT.gates, dependencies: { validate: false } } }],
        ["simulation", { gates: { dependencies: { validate: true } } }],
        ["pass rate", { gates: { ...SUBJECT.gates, simulation: { ...SIMULATION, minPassRate: 0.9 } } }],
        [
            "test case",
            {
                gates: {
                    ...SUBJECT.gates,
                    simulation: {
                        ...SIMULATION,
                        testCases: [{ input: "book it", expectedIntent: "book_flight" }],
                    },
                },
            },
        ],
    ])("is another one for another %s", (_what, more) => {
        expect(evidenceKey({ ...SUBJECT, ...more })).not.toBe(evidenceKey(SUBJECT));
    });
});

describe("a kept verdict", () => {
    it("sheds everything that is not in its form", () => {
        const kept = {
            schema: 2,
            madeAt: 1,
            token: "secret",
            verdict: {
                evidence: {
                    contentHash: "sha256:0",
                    dependencies: "sha256:1",
                    clientSecret: "secret",
                    gates: { dependencies: { validated: true, checked: 1, secret: "secret" } },
                },
            },
        };
        expect(JSON.stringify(keptVerdict.parse(kept))).not.toContain("secret");
    });
});
