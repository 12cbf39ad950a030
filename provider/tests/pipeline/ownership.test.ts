import { mkdirSync, rmSync } from "node:fs";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";
import { Stack } from "../support/stack.js";

const startWorld = useWorlds();

async function live(args = releaseArgs()): Promise<World> {
    const world = await startWorld();
    await world.up(args);
    await world.control.clearRequests();
    return world;
}

describe("a release under another name", () => {
    test("takes over what is live; deleting it under the old name leaves it live", async () => {
        const world = await live();
        const renamed = new Stack(() => world.provider());
        world.clock.skip(60_000);
        expect(await renamed.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "create" });
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.2");
        expect(await world.mutations()).toEqual([]);
        expect(world.story().slice(-2)).toEqual(["adoption completed", "delete completed"]);
        await renamed.destroy();
        expect(world.live()).toBe("v1.4.1");
    });
});

describe("a release under another name whose next version is rolled back", () => {
    test("is still the one that owns what is live again: deleting it rolls that back", async () => {
        const world = await live();
        const renamed = new Stack(() => world.provider());
        world.clock.skip(60_000);
        await renamed.up(releaseArgs());
        const { complianceRef } = renamed.outputs;
        world.edit();
        await world.control.health("bot_12345", { sequence: [false] });
        expect((await renamed.up(releaseArgs({ versionTag: "v1.5.0" }))).outcome).toBe("failed");
        expect(renamed.outputs).toMatchObject({ status: "rolled_back", complianceRef });
        await renamed.destroy();
        expect(world.live()).toBe("v1.4.1");
    });
});

describe("a tag that somebody else deploys at the same time", () => {
    test("is not taken for our own: the release fails, and destroying it leaves theirs alone", async () => {
        const world = await startWorld();
        let theirs: string | undefined;
        world.before(/^POST .*\/deployments$/, () => {
            theirs ??= world.emulator.platform.deployments.deployByHand({
                botId: "bot_12345",
                flowId: "flow_67890",
                versionTag: "v1.4.2",
                changelog: "Theirs.",
                createdBy: "somebody else",
                targetEnvironment: "production",
            });
        });
        expect(reasonOf(await world.up(releaseArgs()))).toContain(
            `the version tag v1.4.2 is taken by deployment ${theirs}`,
        );
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.2");
    });
});

describe("a version that is no longer live", () => {
    test("is told by a plain `up`, which runs no gate", async () => {
        const world = await live();
        await world.control.rollbackByHand(world.deploymentsOf("v1.4.2")[0]?.deploymentId ?? "");
        const result = await world.up(releaseArgs());
        expect(result).toMatchObject({ outcome: "refused" });
        expect(JSON.stringify(result)).toContain("is no longer live: v1.4.1 is, by deployment dep_141.");
        expect((await world.mutations()).filter((call) => !call.includes("rollback"))).toEqual([]);
    });
});

describe("a ledger that breaks in the middle of a bake", () => {
    test("does not keep an unhealthy version live: it is rolled back, and what is not written is told", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        world.before(/^GET .*\/health$/, () => {
            rmSync(world.ledgerFile, { force: true });
            mkdirSync(world.ledgerFile, { recursive: true });
        });
        expect(reasonOf(await world.up(releaseArgs()))).toContain("was rolled back, health_check_failed");
        expect(world.live()).toBe("v1.4.1");
        expect(world.progress.join("\n")).toContain("rollback completed of v1.4.2 is not in the ledger");
    });
});
