import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const DEPLOY = { method: "POST", path: "deployments$" };

function deployByHand(world: World): void {
    world.emulator.platform.deployments.deployByHand({
        botId: "bot_12345",
        flowId: "flow_67890",
        versionTag: "v9.9.9",
        targetEnvironment: "production",
        changelog: "",
        createdBy: "somebody else",
    });
}

describe("a release that somebody deploys over", () => {
    test("while it bakes does not count as live", async () => {
        const world = await startWorld();
        world.before(/health$/, () => deployByHand(world));
        expect(reasonOf(await world.up(releaseArgs()))).toContain(
            "it was complete, and is not what is live now. v9.9.9 stays live",
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v9.9.9" });
        expect(world.story().at(-1)).toBe("deployment_execution failed");
    });

    test("after its run was killed does not count as live when it is taken up", async () => {
        const world = await startWorld();
        world.dieAt("healthy");
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        world.revive();
        deployByHand(world);
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        expect(world.live()).toBe("v9.9.9");
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v9.9.9" });
    });
});

describe("a flow that is edited", () => {
    test("after it was checked is not deployed", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        // The first call of the deployment, which finds evidence.
        world.before(/deployments\?.*in_progress/, () => world.edit());
        expect(reasonOf(await world.stack.update(releaseArgs()))).toContain("edited after it was validated");
        expect(await world.mutations()).toEqual([]);
    });

    test("before a deployment is sent again is not deployed", async () => {
        const world = await startWorld();
        await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "before" } });
        world.before(/^POST .*deployments$/, () => world.edit());
        expect(reasonOf(await world.up(releaseArgs()))).toContain("edited after it was validated");
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        expect(world.live()).toBe("v1.4.1");
    });
});

test("a deployment that completes while it is looked up is found", async () => {
    const world = await startWorld();
    await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "after" } });
    world.before(/^POST .*deployments$/, () => {
        world.before(/deployments\?.*in_progress/, () => {
            void world.control.addFault({
                match: { method: "GET", path: "deployments$" },
                fault: { kind: "latency", ms: 5_000 },
            });
        });
    });
    expect((await world.up(releaseArgs())).outcome).toBe("done");
    expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
});

test("a rollback after which nothing is live says so", async () => {
    const world = await startWorld();
    await world.control.health("bot_12345", probes([false], true));
    world.before(/health$/, () => world.emulator.platform.deployments.rollBack("dep_141", "by hand"));
    expect(reasonOf(await world.up(releaseArgs()))).toContain("Nothing is live there now");
    expect(world.stack.outputs.liveVersionTag).toBeUndefined();
});

describe("deleting a release whose last update was killed", () => {
    test.each(["deploymentStatus", "healthy"] as const)(
        "at `%s` takes that deployment back too",
        async (method) => {
            const world = await startWorld();
            expect((await world.up(releaseArgs())).outcome).toBe("done");
            world.edit();
            world.dieAt(method);
            expect((await world.up(releaseArgs({ versionTag: "v1.4.3" }))).outcome).toBe("failed");
            world.revive();
            await world.stack.destroy();
            expect(world.deploymentsOf("v1.4.3")).toMatchObject([{ status: "rolled_back" }]);
            expect(world.live()).toBe("v1.4.1");
            expect(
                world
                    .events()
                    .filter(({ version_tag }) => version_tag === "v1.4.3")
                    .at(-1),
            ).toMatchObject({
                action: "deployment_execution",
                status: "failed",
                details: { reason: "abandoned" },
            });
        },
    );
});

test("an attempt that was killed and is adopted is ended", async () => {
    const world = await startWorld();
    world.dieAt("healthy");
    expect((await world.up(releaseArgs())).outcome).toBe("failed");
    world.revive();
    expect((await world.up(releaseArgs({ adopt: true }))).outcome).toBe("done");
    world.edit();
    expect((await world.up(releaseArgs({ versionTag: "v1.4.3" }))).outcome).toBe("done");
    expect(world.events().some(({ details }) => details.reason === "abandoned")).toBe(false);
});
