import type { NewEvent } from "../../src/ledger/event.js";
import { Places } from "../../src/report/places.js";
import type { Live } from "../../src/report/report.js";
import { chainOf, newEvent } from "../support/ledger.js";

/** What is live in production after these events; a second lies between two of them. */
function liveAfter(...events: Partial<NewEvent>[]): Live | undefined {
    const places = new Places();
    const chain = chainOf(
        events.map((event, place) => ({ event: newEvent(place, event), at: place * 1000 })),
    );
    for (const event of chain) {
        places.add(event);
    }
    expect(places.places()).toHaveLength(1);
    return places.places()[0]?.live;
}

function event(
    version_tag: string,
    action: NewEvent["action"],
    status: NewEvent["status"],
    details: Record<string, unknown> = {},
): Partial<NewEvent> {
    return { version_tag, action, status, details: { target_environment: "production", ...details } };
}

const one = event("v1.0.0", "deployment_execution", "completed", { deployment_id: "dep_1" });
const two = event("v2.0.0", "deployment_execution", "completed", { deployment_id: "dep_2" });

describe("what is live in a place", () => {
    it("is the last version that stayed, since it went live", () => {
        expect(liveAfter(one, two)).toEqual({
            tag: "v2.0.0",
            deploymentId: "dep_2",
            since: 1000,
            health: "healthy",
        });
    });

    it("is the same as before, since as long, when an attempt was rolled back, failed or was blocked", () => {
        const rolledBack = { deployment_id: "dep_2", live_version_tag: "v1.0.0" };
        expect(
            liveAfter(one, event("v2.0.0", "deployment_execution", "rolled_back", rolledBack)),
        ).toMatchObject({ tag: "v1.0.0", since: 0 });
        for (const status of ["failed", "blocked"] as const) {
            expect(liveAfter(one, event("v2.0.0", "deployment_execution", status))).toMatchObject({
                tag: "v1.0.0",
                since: 0,
            });
        }
    });

    it("is nothing when the first release was rolled back", () => {
        expect(
            liveAfter(event("v1.0.0", "deployment_execution", "rolled_back", { deployment_id: "dep_1" })),
        ).toBeUndefined();
    });

    it("is not healthy when its bake failed and it was not rolled back", () => {
        const details = { deployment_id: "dep_2", reason: "health_check_failed" };
        expect(liveAfter(one, event("v2.0.0", "deployment_execution", "failed", details))).toMatchObject({
            tag: "v2.0.0",
            health: "unhealthy",
        });
    });

    it("is not proved when its run ended before its bake did", () => {
        const details = { deployment_id: "dep_2", reason: "abandoned" };
        expect(liveAfter(one, event("v2.0.0", "deployment_execution", "failed", details))).toMatchObject({
            tag: "v2.0.0",
            health: "unproved",
        });
        expect(
            liveAfter(one, event("v2.0.0", "deployment_execution", "failed", { reason: "abandoned" })),
        ).toMatchObject({ tag: "v1.0.0" });
    });

    it("is what was gone back to, proved as soon as it is", () => {
        const back = event("v2.0.0", "rollback", "completed", {
            deployment_id: "dep_2",
            returns_to: "dep_1",
        });
        expect(liveAfter(one, two, back)).toMatchObject({ tag: "v1.0.0", since: 2000, health: "unproved" });
        expect(liveAfter(one, two, back, one)).toMatchObject({
            tag: "v1.0.0",
            since: 2000,
            health: "healthy",
        });
    });

    it("is what stands when a release is deleted, or nothing", () => {
        const rollback = event("v2.0.0", "rollback", "completed", { deployment_id: "dep_2" });
        const deleted = (details: Record<string, unknown>) => event("v2.0.0", "delete", "completed", details);
        expect(liveAfter(one, two, rollback)).toBeUndefined();
        expect(liveAfter(one, two, rollback, deleted({}))).toBeUndefined();
        expect(liveAfter(one, two, rollback, deleted({ live_version_tag: "v1.0.0" }))).toMatchObject({
            tag: "v1.0.0",
            deploymentId: "dep_1",
        });
        expect(liveAfter(one, two, event("v2.0.0", "delete", "retained"))).toMatchObject({ tag: "v2.0.0" });
    });

    it("is what was taken over", () => {
        expect(liveAfter(event("v0.9.0", "adoption", "completed", { deployment_id: "dep_0" }))).toMatchObject(
            {
                tag: "v0.9.0",
                deploymentId: "dep_0",
            },
        );
    });

    it("stays when a rollback of something else failed or is done", () => {
        const other = { deployment_id: "dep_9" };
        expect(liveAfter(one, event("v9.0.0", "rollback", "completed", other))).toMatchObject({
            tag: "v1.0.0",
        });
        const failed = event("v1.0.0", "rollback", "failed", { deployment_id: "dep_1" });
        expect(liveAfter(one, failed)).toMatchObject({ tag: "v1.0.0" });
    });
});
