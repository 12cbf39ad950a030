import { rm } from "node:fs/promises";
import { useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

/** v1.4.2 is live, and v1.5.0 was rolled back. */
async function afterRollback(): Promise<World> {
    const world = await startWorld();
    await world.up(releaseArgs());
    world.edit();
    await world.control.health("bot_12345", probes([false], true));
    expect(await world.up(releaseArgs({ versionTag: "v1.5.0" }))).toMatchObject({ outcome: "failed" });
    await world.control.clearRequests();
    return world;
}

describe("going back to the version that is live again", () => {
    test("deploys nothing, simulates nothing, and leaves a state as if nothing had been", async () => {
        const world = await afterRollback();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "update" });
        expect(await world.mutations()).toEqual([]);
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            versionTag: "v1.4.2",
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
        });
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
    });

    test("does so where the ledger did not come along", async () => {
        const world = await afterRollback();
        await rm(world.ledgerFile);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "update" });
        expect(await world.mutations()).toEqual([]);
        expect(world.stack.outputs).toMatchObject({ status: "completed", liveVersionTag: "v1.4.2" });
    });

    test("counts no further release", async () => {
        const world = await afterRollback();
        const before = world.events().length;
        await world.up(releaseArgs());
        expect(world.events()).toHaveLength(before);
    });
});

describe("a release whose state was lost after it went live", () => {
    test("is taken over with the findings of its ledger, without deploying", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { contentHash, gates, deploymentId, complianceRef } = world.stack.outputs;
        world.stack.resource = undefined;
        await world.control.clearRequests();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "create" });
        expect(await world.mutations()).toEqual([]);
        expect(world.stack.outputs).toMatchObject({
            ...{
                status: "completed",
                liveVersionTag: "v1.4.2",
                contentHash,
                gates,
                deploymentId,
                complianceRef,
            },
            changes: ["v1.4.2 is live already: nothing is deployed"],
        });
    });

    test("is refused where neither state nor ledger knows that it is ours", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        world.stack.resource = undefined;
        await rm(world.ledgerFile);
        const result = await world.up(releaseArgs());
        expect(result).toMatchObject({ outcome: "refused" });
        expect(JSON.stringify(result)).toContain("the version tag v1.4.2 is taken by deployment");
    });
});
