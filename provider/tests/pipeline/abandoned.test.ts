import { useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

function storyOf(world: World, versionTag: string): Record<string, unknown>[] {
    return world
        .events()
        .filter((event) => event.version_tag === versionTag && /deploy|rollback/.test(event.action))
        .map(({ action, status, details }) => ({ action, status, reason: details.reason }));
}

async function goOn(world: World): Promise<void> {
    world.revive();
    world.edit("Another one.");
    expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
}

describe("an attempt that its run could not see through, when the program goes on to another version", () => {
    test("gets its outcome written down: its deployment is complete", async () => {
        const world = await startWorld();
        world.dieAt("healthy");
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        await goOn(world);
        expect(storyOf(world, "v1.4.2")).toEqual([
            { action: "deployment_intent", status: "started" },
            { action: "deployment_execution", status: "failed", reason: "abandoned" },
        ]);
        const [deployment] = world.deploymentsOf("v1.4.2");
        expect(world.events().find(({ details }) => details.reason === "abandoned")).toMatchObject({
            content_hash: expect.stringMatching(/^sha256:/),
            details: {
                deployment_id: deployment?.deploymentId,
                summary: expect.stringContaining("is complete, and was never proved healthy"),
            },
        });
    });

    test("gets its outcome written down: it was never deployed", async () => {
        const world = await startWorld();
        world.dieAt("deploy");
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        await goOn(world);
        const { details } = world.events().find(({ details }) => details.reason === "abandoned") ?? {};
        expect(details?.summary).toContain("does not stand");
        expect(details).not.toHaveProperty("deployment_id");
    });

    test.each([
        ["stands", "failed", () => {}],
        [
            "does not stand any more",
            "completed",
            (world: World, deploymentId: string) =>
                world.emulator.platform.deployments.rollBack(deploymentId, "the dead run's"),
        ],
    ])("gets its rollback written down too: the deployment %s", async (found, status, before) => {
        const world = await startWorld();
        world.dieAt("healthy");
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        const deploymentId = world.deploymentsOf("v1.4.2")[0]?.deploymentId as string;
        await world.pipeline().ledger.append({
            bot_id: "bot_12345",
            flow_id: "flow_67890",
            version_tag: "v1.4.2",
            action: "rollback_intent",
            status: "started",
            details: {
                target_environment: "production",
                deployment_id: deploymentId,
                reason: "unhealthy",
            },
        });
        before(world, deploymentId);
        await goOn(world);
        const rollback = world.events().find(({ action }) => action === "rollback");
        expect(rollback).toMatchObject({
            version_tag: "v1.4.2",
            status,
            details: {
                deployment_id: deploymentId,
                reason: "unhealthy",
                found: expect.stringContaining(found),
            },
        });
    });

    test("of another environment is not touched", async () => {
        const world = await startWorld();
        world.dieAt("deploy");
        expect((await world.up(releaseArgs({ targetEnvironment: "staging" }))).outcome).toBe("failed");
        world.revive();
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.events().some(({ details }) => details.reason === "abandoned")).toBe(false);
    });
});
