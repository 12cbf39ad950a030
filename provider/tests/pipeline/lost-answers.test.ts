import { rm } from "node:fs/promises";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const NAME = "v1.4.2 of flow flow_67890 (bot bot_12345) to production";
const PLACE = "flow_67890 (bot bot_12345) in production";
const DEPLOY = { method: "POST", path: "deployments$" };

async function expectOneDeployment(world: World): Promise<void> {
    const [only, ...others] = world.deploymentsOf("v1.4.2");
    expect(others).toEqual([]);
    expect(only?.status).toBe("completed");
    expect(world.live()).toBe("v1.4.2");
    expect(world.stack.outputs).toMatchObject({
        status: "completed",
        deploymentId: only?.deploymentId,
        liveVersionTag: "v1.4.2",
        previousVersionTag: "v1.4.1",
        previousDeploymentId: "dep_141",
        nodesCount: 4,
        lastModified: "2026-01-02T03:04:05Z",
        contentHash: expect.stringMatching(/^sha256:/),
        complianceRef: expect.stringMatching(/^AUD-bot_12345-v1\.4\.2-\d{14}$/),
    });
    expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
}

describe("the answer to a deployment", () => {
    test.each([
        ["a dropped connection", { kind: "drop", when: "after" }],
        ["a 502", { kind: "status", status: 502, after: true }],
        ["a 504", { kind: "status", status: 504, after: true }],
        ["half an answer", { kind: "truncate" }],
        ["a page of a gateway", { kind: "malformed" }],
    ] as const)("that is lost to %s is looked up, and the deployment is taken on", async (_what, fault) => {
        const world = await startWorld();
        await world.control.addFault({ match: DEPLOY, fault });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        await expectOneDeployment(world);
    });

    test.each([
        ["a dropped connection", { kind: "drop", when: "before" }],
        ["a 503", { kind: "status", status: 503 }],
    ] as const)("that is lost to %s before it took effect is sent again, once", async (_what, fault) => {
        const world = await startWorld();
        await world.control.addFault({ match: DEPLOY, fault });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments", "POST /api/v2/deployments"]);
        await expectOneDeployment(world);
        expect(world.story().filter((line) => line.startsWith("deployment_intent"))).toHaveLength(1);
    });

    test("that is lost, and whose deployment failed at once, is not hidden by sending it again", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed", durationMs: 0 });
        await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "after" } });
        expect(reasonOf(await world.up(releaseArgs()))).toContain("the platform reports that it failed");
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
    });

    test("that is lost before it took effect is not taken for the failure of an earlier try", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "before" } });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.deploymentsOf("v1.4.2").map(({ status }) => status)).toEqual(["failed", "completed"]);
    });

    test("that is lost before it took effect is not taken for the failure of another version, which somebody else's ledger tells of", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        await rm(world.ledgerFile);
        await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "before" } });
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.3");
    });

    test("that is a 429 is waited for as long as the platform asks", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: DEPLOY,
            fault: { kind: "status", status: 429, retryAfter: 40 },
        });
        const began = world.clock.now();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.clock.now() - began).toBeGreaterThanOrEqual(40_000);
        await expectOneDeployment(world);
    });

    test("that is lost before it took effect is not sent again for content that was edited meanwhile", async () => {
        const world = await startWorld();
        world.before(/^POST .*deployments$/, () => world.edit());
        await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "before" } });
        expect(reasonOf(await world.up(releaseArgs()))).toContain(
            "the flow was edited after it was validated",
        );
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        expect(world.live()).toBe("v1.4.1");
    });

    test("that is a refusal ends the attempt, and the ledger says so", async () => {
        const world = await startWorld();
        await world.control.addFault({ match: DEPLOY, fault: { kind: "status", status: 400 } });
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        expect(world.events().at(-1)).toMatchObject({
            action: "deployment_execution",
            status: "failed",
            details: {
                reason: "deployment_refused",
                summary: expect.stringContaining("was answered with 400"),
                previous_version_tag: "v1.4.1",
            },
        });
    });

    test("that never comes leaves the attempt open, and the next `up` converges", async () => {
        const world = await startWorld();
        await world.control.addFault({ match: DEPLOY, times: 3, fault: { kind: "drop", when: "before" } });
        expect(reasonOf(await world.up(releaseArgs()))).toMatch(
            /^POST \/api\/v2\/deployments got no whole answer from /,
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed" });
        expect(world.story().at(-1)).toBe("deployment_intent started");
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        await expectOneDeployment(world);
    });

    test("that cannot even be looked up leaves the attempt open, and the next `up` takes the deployment on", async () => {
        const world = await startWorld();
        await world.control.addFault({ match: DEPLOY, fault: { kind: "drop", when: "after" } });
        world.before(/^POST .*deployments$/, () => {
            // Each of the two look-ups is tried 7 times.
            void world.control.addFault({
                match: { method: "GET", path: "deployments$" },
                times: 14,
                fault: { kind: "status", status: 503 },
            });
        });
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
        await world.control.clearFaults();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        await expectOneDeployment(world);
    });

    test("that says that another deployment was faster is no failure: this one waits its turn", async () => {
        const world = await startWorld();
        let other = "";
        world.before(/^POST .*deployments$/, () => {
            other = world.emulator.platform.deployments.deployByHand(
                {
                    botId: "bot_12345",
                    flowId: "flow_67890",
                    versionTag: "v9.9.9",
                    targetEnvironment: "staging",
                    changelog: "",
                    createdBy: "somebody",
                },
                20_000,
            );
        });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.progress).toContain(
            `${PLACE}: waiting for deployment ${other} (v9.9.9 of flow flow_67890 to staging), which is in progress`,
        );
        await expectOneDeployment(world);
    });
});

describe("a platform that is away", () => {
    test("while the deployment goes on is waited for", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 120_000 });
        await world.control.addFault({
            match: { path: "/status$" },
            skip: 2,
            times: 10,
            fault: { kind: "drop", when: "before" },
        });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        await expectOneDeployment(world);
    });

    test("to the end of the deployment's time leaves it open, and the next `up` takes it up", async () => {
        const world = await startWorld();
        const args = releaseArgs({ deployment: { timeoutSeconds: 60 } });
        await world.control.addFault({
            match: { path: "/status$" },
            times: null,
            fault: { kind: "status", status: 503 },
        });
        const reason = reasonOf(await world.up(args));
        const [{ deploymentId } = { deploymentId: "" }] = world.deploymentsOf("v1.4.2");
        expect(reason).toBe(
            `release ${NAME} is on its way as deployment ${deploymentId}, and what became of it is not known: ` +
                `GET /api/v2/deployments/${deploymentId}/status was answered with 503 (This answer (503) was injected.): the ` +
                "platform is in trouble. Try again later. Run `pulumi up` again: it takes up this deployment, and deploys nothing twice.",
        );
        expect(world.stack.outputs).toMatchObject({
            status: "in_progress",
            pendingDeploymentId: deploymentId,
        });
        await world.control.clearFaults();
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        expect(world.stack.outputs).toMatchObject({ status: "completed", deploymentId });
        expect(world.stack.outputs).not.toHaveProperty("pendingDeploymentId");
    });

    test("during the bake, for a moment, breaks no more than a probe", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "/health$" },
            times: 8,
            fault: { kind: "drop", when: "before" },
        });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs.health).toMatchObject({ verdict: "healthy", errors: 1 });
        await expectOneDeployment(world);
    });

    test("for the whole bake and the rollback says that what is live could not be taken back", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "(health|rollback)$" },
            times: null,
            fault: { kind: "status", status: 503 },
        });
        expect(reasonOf(await world.up(releaseArgs()))).toMatch(
            /^THE ROLLBACK FAILED, and v1\.4\.2 is live: /,
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.4.2" });
        await world.control.clearFaults();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        await expectOneDeployment(world);
    });

    test("after the rollback does not hide that it was rolled back", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        world.before(/rollback$/, () => {
            void world.control.addFault({
                match: { method: "GET", path: "deployments$" },
                times: null,
                fault: { kind: "status", status: 503 },
            });
        });
        const result = await world.up(releaseArgs());
        expect(world.live()).toBe("v1.4.1");
        expect(reasonOf(result)).toContain("was rolled back, health_check_failed");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
    });

    test("is told by `pulumi preview` when there is something to release", async () => {
        const world = await startWorld();
        await world.control.addFault({ times: null, fault: { kind: "drop", when: "before" } });
        expect(reasonOf(await world.stack.preview(releaseArgs()))).toMatch(
            /^POST \/oauth\/token got no whole answer from /,
        );
    });
});

describe("a process that is killed", () => {
    test.each([
        ["before it sends the deployment", "deploy"],
        ["right after it sent the deployment", "deploymentStatus"],
        ["during the bake", "healthy"],
        ["during the export", "exportVersion"],
    ] as const)("%s has a successor that takes over, with one deployment", async (_when, method) => {
        const world = await startWorld();
        const args = releaseArgs({ artifact: { directory: "artifacts" } });
        world.dieAt(method);
        await expect(world.up(args)).resolves.toEqual({
            outcome: "failed",
            reasons: [`killed at ${method}`],
        });
        expect(world.stack.resource).toBeUndefined();
        const steps = world.story().filter((line) => line !== "health_check passed");
        expect(steps.at(-1)).toBe("deployment_intent started");
        world.revive();
        expect(await world.up(args)).toMatchObject({ outcome: "done", operation: "create" });
        expect(await world.mutations()).toEqual(["POST /api/v2/deployments"]);
        expect(world.stack.outputs).toMatchObject({ artifact: { path: "artifacts/bot_12345_v1.4.2.json" } });
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
        expect(world.live()).toBe("v1.4.2");
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            previousVersionTag: "v1.4.1",
            previousDeploymentId: "dep_141",
            nodesCount: 4,
        });
        expect(await world.up(args)).toEqual({ outcome: "unchanged" });
        expect(world.story().filter((line) => line.startsWith("deployment_execution"))).toEqual([
            "deployment_execution completed",
        ]);
    });

    test("leaves nothing open in another environment: a tag that is taken there stays taken", async () => {
        const world = await startWorld();
        world.dieAt("deploymentStatus");
        await world.up(releaseArgs());
        world.revive();
        world.clock.skip(1000);
        await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v1.4.2",
            targetEnvironment: "staging",
        });
        const result = await world.up(releaseArgs({ targetEnvironment: "staging" }));
        expect(result.outcome).toBe("refused");
        expect(reasonOf(result)).toContain("to staging cannot be deployed: the version tag v1.4.2 is taken");
    });

    test("and whose version a refresh finds live has a successor that proves it all the same", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        world.edit();
        world.dieAt("deploymentStatus");
        await world.stack.update(releaseArgs({ versionTag: "v1.4.3" })).catch(() => {});
        world.revive();
        world.clock.skip(1000);
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ liveVersionTag: "v1.4.3", status: "in_progress" });
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.events().at(-1)).toMatchObject({ version_tag: "v1.4.3", status: "completed" });
        expect(world.deploymentsOf("v1.4.3")).toHaveLength(1);
    });

    test("during the rollback has a successor that finishes it", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false, false] });
        world.dieAt("rollback");
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        world.revive();
        expect(reasonOf(await world.up(releaseArgs()))).toContain("v1.4.1 is live again.");
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
    });

    test("right after its rollback has a successor that says what is live", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", { sequence: [false] });
        world.before(/rollback$/, () => world.dieAt("deployments"));
        expect(await world.up(releaseArgs())).toEqual({
            outcome: "failed",
            reasons: ["killed at deployments"],
        });
        world.revive();
        expect(reasonOf(await world.up(releaseArgs()))).toContain("v1.4.1 is live again.");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
    });

    test("and whose deployment was of content that is no longer there does not have that taken for the new content", async () => {
        const world = await startWorld();
        world.dieAt("deploymentStatus");
        await world.up(releaseArgs());
        world.revive();
        world.edit();
        world.clock.skip(1000);
        const reason = reasonOf(await world.up(releaseArgs()));
        expect(reason).toContain("the version tag v1.4.2 is taken by deployment");
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.3");
    });
});

test("a token that expires in the middle is renewed, and nothing is sent twice", async () => {
    const world = await startWorld();
    world.before(/^POST .*deployments$/, () => world.emulator.platform.tokens.expireAll());
    expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
});
