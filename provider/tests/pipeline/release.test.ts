import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CONSTRUCTION_KEY } from "../../src/release/construction.js";
import type { Artifact } from "../../src/release/state.js";
import { AUTHOR, reasonOf, useWorlds } from "../support/harness.js";
import { CLIENT_SECRET, flowDraft, probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const NAME = "v1.4.2 of flow flow_67890 (bot bot_12345) to production";

describe("a release that goes through", () => {
    test("validates, simulates, deploys, bakes and exports, in this order, and asks for nothing else", async () => {
        const world = await startWorld();
        await world.stack.update(releaseArgs({ artifact: { directory: "artifacts" } }));
        const [{ deploymentId } = { deploymentId: "" }] = world.deploymentsOf("v1.4.2");
        const calls = (await world.calls())
            .map((call) => call.replace(/sim_[\w-]+/, "SIMULATION"))
            // It is looked more than once how far something is.
            .filter((call, index, all) => call !== all[index - 1] || !/(results|status)$/.test(call));
        const dependencies = calls.slice(3, 8);
        expect(dependencies.sort()).toEqual([
            "HEAD /api/v2/bots/bot_12345/entities/city",
            "HEAD /api/v2/bots/bot_12345/external-apis/booking_service",
            "HEAD /api/v2/bots/bot_12345/intents/book_flight",
            "HEAD /api/v2/bots/bot_12345/intents/cancel_reservation",
            "HEAD /api/v2/bots/bot_12345/resources/tpl_hello",
        ]);
        expect([...calls.slice(0, 3), ...calls.slice(8)]).toEqual([
            // check
            "GET /api/v2/deployments?botId=bot_12345&status=completed",
            "GET /api/v2/bots/bot_12345/flows/flow_67890",
            "GET /api/v2/bots/bot_12345/dependencies?flowId=flow_67890&page=1&pageSize=100",
            "POST /api/v2/simulations",
            "GET /api/v2/simulations/SIMULATION/results",
            "GET /api/v2/bots/bot_12345/flows/flow_67890",
            "GET /api/v2/bots/bot_12345/export?format=json&versionTag=v1.4.1",
            // create
            "GET /api/v2/deployments?botId=bot_12345&status=in_progress",
            "GET /api/v2/deployments?botId=bot_12345&status=completed",
            "GET /api/v2/bots/bot_12345/flows/flow_67890",
            "POST /api/v2/deployments",
            `GET /api/v2/deployments/${deploymentId}/status`,
            "GET /api/v2/bots/bot_12345/health",
            "GET /api/v2/deployments?botId=bot_12345&status=completed",
            "GET /api/v2/bots/bot_12345/export?format=json&versionTag=v1.4.2",
        ]);
    });

    test("sends the deployment as the contract has it", async () => {
        const world = await startWorld();
        await world.stack.update(
            releaseArgs({
                createdBy: "release-bot",
                deployment: { strategy: "canary", rollbackOnFailure: false },
                health: { intervalSeconds: 2.5 },
            }),
        );
        const [deploy] = (await world.requests()).filter(
            ({ method, path }) => method === "POST" && path === "/api/v2/deployments",
        );
        expect(deploy?.body).toEqual({
            snapshot: {
                flow_id: "flow_67890",
                bot_id: "bot_12345",
                version_tag: "v1.4.2",
                changelog: "Updated intent mapping for booking flow.",
                target_environment: "production",
                nodes_count: 4,
                last_modified: "2026-01-02T03:04:05Z",
            },
            deployment_config: {
                target_environment: "production",
                strategy: "canary",
                health_check_interval_seconds: 2.5,
                rollback_on_failure: false,
            },
            metadata: {
                version_tag: "v1.4.2",
                changelog: "Updated intent mapping for booking flow.",
                created_by: "release-bot",
            },
        });
    });

    test("leaves every output in the state", async () => {
        const world = await startWorld();
        const args = releaseArgs({ artifact: { directory: "artifacts" } });
        expect(await world.stack.update(args)).toMatchObject({ outcome: "done", operation: "create" });
        const served = world.emulator.platform.export("bot_12345", "v1.4.2");
        expect(world.stack.resource?.id).toBe("bot_12345/flow_67890/production");
        expect(world.stack.outputs).toEqual({
            ...args,
            createdBy: "pulumi",
            connection: "cognigy",
            dependencies: { validate: true },
            simulation: { ...(args.simulation as object), timeoutSeconds: 120, minPassRate: 1 },
            deployment: {
                strategy: "rolling",
                timeoutSeconds: 600,
                rollbackOnFailure: true,
                onConflict: "wait",
            },
            health: {
                intervalSeconds: 15,
                successesRequired: 1,
                failuresAllowed: 0,
                errorsAllowed: 3,
                timeoutSeconds: 300,
                onInconclusive: "rollback",
                verdict: "healthy",
                probes: 1,
                failures: 0,
                errors: 0,
            },
            artifact: {
                directory: "artifacts",
                path: join("artifacts", "bot_12345_v1.4.2.json"),
                sha256: createHash("sha256").update(served).digest("hex"),
                bytes: served.length,
            },
            adopt: false,
            onDelete: "rollback",
            deploymentId: world.deploymentsOf("v1.4.2")[0]?.deploymentId,
            status: "completed",
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
            previousDeploymentId: "dep_141",
            contentHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
            nodesCount: 4,
            lastModified: "2026-01-02T03:04:05Z",
            changes: ["text: “Book” says “Where to?” → “Where to, please?”"],
            risk: "text",
            gates: {
                dependencies: { validated: true, checked: 6 },
                simulation: { passed: 2, total: 2, passRate: 1, minPassRate: 1 },
            },
            complianceRef: "AUD-bot_12345-v1.4.2-20260105090000",
            deployedAt: "2026-01-05T09:00:00.450Z",
            schemaVersion: 3,
        });
        expect(world.live()).toBe("v1.4.2");
    });

    test("is written down: gates, intent before, outcome after", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "artifacts" } }));
        const events = world.events();
        expect(world.story()).toEqual([
            "dependency_validation passed",
            "simulation passed",
            "deployment_intent started",
            "health_check passed",
            "deployment_execution completed",
        ]);
        const { contentHash, deploymentId, artifact } = world.stack.outputs;
        const { sha256, bytes } = artifact as Artifact;
        const attempt = {
            target_environment: "production",
            nodes_count: 4,
            last_modified: "2026-01-02T03:04:05Z",
            previous_version_tag: "v1.4.1",
            previous_deployment_id: "dep_141",
        };
        expect(events[2]).toMatchObject({ content_hash: contentHash });
        expect(events[2]?.details).toEqual({
            ...attempt,
            changelog: world.stack.outputs.changelog,
            changes: world.stack.outputs.changes,
            risk: "text",
        });
        expect(events[4]).toEqual({
            timestamp: "2026-01-05T09:00:00.450Z",
            ...AUTHOR,
            bot_id: "bot_12345",
            flow_id: "flow_67890",
            version_tag: "v1.4.2",
            action: "deployment_execution",
            status: "completed",
            content_hash: contentHash,
            details: {
                ...attempt,
                deployment_id: deploymentId,
                changelog: world.stack.outputs.changelog,
                gates: world.stack.outputs.gates,
                health: { verdict: "healthy", probes: 1, failures: 0, errors: 0 },
                artifact_path: join("artifacts", "bot_12345_v1.4.2.json"),
                artifact_sha256: sha256,
                artifact_bytes: bytes,
            },
            compliance_ref: world.stack.outputs.complianceRef,
            previous_hash: events[3]?.hash,
            hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        });
    });

    test("is written down with each conversation and each probe", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([true, false], true));
        await world.up(releaseArgs({ health: { successesRequired: 2, failuresAllowed: 1 } }));
        const events = world.events();
        expect(events.find(({ action }) => action === "simulation")?.details).toMatchObject({
            passed: 2,
            steps: [
                {
                    status: "passed",
                    input: "book a flight",
                    expected_intent: "book_flight",
                    actual_intent: "book_flight",
                },
                {
                    status: "passed",
                    input: "cancel my reservation",
                    expected_intent: "cancel_reservation",
                    actual_intent: "cancel_reservation",
                },
            ],
        });
        expect(events.filter(({ action }) => action === "health_check")).toMatchObject([
            {
                status: "passed",
                version_tag: "v1.4.2",
                details: {
                    target_environment: "production",
                    after: "deployment",
                    deployment_id: world.stack.outputs.deploymentId,
                    verdict: "healthy",
                    summary: "healthy (2 of 2 probes in a row)",
                    probes: [
                        { at: "2026-01-05T09:00:00.450Z", result: "healthy" },
                        { at: "2026-01-05T09:00:15.450Z", result: "unhealthy" },
                        { at: "2026-01-05T09:00:30.450Z", result: "healthy" },
                        { at: "2026-01-05T09:00:45.450Z", result: "healthy" },
                    ],
                },
            },
        ]);
    });

    test("has the intent in the ledger before the deployment is sent", async () => {
        const world = await startWorld();
        let story: string[] = [];
        world.before(/^POST .*\/deployments$/, () => {
            story = world.story();
        });
        await world.up(releaseArgs());
        expect(story.at(-1)).toBe("deployment_intent started");
    });

    test("tells people how far it is, by the resource's name", async () => {
        const world = await startWorld();
        const health = { successesRequired: 2, failuresAllowed: 1 };
        const construction = { [CONSTRUCTION_KEY]: { id: "one", name: "booking" } };
        await world.control.health("bot_12345", probes([true, false], true));
        await world.up({ ...releaseArgs({ health }), ...construction });
        expect(world.progress).toEqual([
            "booking: deploying v1.4.2 to production; gates 2/2 passed: 6 dependencies, 2 of 2 conversations",
            "booking: bake 1/2 healthy",
            "booking: bake 0/2 healthy; 1 unhealthy, 1 allowed",
            "booking: bake 1/2 healthy; 1 unhealthy, 1 allowed",
            "booking: v1.4.2 is live, healthy (2 of 2 probes in a row)",
        ]);
    });

    test("tells people where it is made, where the resource's name is not known", async () => {
        const world = await startWorld();
        const { simulation: _, ...args } = releaseArgs({ dependencies: { validate: false } });
        await world.up(args);
        expect(world.progress).toContain(
            "flow_67890 (bot bot_12345) in production: deploying v1.4.2 to production; no gates are declared",
        );
    });

    test("leaves no secret and no token anywhere", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "artifacts" } }));
        const written = `${world.everythingWritten()}${JSON.stringify(world.stack)}${world.progress}`;
        expect(written).toContain("v1.4.2");
        expect(written).not.toContain(CLIENT_SECRET);
        expect(written).not.toMatch(/bearer|access_token/i);
    });

    test("is the first one of its environment, where nothing was live", async () => {
        const world = await startWorld();
        const args = releaseArgs({ botId: "bot_2", flowId: "flow_2", versionTag: "1.0.0" });
        await world.up(args);
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            liveVersionTag: "1.0.0",
            changes: ["first release to production: 4 nodes"],
        });
        expect(world.stack.outputs).not.toHaveProperty("previousVersionTag");
        expect(world.live("bot_2")).toBe("1.0.0");
    });

    test("goes through without a simulation and without dependencies, when that is declared", async () => {
        const world = await startWorld();
        const { simulation: _, ...args } = releaseArgs({ dependencies: { validate: false } });
        await world.up(args);
        expect(world.stack.outputs.gates).toEqual({ dependencies: { validated: false, checked: 0 } });
        expect(world.story()).toEqual([
            "deployment_intent started",
            "health_check passed",
            "deployment_execution completed",
        ]);
        expect(await world.calls(/simulations|HEAD|dependencies/)).toEqual([]);
    });

    test("has ids that are no file names and no path segments", async () => {
        const botId = "bot/../ü %2F";
        const flowId = "flow?#";
        const world = await startWorld({
            data: { clients: clients(), bots: [{ id: botId, flows: [flowDraft(flowId)] }] },
        });
        const { simulation: _, ...args } = releaseArgs({ botId, flowId, artifact: { directory: "a" } });
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.stack.resource?.id).toBe("bot%2F..%2F%C3%BC%20%252F/flow%3F%23/production");
        expect(await readdir(join(world.folder, "a"))).toEqual(["bot%2F..%2F%C3%BC%20%252F_v1.4.2.json"]);
    });
});

describe("the artifact", () => {
    test("is what the platform serves, byte by byte", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "out/of/the/way" } }));
        const folder = join(world.folder, "out/of/the/way");
        expect(await readdir(folder)).toEqual(["bot_12345_v1.4.2.json"]);
        const written = await readFile(join(folder, "bot_12345_v1.4.2.json"));
        expect(written.equals(world.emulator.platform.export("bot_12345", "v1.4.2"))).toBe(true);
    });

    test("is fetched again from the beginning when the download breaks off", async () => {
        const world = await startWorld();
        await world.control.addFault({ match: { path: "export" }, skip: 1, fault: { kind: "truncate" } });
        await world.stack.update(releaseArgs({ artifact: { directory: "artifacts" } }));
        const served = world.emulator.platform.export("bot_12345", "v1.4.2");
        expect(await readdir(join(world.folder, "artifacts"))).toEqual(["bot_12345_v1.4.2.json"]);
        expect(await readFile(join(world.folder, "artifacts", "bot_12345_v1.4.2.json"))).toEqual(served);
        expect(world.stack.outputs.artifact).toMatchObject({ bytes: served.length });
    });

    test("that cannot be had makes `up` fail with the version live, and the next `up` fetches nothing but it", async () => {
        const world = await startWorld();
        const args = releaseArgs({ artifact: { directory: "artifacts" } });
        await world.control.addFault({
            match: { path: "export" },
            skip: 1,
            times: 7,
            fault: { kind: "status", status: 502 },
        });
        const result = await world.stack.update(args);
        expect(result).toEqual({
            outcome: "failed",
            reasons: [
                "release v1.4.2 is live and healthy, but its artifact is missing: GET /api/v2/bots/bot_12345/export was " +
                    "answered with 502 (This answer (502) was injected.): the platform is in trouble. Try again later. " +
                    "Run `pulumi up` again: it exports the artifact and deploys nothing.",
            ],
        });
        expect(await readdir(join(world.folder, "artifacts"))).toEqual([]);
        expect(world.stack.outputs).toMatchObject({ status: "completed", liveVersionTag: "v1.4.2" });
        expect(world.story().at(-1)).toBe("deployment_execution completed");
        await world.control.clearRequests();
        expect(await world.up(args)).toMatchObject({ outcome: "done", operation: "update" });
        expect(await world.mutations()).toEqual([]);
        expect(await world.calls(/simulations|HEAD/)).toEqual([]);
        expect(await readdir(join(world.folder, "artifacts"))).toEqual(["bot_12345_v1.4.2.json"]);
        expect(world.stack.outputs.artifact).toHaveProperty("sha256");
        expect(await world.up(args)).toEqual({ outcome: "unchanged" });
    });

    test("whose download breaks off to the end leaves no part of a file, and no earlier file is touched", async () => {
        const world = await startWorld();
        const folder = join(world.folder, "artifacts");
        await mkdir(folder);
        await writeFile(join(folder, "bot_12345_v1.4.2.json"), "from an earlier life");
        await world.control.addFault({
            match: { path: "export" },
            skip: 1,
            times: 7,
            fault: { kind: "truncate" },
        });
        const result = await world.stack.update(releaseArgs({ artifact: { directory: "artifacts" } }));
        expect(reasonOf(result)).toContain(
            "its artifact is missing: GET /api/v2/bots/bot_12345/export got no whole",
        );
        expect(await readdir(folder)).toEqual(["bot_12345_v1.4.2.json"]);
        expect(await readFile(join(folder, "bot_12345_v1.4.2.json"), "utf8")).toBe("from an earlier life");
    });

    test("is left as it is where it is there already", async () => {
        const world = await startWorld();
        const args = releaseArgs({ artifact: { directory: "artifacts" } });
        await world.up(args);
        const file = join(world.folder, "artifacts", "bot_12345_v1.4.2.json");
        await utimes(file, 1, 1);
        Object.assign(world.stack.resource?.outputs ?? {}, { artifact: '{"directory":"elsewhere"}' });
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(await stat(file)).toMatchObject({ mtimeMs: 1000 });
        expect(await readdir(join(world.folder, "artifacts"))).toEqual(["bot_12345_v1.4.2.json"]);
    });

    test("is never written over: other content under its name is told, with both hashes, and the version stays live", async () => {
        const world = await startWorld();
        const args = releaseArgs({ artifact: { directory: "artifacts" } });
        const file = join(world.folder, "artifacts", "bot_12345_v1.4.2.json");
        await mkdir(dirname(file));
        await writeFile(file, "from an earlier life");
        const there = createHash("sha256").update("from an earlier life").digest("hex");
        const problem = (served: string) =>
            `${file} is there with other content, and an artifact is never written over: its SHA-256 is ${there}, that of the ` +
            `artifact of ${NAME} is ${served}. Move the file away, or declare another \`artifact.directory\`.`;
        const result = await world.up(args);
        const served = createHash("sha256")
            .update(world.emulator.platform.export("bot_12345", "v1.4.2"))
            .digest("hex");
        expect(reasonOf(result)).toBe(
            `release v1.4.2 is live and healthy, but its artifact is missing: ${problem(served)} ` +
                "Run `pulumi up` again: it exports the artifact and deploys nothing.",
        );
        expect(await readFile(file, "utf8")).toBe("from an earlier life");
        expect(await readdir(dirname(file))).toEqual(["bot_12345_v1.4.2.json"]);
        expect(world.live()).toBe("v1.4.2");
        expect(world.events().at(-1)?.details).toMatchObject({ artifact_error: problem(served) });

        await rename(file, `${file}.old`);
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(await world.mutations()).toHaveLength(1);
        expect(world.events().at(-1)).toMatchObject({
            action: "artifact_export",
            status: "completed",
            version_tag: "v1.4.2",
            details: {
                deployment_id: world.stack.outputs.deploymentId,
                artifact_path: join("artifacts", "bot_12345_v1.4.2.json"),
                artifact_sha256: served,
            },
        });
    });

    test("that cannot be written is told with the folder and what to do", async () => {
        const world = await startWorld();
        const result = await world.up(releaseArgs({ artifact: { directory: "/dev/null/artifacts" } }));
        expect(result).toEqual({
            outcome: "failed",
            reasons: [
                `release v1.4.2 is live and healthy, but its artifact is missing: the artifact of ${NAME} cannot be ` +
                    "written to /dev/null/artifacts/bot_12345_v1.4.2.json (ENOTDIR): `artifact.directory` is expected " +
                    "to be a folder that can be written. Run `pulumi up` again: it exports the artifact and deploys nothing.",
            ],
        });
    });
});

describe("a release that has not changed", () => {
    test("runs no gate and changes nothing", async () => {
        const world = await startWorld();
        const args = releaseArgs({ artifact: { directory: "artifacts" } });
        await world.up(args);
        const events = world.events().length;
        await world.control.clearRequests();
        expect(await world.up(args)).toEqual({ outcome: "unchanged" });
        expect(new Set(await world.calls())).toEqual(
            new Set(["GET /api/v2/deployments?botId=bot_12345&status=completed"]),
        );
        expect(world.events()).toHaveLength(events);
    });

    test("needs no platform", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.control.addFault({ times: null, fault: { kind: "drop", when: "before" } });
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
    });

    test("keeps its findings, whatever is edited in the flow meanwhile", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        world.edit();
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
    });

    test("is simulated once, however often it is checked before it goes live", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        await world.stack.preview(releaseArgs());
        await world.up(releaseArgs());
        expect(await world.calls(/simulations$/)).toEqual(["POST /api/v2/simulations"]);
        expect(await world.calls(/^HEAD/)).toHaveLength(5);
        expect(world.story().filter((line) => line.startsWith("simulation"))).toHaveLength(1);
    });

    test("is simulated anew when the evidence is too old", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        world.clock.skip(3_600_000);
        await world.up(releaseArgs());
        expect(await world.calls(/simulations$/)).toHaveLength(2);
    });
});

describe("a live release with other settings", () => {
    test.each([
        ["the bake's interval", { health: { intervalSeconds: 5 } }],
        ["the changelog", { changelog: "Told better." }],
        ["what happens on delete", { onDelete: "retain" }],
        [
            "the test cases",
            {
                simulation: {
                    testCases: [{ input: "call off my journey", expectedIntent: "cancel_reservation" }],
                },
            },
        ],
        [
            "test cases that the live version would not pass",
            { simulation: { testCases: [{ input: "x", expectedIntent: "y" }] } },
        ],
    ])("takes %s over and deploys nothing", async (_what, changes) => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { deploymentId } = world.stack.outputs;
        const events = world.events().length;
        await world.control.clearRequests();
        const changed = releaseArgs(changes);
        expect(await world.up(changed)).toMatchObject({ outcome: "done", operation: "update" });
        expect(await world.mutations()).toEqual([]);
        expect(await world.calls(/simulations|HEAD/)).toEqual([]);
        expect(world.stack.outputs).toMatchObject({ ...changes, deploymentId, status: "completed" });
        expect(world.stack.outputs.health).toMatchObject({ verdict: "healthy", probes: 1 });
        expect(world.events()).toHaveLength(events);
        expect(await world.up(changed)).toEqual({ outcome: "unchanged" });
    });

    test("exports its artifact when a folder is declared later", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.up(releaseArgs({ artifact: { directory: "later" } }));
        expect(await readdir(join(world.folder, "later"))).toEqual(["bot_12345_v1.4.2.json"]);
        expect(world.stack.outputs.artifact).toMatchObject({ path: join("later", "bot_12345_v1.4.2.json") });
        expect(await world.mutations()).toHaveLength(1);
        expect(world.story().at(-1)).toBe("artifact_export completed");
    });

    test("exports its artifact anew when another folder is declared, and only then", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "one" } }));
        await world.control.clearRequests();
        const told = releaseArgs({ artifact: { directory: "one" }, changelog: "Told better." });
        expect(await world.up(told)).toMatchObject({ outcome: "done", operation: "update" });
        expect(await world.calls(/export/)).toEqual([]);
        await world.up(releaseArgs({ artifact: { directory: "other" } }));
        expect(world.stack.outputs.artifact).toMatchObject({ path: join("other", "bot_12345_v1.4.2.json") });
        expect(await readdir(join(world.folder, "other"))).toEqual(["bot_12345_v1.4.2.json"]);
    });

    test("says so when its artifact cannot be had then, and keeps what it is", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { deploymentId } = world.stack.outputs;
        await world.control.addFault({ match: { path: "export" }, fault: { kind: "status", status: 403 } });
        expect(reasonOf(await world.up(releaseArgs({ artifact: { directory: "later" } })))).toMatch(
            /^release v1\.4\.2 is live and healthy, but its artifact is missing: /,
        );
        expect(world.events().at(-1)).toMatchObject({
            action: "artifact_export",
            status: "failed",
            details: { deployment_id: deploymentId },
        });
        expect(world.stack.outputs).toMatchObject({ status: "completed", deploymentId });
        expect(world.stack.outputs.artifact).toEqual({ directory: "later" });
    });
});

test("the next version takes the place of the last one, and remembers it", async () => {
    const world = await startWorld();
    await world.up(releaseArgs());
    const { deploymentId } = world.stack.outputs;
    world.edit();
    await world.up(releaseArgs({ versionTag: "v1.5.0" }));
    expect(world.stack.outputs).toMatchObject({
        status: "completed",
        liveVersionTag: "v1.5.0",
        previousVersionTag: "v1.4.2",
        previousDeploymentId: deploymentId,
        changes: ["text: “Book” says “Where to, please?” → “Where would you like to go?”"],
    });
    expect(world.live()).toBe("v1.5.0");
});

test("another environment is another release: the new one is made, then the old one is rolled back", async () => {
    const world = await startWorld();
    await world.up(releaseArgs());
    expect(await world.up(releaseArgs({ targetEnvironment: "staging" }))).toMatchObject({
        operation: "replace",
    });
    expect(world.stack.resource?.id).toBe("bot_12345/flow_67890/staging");
    expect([world.live(), world.live("bot_12345", "staging")]).toEqual(["v1.4.1", "v1.4.2"]);
});

function clients() {
    return [{ clientId: "client-of-the-tests", clientSecret: CLIENT_SECRET }];
}
