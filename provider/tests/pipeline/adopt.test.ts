import { useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

/** v1.4.2 was deployed by somebody else. */
async function liveByHand(): Promise<World> {
    const world = await startWorld();
    await world.control.deployByHand("bot_12345", {
        flowId: "flow_67890",
        versionTag: "v1.4.2",
        targetEnvironment: "production",
    });
    await world.control.clearRequests();
    return world;
}

describe("a release that takes over what is live", () => {
    test("deploys nothing, and stands like one of our own from then on", async () => {
        const world = await liveByHand();
        const args = releaseArgs({ adopt: true });
        expect(await world.up(args)).toMatchObject({ outcome: "done", operation: "create" });
        expect((await world.mutations()).filter((call) => !call.includes("simulations"))).toEqual([]);
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            liveVersionTag: "v1.4.2",
            deploymentId: world.deploymentsOf("v1.4.2")[0]?.deploymentId,
            changes: ["v1.4.2 is live already and is taken over: nothing is deployed"],
            gates: { dependencies: { validated: true }, simulation: { passed: 2 } },
        });
        expect(world.story().at(-1)).toBe("adoption completed");
        expect(await world.up(args)).toEqual({ outcome: "unchanged" });
    });

    test("is counted by no metric", async () => {
        const world = await liveByHand();
        await world.up(releaseArgs({ adopt: true }));
        expect(world.events().filter(({ action }) => action === "deployment_execution")).toEqual([]);
    });

    test("names the content that is live, where the flow was edited since, and runs no gate for it", async () => {
        const world = await liveByHand();
        world.edit();
        await world.up(releaseArgs({ adopt: true }));
        expect(world.stack.outputs).not.toHaveProperty("gates");
        expect(await world.calls(/simulations/)).toEqual([]);
        expect(world.stack.outputs.contentHash).toMatch(/^sha256:/);
    });

    test("goes on to the next version, and back to what was taken over when that fails", async () => {
        const world = await liveByHand();
        await world.up(releaseArgs({ adopt: true }));
        world.edit();
        await world.control.health("bot_12345", { sequence: [false] });
        expect((await world.up(releaseArgs({ adopt: true, versionTag: "v1.5.0" }))).outcome).toBe("failed");
        await world.control.clearRequests();
        expect(await world.up(releaseArgs({ adopt: true }))).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toEqual([]);
    });

    test("makes an ordinary release of a version that is not live", async () => {
        const world = await startWorld();
        expect(await world.up(releaseArgs({ adopt: true }))).toMatchObject({ outcome: "done" });
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
        expect(world.stack.outputs).toMatchObject({ previousVersionTag: "v1.4.1" });
    });

    test("is refused without being declared so", async () => {
        const world = await liveByHand();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "refused" });
    });
});
