import fc from "fast-check";
import { toldOfProbes, toldOfRelease, toldOfSteps } from "../../src/pipeline/told.js";
import type { Probe } from "../../src/release/bake.js";
import type { SimulationStep } from "../../src/release/gates.js";
import { inputs } from "../support/samples.js";

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

function probes(count: number): { at: number; result: Probe }[] {
    return Array.from({ length: count }, (_, index) => ({ at: START + index * 1000, result: "healthy" }));
}

describe("what the ledger is told of a simulation", () => {
    it("is each conversation, with what it should have reached and what it did reach", () => {
        const steps: SimulationStep[] = [
            { status: "passed", input: "hi", expectedIntent: "greet", actualIntent: "greet" },
            {
                status: "failed",
                input: "bye",
                expectedIntent: "part",
                actualIntent: null,
                reason: "score 0.1",
            },
        ];
        expect(toldOfSteps(steps, [])).toEqual({
            steps: [
                { status: "passed", input: "hi", expected_intent: "greet", actual_intent: "greet" },
                {
                    status: "failed",
                    input: "bye",
                    expected_intent: "part",
                    actual_intent: null,
                    reason: "score 0.1",
                },
            ],
        });
    });

    it("has the test case's words where the platform does not repeat them, and says nothing of what is not known", () => {
        const told = toldOfSteps([{ status: "failed" }], [{ input: "hi", expectedIntent: "greet" }]);
        expect(told).toEqual({ steps: [{ status: "failed", input: "hi", expected_intent: "greet" }] });
    });

    it("is bounded: those that failed are kept first, all in their order, and the others are counted", () => {
        const anyStatus = fc.constantFrom("passed", "failed");
        fc.assert(
            fc.property(fc.array(anyStatus, { maxLength: 150, size: "max" }), (statuses) => {
                const all = statuses.map((status, index) => ({ status, input: String(index) }));
                const { steps = [], steps_left_out = 0 } = toldOfSteps(all, []);
                expect(steps.length).toBe(Math.min(50, all.length));
                expect(steps.length + steps_left_out).toBe(all.length);
                const places = steps.map(({ input }) => Number(input));
                expect(places).toEqual(places.toSorted((one, other) => one - other));
                const failed = all.filter(({ status }) => status === "failed").length;
                const kept = steps.filter(({ status }) => status === "failed").length;
                expect(kept).toBe(Math.min(50, failed));
            }),
        );
    });

    it("holds no long text and no credential", () => {
        const [step] =
            toldOfSteps(
                [{ status: "failed", input: "x".repeat(10_000), actualIntent: "password=hunter2hunter2" }],
                [],
            ).steps ?? [];
        expect(step).toEqual({
            status: "failed",
            input: `${"x".repeat(499)}…`,
            actual_intent: "[a credential, not shown]",
        });
    });
});

describe("what the ledger is told of a bake", () => {
    it("is each probe with its time", () => {
        expect(toldOfProbes([{ at: START, result: "error" }])).toEqual({
            probes: [{ at: "2026-01-02T03:04:05.000Z", result: "error" }],
        });
        expect(toldOfProbes(probes(100)).probes).toHaveLength(100);
        expect(toldOfProbes(probes(100))).not.toHaveProperty("probes_left_out");
    });

    it("is the first and the last probes where they are many, and how many are left out", () => {
        const told = toldOfProbes(probes(3_000));
        expect(told.probes).toHaveLength(100);
        expect(told.probes?.[49]?.at).toBe("2026-01-02T03:04:54.000Z");
        expect(told.probes?.[50]?.at).toBe("2026-01-02T03:53:15.000Z");
        expect(told.probes_left_out).toBe(2_900);
    });
});

describe("what the ledger is told of a release", () => {
    it("is its changelog, and what it changes with its risk", () => {
        const changes = ["text: “Book” says “Where to?” → “Where to, please?”"];
        const checked = { ...inputs({ changelog: "Asks politely." }), changes, risk: "text" as const };
        expect(toldOfRelease(checked)).toEqual({ changelog: "Asks politely.", changes, risk: "text" });
        expect(toldOfRelease(inputs({ changelog: "Asks politely." }))).toEqual({
            changelog: "Asks politely.",
        });
    });

    it("holds no long text and no credential", () => {
        const changelog = `${"long ".repeat(10_000)}`;
        const changes = ["integration: “Search”: url → https://bot:s3cret-s3cret@example.com"];
        expect(toldOfRelease({ ...inputs({ changelog }), changes })).toEqual({
            changelog: `${changelog.slice(0, 499)}…`,
            changes: ["[a password in an address, not shown]"],
        });
    });
});
