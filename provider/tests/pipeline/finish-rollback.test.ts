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
    });
});
