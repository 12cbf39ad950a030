import type { FreezeWindow } from "../../src/release/freeze.js";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const MINUTE = 60_000;

/** Begins ten minutes after a world does, and lasts for an hour. */
const SOON: FreezeWindow = {
    name: "Launch day",
    timeZone: "Europe/Berlin",
    from: "2026-01-05T10:10",
    to: "2026-01-05T11:10",
    environments: ["production"],
};

const REFUSAL =
    "release v1.4.2 of flow flow_67890 (bot bot_12345) to production is refused, freeze-window: " +
    '"Launch day" (2026-01-05T10:10 to 2026-01-05T11:10, Europe/Berlin) holds now. Nothing was deployed. ' +
    "Wait until it is over, or set `deployment.breakGlass` to the reason why this cannot wait.";

const soon = (): Promise<World> => startWorld({ freezeWindows: [SOON] });

async function frozen(): Promise<World> {
    const world = await soon();
    world.clock.skip(10 * MINUTE);
    return world;
}

/** v1.4.2 went live just before the freeze. */
async function frozenAfterRelease(): Promise<World> {
    const world = await soon();
    expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    world.clock.skip(10 * MINUTE);
    await world.control.clearRequests();
    return world;
}

describe("a freeze in the stack's calendar", () => {
    test("refuses a release in check, before any gate runs", async () => {
        const world = await frozen();
        expect(await world.up(releaseArgs())).toEqual({ outcome: "refused", reasons: [REFUSAL] });
        expect(await world.mutations()).toEqual([]);
        expect(await world.calls(/simulations/)).toEqual([]);
        expect(world.events()).toEqual([]);
    });

    test("lets the release through when it is over", async () => {
        const world = await frozen();
        world.clock.skip(60 * MINUTE);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    });

    test("refuses a release right before its deployment when it began after the check", async () => {
        const world = await soon();
        // The last that is read before the deployment is the flow; the slot is looked at in `create` only.
        world.before(/status=in_progress/, () =>
            world.before(/flows\/flow_67890$/, () => world.clock.skip(10 * MINUTE)),
        );
        expect(reasonOf(await world.up(releaseArgs()))).toBe(REFUSAL);
        expect(await world.mutations()).toEqual([]);
        expect(world.story()).not.toContain("deployment_intent started");
        expect(world.stack.outputs).toMatchObject({ status: "failed", versionTag: "v1.4.2" });
        expect(world.live()).toBe("v1.4.1");
    });

    test("leaves a state from which the next `up` goes on", async () => {
        const world = await soon();
        world.before(/status=in_progress/, () => world.clock.skip(10 * MINUTE));
        expect(reasonOf(await world.up(releaseArgs()))).toBe(REFUSAL);
        expect(await world.up(releaseArgs())).toEqual({ outcome: "refused", reasons: [REFUSAL] });
        world.clock.skip(60 * MINUTE);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "update" });
        expect(world.live()).toBe("v1.4.2");
    });

    test("lets a release through that breaks the glass, and the ledger keeps the reason", async () => {
        const world = await frozen();
        const breakGlass = "bookings are lost every minute";
        expect(await world.up(releaseArgs({ deployment: { breakGlass } }))).toMatchObject({
            outcome: "done",
        });
        expect(world.live()).toBe("v1.4.2");
        expect(world.events().filter(({ action }) => action === "deployment_intent")).toEqual([
            expect.objectContaining({ details: expect.objectContaining({ break_glass: breakGlass }) }),
        ]);
    });

    test("leaves other environments alone", async () => {
        const world = await frozen();
        expect(await world.up(releaseArgs({ targetEnvironment: "staging" }))).toMatchObject({
            outcome: "done",
        });
    });

    test("does not keep a release that fails from being rolled back", async () => {
        const world = await soon();
        await world.control.health("bot_12345", probes([false], true));
        world.before(/POST .*deployments$/, () => world.clock.skip(10 * MINUTE));
        expect(reasonOf(await world.up(releaseArgs()))).toContain("was rolled back, health_check_failed");
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
    });

    test("does not keep a release from being deleted", async () => {
        const world = await frozenAfterRelease();
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.1");
        expect(world.story().at(-1)).toBe("delete completed");
    });

    test("has nothing to say about a release that stands, with new settings too", async () => {
        const world = await frozenAfterRelease();
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
        expect(await world.up(releaseArgs({ health: { intervalSeconds: 30 } }))).toMatchObject({
            outcome: "done",
            operation: "update",
        });
        expect(await world.mutations()).toEqual([]);
    });

    test("has nothing to say when the program goes back to the version that is live again", async () => {
        const world = await soon();
        await world.up(releaseArgs());
        world.edit();
        await world.control.health("bot_12345", probes([false], true));
        expect(await world.up(releaseArgs({ versionTag: "v1.5.0" }))).toMatchObject({ outcome: "failed" });
        world.clock.skip(10 * MINUTE);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "update" });
    });
});
