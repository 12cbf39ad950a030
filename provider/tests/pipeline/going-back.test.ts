import { rm } from "node:fs/promises";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";
import { PROVIDER_LINE } from "../support/stack.js";

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

    test("is not what a second try of the failed version comes to", async () => {
        const world = await afterRollback();
        const again = releaseArgs({ versionTag: "v1.5.0", deployment: { retryRejected: true } });
        expect(reasonOf(await world.up(again))).toContain("The version tag has been used before");
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.4.2" });
        expect(world.live()).toBe("v1.4.2");
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

describe("going back to an earlier release that still stands", () => {
    const AT_ONCE = { intervalSeconds: 1, successesRequired: 2 };
    const declare = (versionTag: string, changes: Record<string, unknown> = {}) =>
        releaseArgs({ versionTag, health: AT_ONCE, ...changes });

    /** v1.5.0, v1.6.0 and v1.7.0 went live, one after the other. */
    async function threeReleases(): Promise<World> {
        const world = await startWorld();
        for (const versionTag of ["v1.5.0", "v1.6.0", "v1.7.0"]) {
            world.edit(`the text of ${versionTag}`);
            expect(await world.up(declare(versionTag))).toMatchObject({ outcome: "done" });
        }
        await world.control.clearRequests();
        return world;
    }

    test("says in the preview what is rolled back, and what changes for people", async () => {
        const world = await threeReleases();
        const result = await world.stack.preview(declare("v1.6.0"));
        expect(result).toMatchObject({
            outcome: "planned",
            operation: "update",
            inputs: {
                changes: [
                    expect.stringMatching(/^going back: v1\.7\.0 is rolled back \(deployment \S+\)$/),
                    expect.stringContaining("the text of v1.6.0"),
                ],
                gates: { simulation: { passed: 2, total: 2 } },
                context: { deploys: true, previous: { versionTag: "v1.7.0" } },
            },
        });
        expect(await world.mutations()).toEqual([]);
        expect(await world.calls(/simulations/)).toEqual([]);
    });

    test("rolls back what stands above it, newest first, and proves it again", async () => {
        const world = await threeReleases();
        const [seven, six] = ["v1.7.0", "v1.6.0"].map((tag) => world.deploymentsOf(tag)[0]?.deploymentId);
        expect(await world.up(declare("v1.5.0"))).toMatchObject({ outcome: "done", operation: "update" });
        expect(await world.mutations()).toEqual([
            `POST /api/v2/deployments/${seven}/rollback`,
            `POST /api/v2/deployments/${six}/rollback`,
        ]);
        expect(world.progress).toContain(
            `flow_67890 (bot bot_12345) in production: going back to v1.5.0: rolling back v1.7.0, deployment ${seven}`,
        );
        expect(world.live()).toBe("v1.5.0");
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            versionTag: "v1.5.0",
            liveVersionTag: "v1.5.0",
            deploymentId: world.deploymentsOf("v1.5.0")[0]?.deploymentId,
            previousVersionTag: "v1.4.1",
            health: { verdict: "healthy", probes: 2 },
        });
        expect(world.story().slice(-6)).toEqual([
            "rollback_intent started",
            "rollback completed",
            "rollback_intent started",
            "rollback completed",
            "health_check passed",
            "deployment_execution completed",
        ]);
        expect(await world.up(declare("v1.5.0"))).toEqual({ outcome: "unchanged" });
    });

    test("has in the ledger what it changes, before the first rollback and once", async () => {
        const world = await threeReleases();
        await world.up(declare("v1.5.0", { changelog: "Back to what worked." }));
        const { changes } = world.stack.outputs;
        expect(changes).toHaveLength(3);
        const intents = world.events().filter(({ action }) => action === "rollback_intent");
        expect(intents.map(({ details }) => [details.changes, details.risk, details.changelog])).toEqual([
            [changes, "text", "Back to what worked."],
            [undefined, undefined, undefined],
        ]);
        expect(
            world.events().filter(({ action, details }) => action === "rollback" && details.changes),
        ).toEqual([]);
    });

    test("is not held up by a freeze, nor by gates that would refuse now", async () => {
        const world = await startWorld({
            freezeWindows: [
                { name: "Later", timeZone: "UTC", from: "2026-01-05T12:00", to: "2026-01-06T12:00" },
            ],
        });
        for (const versionTag of ["v1.5.0", "v1.6.0"]) {
            world.edit(versionTag);
            expect(await world.up(declare(versionTag))).toMatchObject({ outcome: "done" });
        }
        world.clock.skip(4 * 3_600_000);
        await world.control.setResource("bot_12345", "entity", "city", "missing");
        expect(await world.up(declare("v1.5.0"))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.5.0");
    });

    test("goes one further when it is not healthy any more, fails, and says what was good before", async () => {
        const world = await threeReleases();
        await world.control.health("bot_12345", probes([], false));
        const reason = reasonOf(await world.up(declare("v1.6.0")));
        expect(reason).toMatch(/^THE ROLLBACK DID NOT HELP: with v1\.5\.0 live again the bot is unhealthy/);
        expect(reason).toContain("v1.6.0 of flow flow_67890 (bot bot_12345) to production was rolled back");
        expect(reason).not.toContain("was good before");
        expect(world.live()).toBe("v1.5.0");
        expect(world.stack.outputs).toMatchObject({
            status: "rolled_back",
            liveVersionTag: "v1.5.0",
            deploymentId: world.deploymentsOf("v1.5.0")[0]?.deploymentId,
        });
    });

    test("names the release that was good before, after a rollback that did not help", async () => {
        const world = await threeReleases();
        world.edit("the text of v1.8.0");
        await world.control.health("bot_12345", probes([], false));
        const reason = reasonOf(await world.up(declare("v1.8.0")));
        expect(reason).toContain("with v1.7.0 live again the bot is unhealthy");
        expect(reason).toContain('declare `versionTag: "v1.6.0"`, which was good before, to go back to it.');
        await world.control.health("bot_12345", probes([], true));
        expect(await world.up(declare("v1.6.0"))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.6.0");
    });

    test("is not advised where the rollback has helped", async () => {
        const world = await threeReleases();
        world.edit("the text of v1.8.0");
        await world.control.health("bot_12345", probes([false], true));
        expect(reasonOf(await world.up(declare("v1.8.0")))).toMatch(
            /^release v1\.8\.0 .* v1\.7\.0 is live again\. Mend the flow and release it under a new `versionTag`\.$/,
        );
    });

    test("is taken up by the next run when its own was killed on the way", async () => {
        const world = await threeReleases();
        world.dieAt("healthy");
        expect(reasonOf(await world.up(declare("v1.5.0")))).toBe("killed at healthy");
        world.revive();
        expect(world.live()).toBe("v1.5.0");
        await world.control.clearRequests();
        expect(await world.up(declare("v1.5.0"))).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toEqual([]);
        expect(world.stack.outputs).toMatchObject({ health: { verdict: "healthy", probes: 2 } });
        expect(world.story().at(-1)).toBe("deployment_execution completed");
    });

    test("does not take back what somebody else deployed", async () => {
        const world = await threeReleases();
        await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v9.0.0",
            targetEnvironment: "production",
        });
        expect(reasonOf(await world.up(declare("v1.6.0")))).toContain(
            "the version tag v1.6.0 is taken by deployment",
        );
        expect(await world.mutations()).toEqual([]);
    });

    test("does not take back what somebody else deploys while it waits for its turn", async () => {
        const world = await threeReleases();
        await world.stack.preview(declare("v1.6.0"));
        let other = "";
        world.before(/status=in_progress/, () => {
            other = world.emulator.platform.deployments.deployByHand({
                botId: "bot_12345",
                flowId: "flow_67890",
                versionTag: "v9.0.0",
                targetEnvironment: "production",
                changelog: "",
                createdBy: "somebody",
            });
        });
        const taken = world.deploymentsOf("v1.6.0")[0]?.deploymentId;
        expect(reasonOf(await world.up(declare("v1.6.0")))).toMatch(
            new RegExp(
                `^release v1\\.6\\.0 .* cannot be deployed: the version tag v1\\.6\\.0 is taken by deployment ${taken} of .* Choose a new ` +
                    "`versionTag`, or roll deployment " +
                    `${other} \\(v9\\.0\\.0, live now\\) back on the platform and run \`pulumi refresh\`\\.$`,
            ),
        );
        expect(await world.mutations()).toEqual([]);
        expect(world.live()).toBe("v9.0.0");
    });

    test("is not for a version that was never a release of this ledger", async () => {
        const world = await threeReleases();
        expect(reasonOf(await world.stack.preview(declare("v1.4.1")))).toContain(
            "the version tag v1.4.1 is taken by deployment dep_141",
        );
        expect(reasonOf(await world.up(declare("v1.4.1")))).toContain(
            "the version tag v1.4.1 is taken by deployment dep_141",
        );
        expect(await world.mutations()).toEqual([]);
    });

    test("does not take what went live under its tag meanwhile for the content that it has checked", async () => {
        const world = await startWorld();
        const one = world.provider();
        const { inputs } = await one.check({}, { ...declare("v1.5.0"), __provider: PROVIDER_LINE });
        world.edit("what somebody released under the same tag");
        expect(await world.up(declare("v1.5.0"))).toMatchObject({ outcome: "done" });
        await expect(one.create({ ...inputs, __provider: PROVIDER_LINE })).rejects.toThrow(
            "the version tag v1.5.0 is taken by deployment",
        );
        expect(world.story().filter((line) => line === "deployment_execution completed")).toHaveLength(1);
    });

    test("is cut short when its process is killed at a rollback, and says nothing else", async () => {
        const world = await threeReleases();
        world.dieAt("rollback");
        expect(reasonOf(await world.up(declare("v1.5.0")))).toBe("killed at rollback");
        world.revive();
        expect(await world.up(declare("v1.5.0"))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.5.0");
    });

    test("says which rollback did not succeed, and goes on with the next run", async () => {
        const world = await threeReleases();
        await world.control.addFault({
            match: { method: "POST", path: "/rollback$" },
            skip: 1,
            fault: { kind: "status", status: 400 },
        });
        expect(reasonOf(await world.up(declare("v1.5.0")))).toMatch(
            /^release v1\.5\.0 of .* was not gone back to: deployment \S+ of v1\.6\.0 could not be rolled back, and v1\.6\.0 is live\./,
        );
        expect(await world.up(declare("v1.5.0"))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.5.0");
    });

    test("is what a destroy then rolls back", async () => {
        const world = await threeReleases();
        await world.up(declare("v1.6.0"));
        await world.stack.destroy();
        expect(world.live()).toBe("v1.5.0");
    });
});
