import { reasonOf, useWorlds } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

describe("a run that is killed in the middle of a rollback", () => {
    test.each([
        ["before the platform heard of it", false],
        ["after the platform did it", true],
    ])("is finished by the next one, which fails and says so: %s", async (_when, done) => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        world.dieAt("rollback");
        await world.up(releaseArgs()).catch(() => {});
        world.revive();
        const [{ deploymentId } = { deploymentId: "" }] = world.deploymentsOf("v1.4.2");
        if (done) {
            await world.control.rollbackByHand(deploymentId);
        }
        expect(reasonOf(await world.up(releaseArgs()))).toContain(
            "was rolled back, health_check_failed: after its deployment the bot was unhealthy (1 failed of 1 probes, 0 allowed). v1.4.1 is live again.",
        );
        expect(world.live()).toBe("v1.4.1");
        expect(world.deploymentsOf("v1.4.2")).toEqual([{ deploymentId, status: "rolled_back" }]);
        expect(world.story().at(-1)).toBe("deployment_execution rolled_back");
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "refused" });
        expect(world.progress).toContain(
            `flow_67890 (bot bot_12345) in production: finishing the rollback of deployment ${deploymentId} of an earlier run`,
        );
    });

    test("of a deployment that did not end tells it as that", async () => {
        const world = await startWorld();
        const args = releaseArgs({ deployment: { timeoutSeconds: 60 } });
        await world.control.deploymentScript({ outcome: "stuck" });
        world.dieAt("rollback");
        await world.up(args);
        world.revive();
        const [{ deploymentId } = { deploymentId: "" }] = world.deploymentsOf("v1.4.2");
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "status", status: 400 },
        });
        expect(reasonOf(await world.up(args))).toMatch(
            new RegExp(
                `^THE ROLLBACK FAILED, and deployment ${deploymentId} is still in progress: .* was to be rolled back, deployment_timeout: `,
            ),
        );
        expect(world.stack.outputs).toMatchObject({
            status: "in_progress",
            pendingDeploymentId: deploymentId,
        });
        expect(reasonOf(await world.up(args))).toContain(
            `was rolled back, deployment_timeout: deployment ${deploymentId} did not end within 60 s. v1.4.1 is live again.`,
        );
        expect(world.deploymentsOf("v1.4.2")).toEqual([{ deploymentId, status: "rolled_back" }]);
    });

    test("that was refused then is told as still live, and how the bot was", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        world.dieAt("rollback");
        await world.up(releaseArgs());
        world.revive();
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "status", status: 400 },
        });
        expect(reasonOf(await world.up(releaseArgs()))).toMatch(
            /^THE ROLLBACK FAILED, and v1\.4\.2 is live: .* health_check_failed: after its deployment the bot was unhealthy/,
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.4.2" });
    });
});
