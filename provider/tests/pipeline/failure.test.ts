import { checkedIn } from "../../src/release/kept-inputs.js";
import { readState } from "../../src/release/kept-state.js";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { CLIENT_SECRET, probes, releaseArgs } from "../support/platform-data.js";
import { PROVIDER_LINE, struct } from "../support/stack.js";

const startWorld = useWorlds();

const NAME = "v1.4.2 of flow flow_67890 (bot bot_12345) to production";

const PLACE = "flow_67890 (bot bot_12345) in production";

/** A release of a mended flow, under a new version. */
async function expectRecovery(world: World): Promise<void> {
    world.edit("Where to, this time?");
    const result = await world.up(releaseArgs({ versionTag: "v1.4.3" }));
    expect(result).toMatchObject({ outcome: "done", operation: "update" });
    expect(world.live()).toBe("v1.4.3");
    expect(world.stack.outputs).toMatchObject({
        status: "completed",
        liveVersionTag: "v1.4.3",
        versionTag: "v1.4.3",
    });
    expect(world.stack.outputs).not.toHaveProperty("pendingDeploymentId");
    expect(world.deploymentsOf("v1.4.3")).toHaveLength(1);
    expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toEqual({ outcome: "unchanged" });
}

function idOf(world: World, versionTag = "v1.4.2"): string {
    return world.deploymentsOf(versionTag)[0]?.deploymentId ?? "";
}

describe("a deployment that fails on the platform", () => {
    test("is told with what stays live", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        expect(reasonOf(await world.up(releaseArgs()))).toBe(
            `release ${NAME} failed, deployment_failed: deployment ${idOf(world)} was started, and the platform reports ` +
                "that it failed. v1.4.1 stays live. Look at the deployment on the platform, then run `pulumi up` again.",
        );
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.4.1" });
        expect(world.stack.outputs).not.toHaveProperty("deploymentId");
        expect(world.events().at(-1)).toMatchObject({
            action: "deployment_execution",
            status: "failed",
            details: { reason: "deployment_failed", deployment_id: idOf(world) },
        });
        expect(await world.mutations()).toHaveLength(1);
    });

    test("is deployed again by the next `up`", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.deploymentsOf("v1.4.2").map(({ status }) => status)).toEqual(["failed", "completed"]);
        expect(world.live()).toBe("v1.4.2");
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
    });

    test("gives way to a mended version", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        await expectRecovery(world);
    });

    test("of a later version leaves the state of the one before", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const before = world.stack.outputs;
        await world.control.deploymentScript({ outcome: "failed" });
        world.edit();
        await world.up(releaseArgs({ versionTag: "v1.5.0" }));
        expect(world.stack.outputs).toMatchObject({
            status: "failed",
            versionTag: "v1.5.0",
            liveVersionTag: "v1.4.2",
            deploymentId: before.deploymentId,
            complianceRef: before.complianceRef,
            deployedAt: before.deployedAt,
        });
    });

    test("of a later version is deployed again by the next `up`: what stays live is not taken for it", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.control.deploymentScript({ outcome: "failed" });
        world.edit();
        await world.up(releaseArgs({ versionTag: "v1.5.0" }));
        expect(await world.up(releaseArgs({ versionTag: "v1.5.0" }))).toMatchObject({ outcome: "done" });
        expect(world.deploymentsOf("v1.5.0").map(({ status }) => status)).toEqual(["failed", "completed"]);
        expect(world.live()).toBe("v1.5.0");
    });

    test("that vanished counts as failed", async () => {
        const world = await startWorld();
        world.before(/^GET .*\/status$/, () => world.emulator.platform.deployments.forget(idOf(world)));
        expect(reasonOf(await world.up(releaseArgs()))).toContain(
            "was started, and the platform no longer knows it. v1.4.1 stays live.",
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.4.1" });
    });

    test("with nothing live before says so", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        const result = await world.up(releaseArgs({ botId: "bot_2", flowId: "flow_2" }));
        expect(reasonOf(result)).toContain("reports that it failed. Nothing is live there. Look at");
        expect(world.stack.outputs).not.toHaveProperty("liveVersionTag");
    });
});

describe("a deployment that does not end", () => {
    const args = (changes = {}) => releaseArgs({ deployment: { timeoutSeconds: 60, ...changes } });

    test("is rolled back after its time", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "stuck" });
        const began = world.clock.now();
        expect(reasonOf(await world.up(args()))).toBe(
            `release ${NAME} was rolled back, deployment_timeout: deployment ${idOf(world)} did not end within 60 s. ` +
                "v1.4.1 is live again. Mend the flow and release it under a new `versionTag`.",
        );
        expect(Math.round((world.clock.now() - began) / 1000)).toBe(60);
        expect(world.deploymentsOf("v1.4.2")).toEqual([{ deploymentId: idOf(world), status: "rolled_back" }]);
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
        expect(world.stack.outputs).not.toHaveProperty("pendingDeploymentId");
        expect(world.story().slice(2)).toEqual([
            "deployment_intent started",
            "rollback_intent started",
            "rollback completed",
            "health_check passed",
            "deployment_execution rolled_back",
        ]);
        await expectRecovery(world);
    });

    test("tells the platform why", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "stuck" });
        await world.up(args());
        const { rollback } = world.emulator.platform.deployments.record(idOf(world));
        expect(rollback?.reason).toBe(
            `deployment_timeout: deployment ${idOf(world)} did not end within 60 s`,
        );
    });

    test("stays in progress where that is declared, and the next `up` takes it up when it is complete", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 90_000 });
        const declared = args({ rollbackOnFailure: false });
        expect(reasonOf(await world.up(declared))).toBe(
            `release ${NAME} failed, deployment_timeout: deployment ${idOf(world)} did not end within 60 s. It was not ` +
                "rolled back, because `deployment.rollbackOnFailure` is false: " +
                `deployment ${idOf(world)} is still in progress.`,
        );
        expect(world.stack.outputs).toMatchObject({
            status: "in_progress",
            pendingDeploymentId: idOf(world),
        });
        expect(world.live()).toBe("v1.4.1");
        expect(await world.up(declared)).toMatchObject({ outcome: "done" });
        expect(world.progress).toContain(
            `flow_67890 (bot bot_12345) in production: taking up deployment ${idOf(world)} of an earlier run`,
        );
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            deploymentId: idOf(world),
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
        });
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        expect(await world.up(declared)).toEqual({ outcome: "unchanged" });
    });

    test("is not taken up for content that was edited since", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 90_000 });
        await world.up(args({ rollbackOnFailure: false }));
        world.edit();
        expect(reasonOf(await world.up(args({ rollbackOnFailure: false })))).toContain(
            `the version tag v1.4.2 is taken by deployment ${idOf(world)}`,
        );
        expect(world.story()).not.toContain("deployment_execution completed");
        expect(world.stack.outputs).toMatchObject({ status: "failed" });
    });

    test("that another version cannot wait for stays known, is not taken for that version, and is rolled back on delete", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "stuck" });
        await world.up(args({ rollbackOnFailure: false }));
        const stuck = idOf(world);
        const next = { ...args({ rollbackOnFailure: false }), versionTag: "v1.4.3" };
        for (const _attempt of [1, 2]) {
            expect(reasonOf(await world.up(next))).toBe(
                "release v1.4.3 of flow flow_67890 (bot bot_12345) to production was not deployed: deployment " +
                    `${stuck} (v1.4.2 of flow flow_67890 to production) is in progress and was still so after 60 s. ` +
                    "Run `pulumi up` again when it has ended, or raise `deployment.timeoutSeconds`.",
            );
            expect(world.stack.outputs).toMatchObject({ status: "failed", pendingDeploymentId: stuck });
        }
        await world.stack.destroy();
        expect(world.deploymentsOf("v1.4.2")).toEqual([{ deploymentId: stuck, status: "rolled_back" }]);
    });

    test("does not hold up a mended version for ever", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 90_000 });
        await world.up(args({ rollbackOnFailure: false }));
        await expectRecovery(world);
    });
});

describe("a bot that is not healthy after its deployment", () => {
    test("has its deployment rolled back", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        expect(reasonOf(await world.up(releaseArgs()))).toBe(
            `release ${NAME} was rolled back, health_check_failed: after its deployment the bot was unhealthy (1 failed of ` +
                "1 probes, 0 allowed). v1.4.1 is live again. Mend the flow and release it under a new `versionTag`.",
        );
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({
            status: "rolled_back",
            liveVersionTag: "v1.4.1",
            health: { verdict: "failed", probes: 1, failures: 1, errors: 0 },
        });
        expect(world.stack.outputs).not.toHaveProperty("deploymentId");
        expect(world.events().at(-1)).toMatchObject({
            action: "deployment_execution",
            status: "rolled_back",
            details: { reason: "health_check_failed", live_version_tag: "v1.4.1" },
        });
        expect(world.progress).toContain(`${PLACE}: v1.4.2 was rolled back, v1.4.1 is live again`);
        await expectRecovery(world);
    });

    test("and stays live is not proved for content that was edited since, however often `up` runs", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.control.health("bot_12345", { sequence: [false, true] });
        world.edit();
        const declared = releaseArgs({ versionTag: "v1.5.0", deployment: { rollbackOnFailure: false } });
        expect(reasonOf(await world.up(declared))).toContain("v1.5.0 is live.");
        world.edit("Where to?");
        for (const _run of [1, 2]) {
            expect(reasonOf(await world.up(declared))).toContain(
                "the version tag v1.5.0 is taken by deployment",
            );
        }
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.5.0" });
    });

    test("goes back to the version before, which stays in the state", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.control.health("bot_12345", { sequence: [false] });
        world.edit();
        const reason = reasonOf(await world.up(releaseArgs({ versionTag: "v1.5.0" })));
        expect(reason).toContain("v1.4.2 is live again.");
        expect(world.stack.outputs).toMatchObject({
            status: "rolled_back",
            versionTag: "v1.5.0",
            liveVersionTag: "v1.4.2",
            deploymentId: idOf(world),
        });
        await expectRecovery(world);
    });

    test.each(["v1.4.2", "v1.4.3"])(
        "is refused in preview with the same content, as %s",
        async (versionTag) => {
            const world = await startWorld();
            await world.control.health("bot_12345", { sequence: [false] });
            await world.up(releaseArgs());
            const result = await world.stack.preview(releaseArgs({ versionTag }));
            expect(result).toMatchObject({ outcome: "refused" });
            expect(JSON.stringify(result)).toContain(
                "is refused, rejected-content: the same content (sha256:",
            );
            expect(JSON.stringify(result)).toContain(
                "was rolled back as v1.4.2 on 2026-01-05T09:00:00.450Z: after its deployment the bot was unhealthy",
            );
            expect(world.live()).toBe("v1.4.1");
            expect(world.stack.outputs).toMatchObject({ liveVersionTag: "v1.4.1" });
        },
    );

    test("does not go live because the platform was away while it was looked at", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        await world.up(releaseArgs());
        // As often as a call is tried: what is asked after that is answered again.
        await world.control.addFault({
            match: { method: "GET", path: "/deployments$" },
            times: 7,
            fault: { kind: "status", status: 503 },
        });
        expect(reasonOf(await world.stack.update(releaseArgs()))).toContain("rejected-content");
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
    });

    test.each([true, "The probe was broken, not the bot."])(
        "goes live after all where that is declared: %s",
        async (retryRejected) => {
            const world = await startWorld();
            await world.control.health("bot_12345", { sequence: [false] });
            await world.up(releaseArgs());
            const again = releaseArgs({ versionTag: "v1.4.3", deployment: { retryRejected } });
            expect(await world.up(again)).toMatchObject({ outcome: "done" });
            expect(world.live()).toBe("v1.4.3");
            const intent = world.events().findLast(({ action }) => action === "deployment_intent");
            expect(intent?.details).toMatchObject({ retry_rejected: retryRejected });
            expect(await world.up(again)).toEqual({ outcome: "unchanged" });
        },
    );

    test("stays live where that is declared, and the next `up` bakes it again", async () => {
        const world = await startWorld();
        const args = releaseArgs({ deployment: { rollbackOnFailure: false } });
        await world.control.health("bot_12345", { sequence: [false] });
        expect(reasonOf(await world.up(args))).toBe(
            `release ${NAME} failed, health_check_failed: after its deployment the bot was unhealthy (1 failed of 1 probes, ` +
                "0 allowed). It was not rolled back, because `deployment.rollbackOnFailure` is false: v1.4.2 is live.",
        );
        expect(world.live()).toBe("v1.4.2");
        expect(world.stack.outputs).toMatchObject({
            status: "failed",
            deploymentId: idOf(world),
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
            health: { verdict: "failed", probes: 1, failures: 1, errors: 0 },
        });
        expect(world.events().at(-1)).toMatchObject({
            action: "deployment_execution",
            status: "failed",
            details: { reason: "health_check_failed", deployment_id: idOf(world) },
        });
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            deploymentId: idOf(world),
            health: { verdict: "healthy", probes: 1 },
        });
        expect(world.story().at(-1)).toBe("deployment_execution completed");
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
    });

    test("and stayed live is proved as it was deployed, whatever was edited since", async () => {
        const world = await startWorld();
        const args = releaseArgs({ deployment: { rollbackOnFailure: false } });
        await world.control.health("bot_12345", { sequence: [false] });
        await world.up(args);
        const { contentHash } = world.stack.outputs;
        world.edit();
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).toMatchObject({ status: "completed", contentHash });
    });

    test("that stayed live gives way to a mended version", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        await world.up(releaseArgs({ deployment: { rollbackOnFailure: false } }));
        await expectRecovery(world);
    });

    test("with nothing live before has nothing live afterwards", async () => {
        const world = await startWorld();
        await world.control.health("bot_2", { sequence: [false] });
        const args = releaseArgs({ botId: "bot_2", flowId: "flow_2" });
        expect(reasonOf(await world.up(args))).toContain(
            "0 allowed). Nothing is live there now. Mend the flow",
        );
        expect(world.live("bot_2")).toBeUndefined();
        expect(world.stack.outputs).not.toHaveProperty("liveVersionTag");
        expect(world.progress.at(-1)).toMatch(/: v1\.4\.2 was rolled back, nothing is live now$/);
    });

    test("with nothing live before is not asked how it is afterwards", async () => {
        const world = await startWorld();
        await world.control.health("bot_2", probes([], false));
        const reason = reasonOf(await world.up(releaseArgs({ botId: "bot_2", flowId: "flow_2" })));
        expect(reason).toMatch(/^release v1\.4\.2 of .* Nothing is live there now\./);
        expect(await world.calls(/health/)).toHaveLength(1);
    });
});

describe("the bake", () => {
    test("allows as many failures as declared, and counts successes in a row", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [true, false, true, false, true, true] });
        const health = { intervalSeconds: 5, successesRequired: 2, failuresAllowed: 2 };
        expect(await world.up(releaseArgs({ health }))).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs.health).toMatchObject({ verdict: "healthy", probes: 6, failures: 2 });
        const probes = (await world.requests()).filter(({ path }) => path.endsWith("/health"));
        expect(probes.map(({ at }) => (Date.parse(at) - Date.parse(probes[0]?.at ?? "")) / 1000)).toEqual([
            0, 5, 10, 15, 20, 25,
        ]);
    });

    test("fails with one failure more", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false, true, false, false] });
        const health = { intervalSeconds: 5, successesRequired: 2, failuresAllowed: 2 };
        expect(reasonOf(await world.up(releaseArgs({ health })))).toContain(
            "the bot was unhealthy (3 failed of 4 probes, 2 allowed)",
        );
    });

    test("that is not done in its time is rolled back", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([true, false, true, false, true, false], false));
        const health = { intervalSeconds: 10, successesRequired: 2, failuresAllowed: 10, timeoutSeconds: 25 };
        expect(reasonOf(await world.up(releaseArgs({ health })))).toContain(
            "after its deployment the bot was not proved healthy within 25 s (1 of 2 probes in a row)",
        );
        expect(world.stack.outputs.health).toMatchObject({ verdict: "inconclusive", probes: 3 });
        expect(world.live()).toBe("v1.4.1");
    });

    test("allows as many broken probes as declared, and they break no row of successes", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "health" },
            skip: 1,
            times: 2,
            fault: { kind: "status", status: 400 },
        });
        const health = { intervalSeconds: 1, successesRequired: 2, errorsAllowed: 2 };
        expect(await world.up(releaseArgs({ health }))).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs.health).toMatchObject({ verdict: "healthy", probes: 4, errors: 2 });
    });

    test("fails with one broken probe more: an unknown health is not a good one", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "health" },
            times: 3,
            fault: { kind: "status", status: 400 },
        });
        const health = { intervalSeconds: 1, errorsAllowed: 2 };
        expect(reasonOf(await world.up(releaseArgs({ health })))).toContain(
            "was rolled back, health_check_failed: after its deployment the bot was of unknown health (3 of 3 probes broke, 2 allowed)",
        );
        expect(world.stack.outputs).toMatchObject({
            status: "rolled_back",
            health: { verdict: "error", errors: 3 },
        });
        expect(world.live()).toBe("v1.4.1");
    });
});

describe("a rollback that the platform refuses", () => {
    const refuseRollback = (world: World, times: number | null = null) =>
        world.control.addFault({
            match: { path: "rollback$" },
            times,
            fault: { kind: "status", status: 400 },
        });

    test("is shouted, with what is live and what to do", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        await refuseRollback(world);
        expect(reasonOf(await world.up(releaseArgs()))).toBe(
            `THE ROLLBACK FAILED, and v1.4.2 is live: POST /api/v2/deployments/${idOf(world)}/rollback was answered with ` +
                "400 (This answer (400) was injected.): the platform does not accept the request. " +
                `Release ${NAME} was to be rolled back, health_check_failed: after its deployment the bot was unhealthy ` +
                `(1 failed of 1 probes, 0 allowed). Roll deployment ${idOf(world)} back on the platform, then run \`pulumi refresh\`.`,
        );
        expect(world.live()).toBe("v1.4.2");
        expect(world.stack.outputs).toMatchObject({
            status: "failed",
            deploymentId: idOf(world),
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
            previousDeploymentId: "dep_141",
            health: { verdict: "failed", probes: 1, failures: 1, errors: 0 },
        });
        expect(world.story().slice(-3)).toEqual([
            "rollback_intent started",
            "rollback failed",
            "deployment_execution failed",
        ]);
        expect(world.events().at(-1)?.details).toMatchObject({
            deployment_id: idOf(world),
            reason: "health_check_failed",
            error: expect.stringContaining("was answered with 400"),
        });
    });

    test("is finished by the next `up` when the bot is still not healthy", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([], false));
        await refuseRollback(world, 1);
        await world.up(releaseArgs());
        expect(reasonOf(await world.up(releaseArgs()))).toContain("v1.4.1 is live again.");
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
    });

    test("is put right by hand and by a new version", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        await refuseRollback(world);
        await world.up(releaseArgs());
        await world.control.rollbackByHand(idOf(world));
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ liveVersionTag: "v1.4.1" });
        await expectRecovery(world);
    });

    test("of a deployment that does not end leaves that in the state, and the next `up` rolls it back", async () => {
        const world = await startWorld();
        const args = releaseArgs({ deployment: { timeoutSeconds: 60 } });
        await world.control.deploymentScript({ outcome: "stuck" });
        await refuseRollback(world, 1);
        expect(reasonOf(await world.up(args))).toContain(
            `THE ROLLBACK FAILED, and deployment ${idOf(world)} is still in progress: POST`,
        );
        expect(world.stack.outputs).toMatchObject({
            status: "in_progress",
            pendingDeploymentId: idOf(world),
        });
        expect(reasonOf(await world.up(args))).toContain("v1.4.1 is live again.");
        expect(world.deploymentsOf("v1.4.2")).toEqual([{ deploymentId: idOf(world), status: "rolled_back" }]);
    });

    test("whose answer is lost is looked up, and counts as done", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "drop", when: "after" },
        });
        expect(reasonOf(await world.up(releaseArgs()))).toContain("v1.4.1 is live again.");
        expect((await world.mutations()).filter((call) => call.endsWith("rollback"))).toHaveLength(1);
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back" });
    });

    test("that never reached the platform is sent again", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "drop", when: "before" },
        });
        expect(reasonOf(await world.up(releaseArgs()))).toContain("v1.4.1 is live again.");
        expect((await world.mutations()).filter((call) => call.endsWith("rollback"))).toHaveLength(2);
        expect(world.live()).toBe("v1.4.1");
    });

    test("that never reached the platform is sent again, whatever word the platform has for the deployment", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "stuck", statuses: ["queued"] });
        await world.control.addFault({
            match: { path: "rollback$" },
            fault: { kind: "drop", when: "before" },
        });
        const args = releaseArgs({ deployment: { timeoutSeconds: 60 } });
        expect(reasonOf(await world.up(args))).toContain("v1.4.1 is live again.");
        expect(world.deploymentsOf("v1.4.2")).toMatchObject([{ status: "rolled_back" }]);
    });

    test("of a deployment that does not end is put right by hand, and the next `up` sees that at once", async () => {
        const world = await startWorld();
        const args = releaseArgs({ deployment: { timeoutSeconds: 60 } });
        await world.control.deploymentScript({ outcome: "stuck" });
        await refuseRollback(world, 1);
        await world.up(args);
        await world.control.rollbackByHand(idOf(world));
        await world.stack.refresh();
        const began = world.clock.now();
        expect(reasonOf(await world.up(args))).toBe(
            `release ${NAME} failed, deployment_failed: deployment ${idOf(world)} was started, and it was rolled back on the ` +
                "platform. v1.4.1 stays live. Look at the deployment on the platform, then run `pulumi up` again.",
        );
        expect(world.clock.now() - began).toBeLessThan(1000);
        expect(world.stack.outputs).not.toHaveProperty("pendingDeploymentId");
        await expectRecovery(world);
    });

    test("because somebody was faster counts as done", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        world.before(/rollback$/, () => {
            world.emulator.platform.deployments.rollBack(idOf(world), "somebody was faster");
        });
        expect(reasonOf(await world.up(releaseArgs()))).toContain("v1.4.1 is live again.");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back" });
    });
});

describe("what the engine is handed after a failure", () => {
    test.each([
        ["a failed deployment", (world: World) => world.control.deploymentScript({ outcome: "failed" })],
        ["an unhealthy bot", (world: World) => world.control.health("bot_12345", { sequence: [false] })],
        [
            "a refused rollback",
            async (world: World) => {
                await world.control.health("bot_12345", { sequence: [false] });
                await world.control.addFault({
                    match: { path: "rollback$" },
                    times: null,
                    fault: { kind: "status", status: 403 },
                });
            },
        ],
        [
            "a refused deployment",
            (world: World) =>
                world.control.addFault({
                    match: { method: "POST", path: "deployments$" },
                    fault: { kind: "status", status: 400, body: { message: `no ${CLIENT_SECRET} here` } },
                }),
        ],
    ])("of %s is an id, plain properties and one reason, without a secret", async (_what, fail) => {
        const world = await startWorld();
        const provider = world.provider();
        const news = releaseArgs({ artifact: { directory: "a" } });
        const { inputs } = await provider.check({}, { ...news, __provider: PROVIDER_LINE });
        await fail(world);
        const failure = await provider.create({ ...inputs, __provider: PROVIDER_LINE }).then(
            () => undefined,
            (error: unknown) =>
                error as {
                    id: string;
                    properties: Record<string, unknown>;
                    reasons: string[];
                    message: string;
                },
        );
        expect(failure?.id).toBe("bot_12345/flow_67890/production");
        expect(failure?.reasons).toEqual([failure?.message]);
        expect(failure?.properties).toEqual(struct(failure?.properties ?? {}));
        expect(readState(failure?.properties ?? {})).toMatchObject({
            ...news,
            simulation: expect.anything(),
            schemaVersion: 3,
            contentHash: checkedIn(inputs).contentHash,
        });
        const told =
            JSON.stringify(failure) +
            failure?.message +
            String(failure) +
            (failure as { stack?: string }).stack;
        expect(told + world.everythingWritten()).not.toContain(CLIENT_SECRET);
        expect(told).not.toMatch(/\n\s+at /);
    });
});
