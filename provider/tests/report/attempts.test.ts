import type { NewEvent } from "../../src/ledger/event.js";
import { Attempts } from "../../src/report/attempts.js";
import type { Release } from "../../src/report/report.js";
import { chainOf, newEvent } from "../support/ledger.js";

const CONTENT = `sha256:${"ab".repeat(32)}`;

/** The releases that these events are of; a second lies between two of them. */
function releasesOf(...events: Partial<NewEvent>[]): Release[] {
    const attempts = new Attempts();
    const chain = chainOf(
        events.map((event, place) => ({
            event: newEvent(place, { content_hash: CONTENT, ...event }),
            at: place * 1000,
        })),
    );
    for (const event of chain) {
        attempts.add(event);
    }
    return attempts.releases();
}

const staging = (details: Record<string, unknown> = {}) => ({
    details: { target_environment: "staging", ...details },
});
const production = (details: Record<string, unknown> = {}) => ({
    details: { target_environment: "production", ...details },
});

describe("the attempts in a ledger", () => {
    it("are told apart by bot, flow, tag and environment, however they are mixed", () => {
        const releases = releasesOf(
            { action: "deployment_intent", status: "started", ...staging() },
            { action: "deployment_intent", status: "started", ...production() },
            { status: "failed", ...staging({ deployment_id: "dep_1", summary: "it broke" }) },
            { status: "completed", ...production({ deployment_id: "dep_2" }) },
        );
        expect(releases).toMatchObject([
            {
                environment: "staging",
                outcome: "failed",
                reason: "it broke",
                deploymentId: "dep_1",
                at: 2000,
            },
            { environment: "production", outcome: "completed", deploymentId: "dep_2", at: 3000 },
        ]);
    });

    it("of one version in one environment are as many as have an outcome", () => {
        const intent = { action: "deployment_intent", status: "started" } as const;
        const releases = releasesOf(intent, { status: "failed" }, intent, { status: "completed" });
        expect(releases.map(({ outcome }) => outcome)).toEqual(["failed", "completed"]);
    });

    it("have the gates that ran for another environment, with the same content", () => {
        const releases = releasesOf(
            { action: "simulation", status: "passed", ...staging() },
            { status: "completed", ...staging() },
            { status: "completed", ...production() },
            { status: "completed", content_hash: `sha256:${"cd".repeat(32)}`, ...production() },
        );
        expect(releases[0]?.steps[0]).not.toHaveProperty("earlier");
        expect(releases[1]?.steps[0]).toMatchObject({ kind: "simulation", at: 0, earlier: true });
        expect(releases[2]?.steps).toHaveLength(1);
    });

    it("are blocked when a gate refuses them again, and nobody wrote that down", () => {
        const gate = { action: "dependency_validation", status: "failed" } as const;
        const releases = releasesOf(
            gate,
            { status: "blocked", ...production({ summary: "one is missing" }) },
            gate,
            gate,
        );
        expect(releases).toMatchObject([
            { outcome: "blocked", reason: "one is missing" },
            { outcome: "blocked", reason: "a gate refused it in a preview", steps: [{ at: 3000 }] },
        ]);
    });

    it("show a rollback that was begun and whose end is not known", () => {
        const rollback = production({ deployment_id: "dep_1", reason: "health_check_failed: unhealthy" });
        const [release] = releasesOf(
            { action: "deployment_intent", status: "started" },
            { action: "rollback_intent", status: "started", ...rollback },
        );
        expect(release).toMatchObject({
            outcome: "in_progress",
            steps: [{ kind: "deployment" }, { kind: "rollback", status: "open" }],
        });
    });

    it("show a rollback that failed", () => {
        const rollback = production({ deployment_id: "dep_1", reason: "unhealthy", error: "400" });
        const [release] = releasesOf(
            { action: "deployment_intent", status: "started" },
            { action: "rollback_intent", status: "started", ...rollback },
            { action: "rollback", status: "failed", ...rollback },
            { status: "failed", ...production({ deployment_id: "dep_1" }) },
        );
        expect(release?.steps.map((step) => ("status" in step ? `${step.kind} ${step.status}` : ""))).toEqual(
            ["deployment neutral", "rollback bad", "outcome bad"],
        );
    });

    it("have the bake of a run that came to it after another run had ended them", () => {
        const bake = {
            action: "health_check",
            status: "passed",
            ...production({ deployment_id: "dep_1" }),
        } as const;
        const releases = releasesOf(
            { action: "deployment_intent", status: "started" },
            bake,
            { status: "completed", ...production({ deployment_id: "dep_1" }) },
            bake,
        );
        expect(releases).toMatchObject([{ outcome: "completed", at: 2000 }]);
        expect(releases[0]?.steps.map(({ kind }) => kind)).toEqual(["deployment", "bake", "outcome", "bake"]);
    });

    it("of going back begin with the bake of what was brought back", () => {
        const of = (tag: string, id: string) => ({ version_tag: tag, ...production({ deployment_id: id }) });
        const back = { target_environment: "production", deployment_id: "dep_2", returns_to: "dep_1" };
        const releases = releasesOf(
            { status: "completed", ...of("v1.0.0", "dep_1") },
            { status: "completed", ...of("v2.0.0", "dep_2") },
            { action: "rollback_intent", status: "started", version_tag: "v2.0.0", details: back },
            { action: "rollback", status: "completed", version_tag: "v2.0.0", details: back },
            { action: "health_check", status: "passed", ...of("v1.0.0", "dep_1") },
        );
        expect(releases.map(({ tag, outcome }) => `${tag} ${outcome}`)).toEqual([
            "v1.0.0 completed",
            "v2.0.0 completed",
            "v1.0.0 in_progress",
        ]);
    });

    it("of going back tell what that changes, by the first rollback that tells it", () => {
        const of = (tag: string, id: string) => ({ version_tag: tag, ...production({ deployment_id: id }) });
        const back = (id: string, more: object = {}) => ({
            version_tag: "v9.0.0",
            ...production({ deployment_id: id, returns_to: "dep_1", ...more }),
        });
        const plan = { changes: ["text: less"], risk: "text", changelog: "Back again." };
        const [, again, later] = releasesOf(
            { status: "completed", ...of("v1.0.0", "dep_1") },
            { action: "rollback_intent", status: "started", ...back("dep_3", plan) },
            { action: "rollback", status: "completed", ...back("dep_3") },
            { action: "rollback_intent", status: "started", ...back("dep_2", { changes: ["another"] }) },
            { action: "rollback", status: "completed", ...back("dep_2") },
            { action: "health_check", status: "passed", ...of("v1.0.0", "dep_1") },
            { status: "completed", ...of("v1.0.0", "dep_1") },
            { action: "rollback_intent", status: "started", ...back("dep_4") },
            { action: "health_check", status: "passed", ...of("v1.0.0", "dep_1") },
        );
        expect(again).toMatchObject({ outcome: "completed", ...plan });
        expect(later).toMatchObject({ outcome: "in_progress", changes: [] });
    });

    it("are not made up for a rollback or an end of what the ledger does not know", () => {
        expect(
            releasesOf(
                { action: "rollback", status: "completed", ...production({ deployment_id: "dep_0" }) },
                { action: "delete", status: "retained", ...production({ deployment_id: "dep_0" }) },
            ),
        ).toEqual([]);
    });

    it("hold no text that a page should not show as it is", () => {
        const [release] = releasesOf({
            action: "deployment_intent",
            status: "started",
            ...production({ changelog: "a\u202Eb\u0007", changes: [`${"x".repeat(5_000)}`, 7, ""] }),
        });
        expect(release?.changelog).toBe("a\uFFFDb\uFFFD");
        expect(release?.changes.map(({ length }) => length)).toEqual([2_000]);
    });
});
