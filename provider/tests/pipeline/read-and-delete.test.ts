import { useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const PLACE = "flow_67890 (bot bot_12345) in production";

async function live(args = releaseArgs()): Promise<World & { deploymentId: string }> {
    const world = await startWorld();
    expect(await world.up(args)).toMatchObject({ outcome: "done" });
    await world.control.clearRequests();
    return Object.assign(world, { deploymentId: world.stack.outputs.deploymentId as string });
}

/** Somebody deploys the draft past the release. */
async function deployByHand(world: World, versionTag = "v2.0.0"): Promise<string> {
    world.clock.skip(1000);
    const { deploymentId } = await world.control.deployByHand("bot_12345", {
        flowId: "flow_67890",
        versionTag,
        targetEnvironment: "production",
    });
    return deploymentId;
}

describe("refreshing", () => {
    test("a release that is live as it was released changes nothing", async () => {
        const world = await live(releaseArgs({ artifact: { directory: "artifacts" } }));
        const before = structuredClone(world.stack.resource);
        await world.stack.refresh();
        expect(world.stack.resource).toEqual(before);
        expect(await world.calls()).toEqual([
            "GET /api/v2/deployments?botId=bot_12345&status=completed",
            "GET /api/v2/bots/bot_12345/flows/flow_67890",
        ]);
        expect(world.progress.at(-1)).toBe(`${PLACE}: v1.4.2 is live, healthy (1 of 1 probes in a row)`);
        expect(await world.up(releaseArgs({ artifact: { directory: "artifacts" } }))).toEqual({
            outcome: "unchanged",
        });
    });

    test("a release whose flow was edited since shows what, and leaves the release as it is", async () => {
        const world = await live();
        world.edit("Where do you want to go?");
        await world.stack.refresh();
        const changes = [expect.stringContaining("“Where do you want to go?”")];
        expect(world.stack.outputs).toMatchObject({ status: "completed", unreleasedChanges: changes });
        expect(world.progress.slice(-2)).toEqual([
            `${PLACE}: the flow was edited since v1.4.2 was released`,
            expect.stringContaining(`${PLACE}: not released yet: text: “Book” says `),
        ]);
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
        expect(await world.mutations()).toEqual([]);
    });

    test("a release that was rolled back says what is live, and stays the version that failed", async () => {
        const world = await live();
        world.edit();
        await world.control.health("bot_12345", { sequence: [false, true] });
        await world.up(releaseArgs({ versionTag: "v1.5.0" }));
        world.progress.length = 0;
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({
            status: "rolled_back",
            versionTag: "v1.5.0",
            liveVersionTag: "v1.4.2",
        });
        expect(world.progress).toEqual([]);
    });

    test("tells in words which version somebody else has deployed", async () => {
        const world = await live();
        const deploymentId = await deployByHand(world);
        await world.stack.refresh();
        expect(world.progress.at(-1)).toMatch(
            `${PLACE}: drifted from v1.4.2: v2.0.0 is live, by deployment ${deploymentId} of `,
        );
    });

    test("a release whose flow was edited and put back shows nothing any more", async () => {
        const world = await live();
        const before = structuredClone(world.stack.resource);
        world.edit("Where do you want to go?");
        await world.stack.refresh();
        world.edit("Where to, please?");
        await world.stack.refresh();
        expect(world.stack.resource).toEqual(before);
    });

    test("a release whose flow was edited a lot shows the first changes, with a count", async () => {
        const world = await live();
        const { catalog } = world.emulator.platform;
        catalog.patchFlow("bot_12345", "flow_67890", {
            nodes: {
                n1: { label: "A" },
                n2: { label: "B" },
                n3: { label: "C", config: { text: "D" } },
                n4: { label: "E", config: { text: "F" } },
            },
        });
        await world.stack.refresh();
        const { unreleasedChanges } = world.stack.outputs as { unreleasedChanges: string[] };
        expect(unreleasedChanges).toHaveLength(5);
        expect(unreleasedChanges.at(-1)).toBe("… and 2 more: 2 text");
    });

    test("a release whose flow was deleted since says so", async () => {
        const world = await live();
        await world.control.addFault({
            match: { path: "/flows/" },
            times: null,
            fault: { kind: "status", status: 404 },
        });
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            unreleasedChanges: ["the flow is not there any more"],
        });
    });

    test("the next version no longer shows what was edited before it", async () => {
        const world = await live();
        world.edit("Where do you want to go?");
        await world.stack.refresh();
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).not.toHaveProperty("unreleasedChanges");
    });

    test("many releases of a bot asks once for what is live, and once for each flow", async () => {
        const world = await live();
        const provider = world.provider();
        const { id, outputs } = world.stack.resource ?? { id: "", outputs: {} };
        for (const targetEnvironment of ["production", "staging", "test", "production"]) {
            await provider.read(id, { ...outputs, targetEnvironment });
        }
        expect(await world.calls(/flows|deployments\?/)).toEqual([
            "GET /api/v2/deployments?botId=bot_12345&status=completed",
            "GET /api/v2/bots/bot_12345/flows/flow_67890",
        ]);
    });

    test("over another version that somebody deployed shows it in outputs and inputs", async () => {
        const world = await live();
        await deployByHand(world);
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({
            versionTag: "v2.0.0",
            liveVersionTag: "v2.0.0",
            deploymentId: world.deploymentId,
        });
        expect(world.stack.inputs).toMatchObject({
            versionTag: "v2.0.0",
            changelog: releaseArgs().changelog,
        });
        expect(world.stack.inputs).not.toHaveProperty("contentHash");
        expect(world.stack.inputs).not.toHaveProperty("deploymentId");
    });

    test("over another version that somebody deployed makes the next `up` bring a new version live", async () => {
        const world = await live();
        await deployByHand(world);
        await world.stack.refresh();
        expect((await world.up(releaseArgs())).outcome).toBe("refused");
        expect(await world.up(releaseArgs({ versionTag: "v2.0.1" }))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v2.0.1");
        expect(world.stack.outputs).toMatchObject({ previousVersionTag: "v2.0.0" });
    });

    test("over another version that somebody deployed and took back makes everything as it was", async () => {
        const world = await live();
        const { context: _, ...inputs } = world.stack.inputs;
        const other = await deployByHand(world);
        await world.stack.refresh();
        await world.control.rollbackByHand(other);
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({
            versionTag: "v1.4.2",
            liveVersionTag: "v1.4.2",
            status: "completed",
        });
        expect(world.stack.inputs).toEqual(inputs);
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
        expect(await world.mutations()).toEqual([]);
    });

    test("over the version before, because somebody rolled the release back, shows that", async () => {
        const world = await live();
        await world.control.rollbackByHand(world.deploymentId);
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ versionTag: "v1.4.1", liveVersionTag: "v1.4.1" });
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.3");
    });

    test("a release whose deployment vanished, with nothing else live, forgets it; the next `up` makes it anew", async () => {
        const world = await live(releaseArgs({ botId: "bot_2", flowId: "flow_2" }));
        await world.control.forgetDeployment(world.deploymentId);
        const provider = world.provider();
        const { id, outputs } = world.stack.resource ?? { id: "", outputs: {} };
        expect(await provider.read(id, outputs)).toEqual({});
        expect(world.progress.at(-1)).toBe(
            `flow_2 (bot bot_2) in production: drifted from v1.4.2: its deployment ${world.deploymentId} is gone from the platform, and nothing is live`,
        );
        await world.stack.refresh();
        expect(world.stack.resource).toBeUndefined();
        expect(await world.up(releaseArgs({ botId: "bot_2", flowId: "flow_2" }))).toMatchObject({
            outcome: "done",
            operation: "create",
        });
    });

    test("a release that somebody rolled back, with nothing else live, is not forgotten: `up` tells it is not live", async () => {
        const args = releaseArgs({ botId: "bot_2", flowId: "flow_2" });
        const world = await live(args);
        await world.control.rollbackByHand(world.deploymentId);
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back" });
        expect(world.stack.outputs).not.toHaveProperty("liveVersionTag");
        const again = await world.up(args);
        expect(again).toMatchObject({ outcome: "refused" });
        expect(JSON.stringify(again)).toContain("is no longer live: nothing is.");
        expect(await world.up({ ...args, versionTag: "v1.4.3" })).toMatchObject({ outcome: "done" });
    });

    test("guesses nothing when the platform cannot be reached", async () => {
        const world = await live();
        const before = structuredClone(world.stack.resource);
        await world.control.addFault({ times: null, fault: { kind: "drop", when: "before" } });
        await expect(world.stack.refresh()).rejects.toThrow(/^POST \/oauth\/token got no whole answer from /);
        expect(world.stack.resource).toEqual(before);
    });

    test("tells its error without a stack", async () => {
        const world = await live();
        await world.control.addFault({ times: null, fault: { kind: "status", status: 403 } });
        const error = await world.stack.refresh().catch((caught: unknown) => caught as Error);
        expect(`${error}: ${(error as Error).stack}`).toBe("cognigy: the reason is told with the resource");
    });

    test("a release that never went live tells what is live instead", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        await deployByHand(world);
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({
            status: "failed",
            versionTag: "v1.4.2",
            liveVersionTag: "v2.0.0",
        });
        world.edit();
        expect(await world.up(releaseArgs({ versionTag: "v2.0.1" }))).toMatchObject({ outcome: "done" });
    });

    test("a release whose last attempt was rolled back keeps that, and is tried again under a new version", async () => {
        const world = await live();
        await world.control.health("bot_12345", probes([false], true));
        world.edit();
        const next = releaseArgs({ versionTag: "v1.5.0" });
        expect((await world.up(next)).outcome).toBe("failed");
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({
            status: "rolled_back",
            liveVersionTag: "v1.4.2",
            deploymentId: world.deploymentId,
        });
        world.edit("Where to, this time?");
        expect(await world.up(releaseArgs({ versionTag: "v1.5.1" }))).toMatchObject({ outcome: "done" });
    });
});

describe("deleting", () => {
    test("rolls the release back and writes that down", async () => {
        const world = await live();
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.1");
        expect(world.emulator.platform.deployments.record(world.deploymentId)).toMatchObject({
            status: "rolled_back",
            rollback: { reason: "the release was deleted" },
        });
        expect(world.story().slice(-3)).toEqual([
            "rollback_intent started",
            "rollback completed",
            "delete completed",
        ]);
        expect(world.events().at(-1)).toMatchObject({
            version_tag: "v1.4.2",
            details: { deployment_id: world.deploymentId, live_version_tag: "v1.4.1" },
        });
    });

    test("runs no gate and waits for nothing", async () => {
        const world = await live();
        await world.control.setResource("bot_12345", "entity", "city", "missing");
        await deployInProgress(world);
        const began = world.clock.now();
        await world.stack.destroy();
        expect(world.clock.now()).toBe(began);
        expect(await world.calls(/simulations|HEAD|flows/)).toEqual([]);
        expect(world.live()).toBe("v1.4.1");
    });

    test.each([
        ["vanished", (world: World, id: string) => world.control.forgetDeployment(id)],
        ["was rolled back by hand", (world: World, id: string) => world.control.rollbackByHand(id)],
    ])("is no failure when the deployment %s", async (_what, remove) => {
        const world = await live(releaseArgs({ botId: "bot_2", flowId: "flow_2" }));
        await remove(world, world.deploymentId);
        await world.stack.destroy();
        expect(world.stack.resource).toBeUndefined();
        expect(world.story().at(-1)).toBe("delete completed");
    });

    test("leaves a version alone that somebody deployed over the release", async () => {
        const world = await live();
        await deployByHand(world);
        await world.stack.destroy();
        expect(await world.mutations()).toEqual([]);
        expect(world.live()).toBe("v2.0.0");
        expect(world.story().at(-1)).toBe("delete completed");
    });

    test("leaves the version before alone when somebody rolled the release back", async () => {
        const world = await live();
        await world.control.rollbackByHand(world.deploymentId);
        await world.stack.destroy();
        expect(await world.mutations()).toEqual([]);
        expect(world.live()).toBe("v1.4.1");
    });

    test("leaves the release live where that is declared", async () => {
        const world = await live(releaseArgs({ onDelete: "retain" }));
        await world.stack.destroy();
        expect(await world.calls()).toEqual([]);
        expect(world.live()).toBe("v1.4.2");
        expect(world.story().at(-1)).toBe("delete retained");
    });

    test("says what to do when the platform refuses, and can be tried again", async () => {
        const world = await live();
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "status", status: 400 },
        });
        await expect(world.stack.destroy()).rejects.toThrow(
            "release v1.4.2 of flow flow_67890 (bot bot_12345) to production was not deleted, and its deployment " +
                `${world.deploymentId} is not rolled back: POST /api/v2/deployments/${world.deploymentId}/rollback was answered ` +
                "with 400 (This answer (400) was injected.): the platform does not accept the request. " +
                'Run `pulumi destroy` again, or set `onDelete: "retain"` to leave it live.',
        );
        expect(world.stack.resource).toBeDefined();
        expect(world.story().at(-1)).toBe("rollback failed");
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.1");
    });

    test("names the scope that a rollback needs", async () => {
        const world = await live();
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "status", status: 403 },
        });
        await expect(world.stack.destroy()).rejects.toThrow(
            "needs the scope deployment:execute. Grant it on the platform.",
        );
    });

    test("takes back a deployment that is still on its way", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "stuck" });
        await world.up(releaseArgs({ deployment: { timeoutSeconds: 30, rollbackOnFailure: false } }));
        const { pendingDeploymentId } = world.stack.outputs;
        await world.stack.destroy();
        expect(world.deploymentsOf("v1.4.2")).toEqual([
            { deploymentId: pendingDeploymentId, status: "rolled_back" },
        ]);
        expect(world.live()).toBe("v1.4.1");
    });

    test("takes back both: what is on its way, and what is live", async () => {
        const world = await live();
        await world.control.deploymentScript({ outcome: "stuck" });
        world.edit();
        await world.up(
            releaseArgs({
                versionTag: "v1.5.0",
                deployment: { timeoutSeconds: 30, rollbackOnFailure: false },
            }),
        );
        expect(world.stack.outputs).toMatchObject({ deploymentId: world.deploymentId });
        await world.stack.destroy();
        expect(world.deploymentsOf("v1.5.0")).toMatchObject([{ status: "rolled_back" }]);
        expect(world.deploymentsOf("v1.4.2")).toMatchObject([{ status: "rolled_back" }]);
        expect(world.live()).toBe("v1.4.1");
    });

    test("takes back a deployment that was on its way and is complete by now", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 60_000 });
        await world.up(releaseArgs({ deployment: { timeoutSeconds: 30, rollbackOnFailure: false } }));
        world.clock.skip(60_000);
        expect(world.live()).toBe("v1.4.2");
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.1");
    });

    test("a release that never went live changes nothing on the platform", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        await world.control.clearRequests();
        await world.stack.destroy();
        expect(await world.mutations()).toEqual([]);
        expect(world.live()).toBe("v1.4.1");
    });

    test("a release that was rolled back, and stands on an earlier version of its own, takes that back", async () => {
        const world = await live();
        await world.control.health("bot_12345", probes([false], true));
        world.edit();
        await world.up(releaseArgs({ versionTag: "v1.5.0" }));
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.1");
    });

    test("takes back a release after the drift of its state was refreshed", async () => {
        const world = await live();
        const other = await deployByHand(world);
        await world.stack.refresh();
        await world.control.rollbackByHand(other);
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.1");
    });

    async function deployInProgress(world: World): Promise<void> {
        await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v7.0.0",
            targetEnvironment: "staging",
            durationMs: 100_000,
        });
    }
});
