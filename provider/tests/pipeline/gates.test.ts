import { mkdirSync, rmSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { contentHash } from "../../src/release/content-hash.js";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { platformData, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const NAME = "v1.4.2 of flow flow_67890 (bot bot_12345) to production";

async function expectNothingDeployed(world: World): Promise<void> {
    expect(await world.mutations()).toEqual([]);
    expect(world.live()).toBe("v1.4.1");
    expect(world.story()).not.toContain("deployment_intent started");
}

describe("dependencies", () => {
    test("that are missing or forbidden block the release, each with the place where it is used", async () => {
        const world = await startWorld();
        await world.control.setResource("bot_12345", "intent", "cancel_reservation", "missing");
        await world.control.setResource("bot_12345", "entity", "city", "forbidden");
        expect(await world.up(releaseArgs())).toEqual({
            outcome: "refused",
            reasons: [
                [
                    `release ${NAME} is blocked, dependency_validation_failed: 3 of 6 dependencies cannot be used.`,
                    '  - intent "cancel_reservation" is missing (used at n2.intents[1])',
                    '  - entity "city" cannot be used: not accessible from n3.entity, not accessible from n4.entity',
                    "Nothing was deployed; v1.4.1 stays live. Restore what is missing, grant access to what is " +
                        "forbidden, or take it out of the flow, then run `pulumi preview` again.",
                ].join("\n"),
            ],
        });
        await expectNothingDeployed(world);
        expect(await world.calls(/simulations/)).toEqual([]);
        expect(world.story()).toEqual(["dependency_validation failed", "deployment_execution blocked"]);
        for (const { content_hash } of world.events()) {
            expect(content_hash).toMatch(/^sha256:/);
        }
        expect(world.events().map(({ details }) => details)).toEqual([
            {
                target_environment: "production",
                checked_count: 6,
                missing_resources: [{ type: "intent", id: "cancel_reservation", reference: "n2.intents[1]" }],
                broken_references: [
                    { type: "entity", id: "city", error: "not accessible from n3.entity" },
                    { type: "entity", id: "city", error: "not accessible from n4.entity" },
                ],
            },
            {
                target_environment: "production",
                reason: "dependency_validation_failed",
                summary: "3 of 6 dependencies cannot be used",
            },
        ]);
    });

    test("that are mended let the release through", async () => {
        const world = await startWorld();
        await world.control.setResource("bot_12345", "entity", "city", "missing");
        await world.up(releaseArgs());
        await world.control.setResource("bot_12345", "entity", "city", "ok");
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
    });

    test("say that nothing is live there yet, where that is so", async () => {
        const world = await startWorld();
        await world.control.addDependencies("bot_2", "flow_2", [
            { resourceType: "entity", resourceId: "gone", referencePath: "n3" },
        ]);
        const refused = await world.up(releaseArgs({ botId: "bot_2", flowId: "flow_2" }));
        expect(reasonOf(refused)).toContain("Nothing was deployed; nothing is live there yet. Restore");
    });

    test("are cut after 20 findings, with a count", async () => {
        const world = await startWorld();
        const rows = Array.from({ length: 130 }, (_, index) => ({
            resourceType: "entity",
            resourceId: `gone_${index}`,
            referencePath: `n3.${index}`,
        }));
        await world.control.addDependencies("bot_12345", "flow_67890", rows);
        const reason = reasonOf(await world.up(releaseArgs()));
        expect(reason).toContain("130 of 136 dependencies cannot be used.");
        expect(reason.split("\n")).toHaveLength(23);
        expect(reason).toContain("\n  … and 110 more\n");
        expect(world.events()[0]?.details.missing_resources).toHaveLength(20);
    });

    test("have at most 20 that may not be used in the ledger", async () => {
        const world = await startWorld();
        await world.control.setResource("bot_12345", "entity", "city", "forbidden");
        await world.control.addDependencies(
            "bot_12345",
            "flow_67890",
            Array.from({ length: 30 }, (_, index) => ({
                resourceType: "entity",
                resourceId: "city",
                referencePath: `n3.${index}`,
            })),
        );
        expect(reasonOf(await world.up(releaseArgs()))).toContain("32 of 36 dependencies cannot be used.");
        expect(world.events()[0]?.details.broken_references).toHaveLength(20);
    });

    test("that have become others are validated anew, though the flow is the same", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        await world.control.addDependencies("bot_12345", "flow_67890", [
            { resourceType: "entity", resourceId: "gone", referencePath: "n3.more" },
        ]);
        expect(reasonOf(await world.stack.preview(releaseArgs()))).toContain('entity "gone" is missing');
    });

    test("are checked once for each distinct resource, 16 at a time", async () => {
        const world = await manyDependencies();
        await world.up(releaseArgs());
        const heads = await world.calls(/^HEAD/);
        expect(heads).toHaveLength(55);
        expect(new Set(heads).size).toBe(55);
        expect(world.most.lookups).toBe(16);
        expect(world.stack.outputs.gates).toMatchObject({ dependencies: { checked: 156 } });
    });

    test("are checked as many at a time as is set", async () => {
        const world = await manyDependencies(3);
        await world.up(releaseArgs());
        expect(world.most.lookups).toBe(3);
    });

    test("are not checked on when the platform refuses to answer", async () => {
        const world = await manyDependencies(2);
        await world.control.addFault({
            match: { method: "HEAD" },
            skip: 4,
            times: null,
            fault: { kind: "status", status: 400 },
        });
        expect(reasonOf(await world.up(releaseArgs()))).toMatch(
            /^HEAD \/api\/v2\/bots\/bot_12345\/\S+ was answered with 400: the platform does not accept the request\.$/,
        );
        expect((await world.calls(/^HEAD/)).length).toBeLessThanOrEqual(7);
    });

    /** 50 more entities, each used three times. */
    async function manyDependencies(maxConcurrency?: number): Promise<World> {
        const data = platformData();
        const [bot, ...others] = data.bots;
        if (!bot) {
            throw new Error("no bot");
        }
        const ids = Array.from({ length: 50 }, (_, index) => `entity_${index}`);
        const entities = [...(bot.entities ?? []), ...ids.map((id) => ({ id }))];
        const world = await startWorld({
            data: { ...data, bots: [{ ...bot, entities }, ...others] },
            ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
        });
        await world.control.addDependencies(
            "bot_12345",
            "flow_67890",
            [1, 2, 3].flatMap((use) =>
                ids.map((id) => ({ resourceType: "entity", resourceId: id, referencePath: `n3.${use}` })),
            ),
        );
        await world.control.addFault({
            match: { method: "HEAD" },
            times: 55,
            fault: { kind: "latency", ms: 20 },
        });
        return world;
    }
});

describe("the simulation", () => {
    test("blocks the release when an intent is not recognised, with what was expected and what came", async () => {
        const world = await startWorld();
        await world.control.setExamples("bot_12345", "cancel_reservation", ["never mind"]);
        await world.control.setExamples("bot_12345", "book_flight", ["cancel reservation", "book flight"]);
        const result = await world.up(releaseArgs());
        expect(result).toEqual({
            outcome: "refused",
            reasons: [
                [
                    `release ${NAME} is blocked, simulation_failed: 1 of 2 simulated conversations failed (all must pass).`,
                    '  - "cancel my reservation" should reach intent "cancel_reservation" but reached intent ' +
                        '"book_flight": It was understood as "book_flight" (1), because of the example "cancel reservation".',
                    "Nothing was deployed; v1.4.1 stays live. Mend the flow, its intents' example sentences, or the " +
                        "test case, then run `pulumi preview` again.",
                ].join("\n"),
            ],
        });
        await expectNothingDeployed(world);
        expect(world.story()).toEqual([
            "dependency_validation passed",
            "simulation failed",
            "deployment_execution blocked",
        ]);
        expect(world.events()[1]?.details.findings).toEqual([
            expect.stringMatching(
                /^"cancel my reservation" should reach intent "cancel_reservation" but reached/,
            ),
        ]);
    });

    test("has at most 20 findings in the ledger", async () => {
        const world = await startWorld();
        const testCases = Array.from({ length: 30 }, (_, index) => ({
            input: `xyzzy ${index}`,
            expectedIntent: "book_flight",
        }));
        expect(reasonOf(await world.up(releaseArgs({ simulation: { testCases } })))).toContain(
            "30 of 30 simulated conversations failed",
        );
        expect(world.events()[1]?.details.findings).toHaveLength(20);
    });

    test("says so when no intent was recognised at all", async () => {
        const world = await startWorld();
        const simulation = { testCases: [{ input: "xyzzy", expectedIntent: "book_flight" }] };
        expect(reasonOf(await world.up(releaseArgs({ simulation })))).toContain(
            '"xyzzy" should reach intent "book_flight" but reached no intent: ',
        );
    });

    test.each([
        [0.5, "done"],
        [0.51, "refused"],
    ])("with a pass rate of %d, of which half passes, is %s", async (minPassRate, outcome) => {
        const world = await startWorld();
        await world.control.simulation({ fail: ["book a flight"] });
        const simulation = { ...(releaseArgs().simulation as object), minPassRate };
        const result = await world.up(releaseArgs({ simulation }));
        expect(result.outcome).toBe(outcome);
        if (outcome === "refused") {
            expect(reasonOf(result)).toContain(
                "1 of 2 simulated conversations failed (at least 51 % must pass)",
            );
            await expectNothingDeployed(world);
        } else {
            expect(world.stack.outputs.gates).toMatchObject({
                simulation: { passed: 1, total: 2, passRate: 0.5, minPassRate: 0.5 },
            });
        }
    });

    test("that never ends blocks the release after its time", async () => {
        const world = await startWorld();
        await world.control.simulation({ durationMs: 10_000_000 });
        // The platform's own time-out would end it: this one never does.
        world.emulator.platform.simulations.results = (simulationId) => ({
            simulationId,
            flowId: "flow_67890",
            status: "running",
            steps: [],
        });
        const simulation = { ...(releaseArgs().simulation as object), timeoutSeconds: 30 };
        const began = world.clock.now();
        const reason = reasonOf(await world.up(releaseArgs({ simulation })));
        expect(reason.replace(/sim_[\w-]+/, "SIMULATION")).toBe(
            `release ${NAME} is blocked, simulation_failed: simulation SIMULATION did not end within 30 s.\n` +
                "Nothing was deployed; v1.4.1 stays live. Raise `simulation.timeoutSeconds`, or look at the simulation on " +
                "the platform, then run `pulumi preview` again.",
        );
        expect(world.story()).toEqual([
            "dependency_validation passed",
            "simulation failed",
            "deployment_execution blocked",
        ]);
        expect(world.events()[1]).toMatchObject({
            content_hash: await hashOf(world),
            details: { simulation_id: expect.stringMatching(/^sim_/), reason: "timeout" },
        });
        expect(world.clock.now() - began).toBe(30_000);
        await expectNothingDeployed(world);
    });

    test("that the platform gives up is a failed one", async () => {
        const world = await startWorld();
        await world.control.simulation({ durationMs: 10_000_000 });
        const simulation = { ...(releaseArgs().simulation as object), timeoutSeconds: 30 };
        expect(reasonOf(await world.up(releaseArgs({ simulation })))).toContain(
            '"book a flight" should reach intent "book_flight" but reached no intent: timed out',
        );
    });

    test("is counted once, however often the same content is refused", async () => {
        const world = await startWorld();
        await world.control.simulation({ fail: ["book a flight"] });
        await world.up(releaseArgs());
        await world.up(releaseArgs());
        expect(world.story().filter((line) => line === "deployment_execution blocked")).toHaveLength(1);
        world.edit();
        await world.up(releaseArgs());
        expect(world.story().filter((line) => line === "deployment_execution blocked")).toHaveLength(2);
    });

    test("is run again when its test cases change, and when the flow changes", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        const [testCase] = (releaseArgs().simulation as { testCases: unknown[] }).testCases;
        await world.stack.preview(releaseArgs({ simulation: { testCases: [testCase] } }));
        world.edit();
        await world.stack.preview(releaseArgs());
        expect(await world.calls(/simulations$/)).toHaveLength(3);
    });

    test("does not count when the flow is edited while it runs", async () => {
        const world = await startWorld();
        world.before(/^GET .*\/results$/, () => world.edit());
        const before = await hashOf(world);
        const result = await world.up(releaseArgs());
        expect(reasonOf(result)).toBe(changedMessage(before, await hashOf(world)));
        await expectNothingDeployed(world);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs.contentHash).toBe(await hashOf(world));
    });
});

describe("content that was edited between check and create", () => {
    test("is refused, both contents are named, and nothing is sent", async () => {
        const world = await startWorld();
        const before = await hashOf(world);
        world.before(/deployments\?.*status=in_progress/, () => world.edit());
        const result = await world.stack.update(releaseArgs());
        expect(result).toEqual({ outcome: "failed", reasons: [changedMessage(before, await hashOf(world))] });
        await expectNothingDeployed(world);
    });

    test("is not simulated on the sly", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        world.before(/deployments\?.*status=in_progress/, () => world.edit());
        await world.stack.update(releaseArgs());
        expect(await world.calls(/simulations$/)).toHaveLength(1);
    });

    test("is refused, and not put to the gates, where their evidence is gone", async () => {
        const world = await startWorld();
        const before = await hashOf(world);
        world.before(/deployments\?.*status=in_progress/, () => {
            rmSync(join(world.folder, "evidence"), { recursive: true });
            world.edit();
        });
        const result = await world.stack.update(releaseArgs());
        expect(result).toEqual({ outcome: "failed", reasons: [changedMessage(before, await hashOf(world))] });
        expect(await world.calls(/simulations$/)).toHaveLength(1);
        await expectNothingDeployed(world);
    });

    test("leaves a blocked release where it is the same, and no longer passes its gates", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "artifacts" } }));
        const { artifact, health } = world.stack.outputs;
        world.edit();
        world.before(/deployments\?.*status=in_progress/, () => {
            rmSync(join(world.folder, "evidence"), { recursive: true });
            world.emulator.platform.catalog.setResource("bot_12345", "entity", "city", "missing");
        });
        const next = releaseArgs({ versionTag: "v1.5.0", artifact: { directory: "artifacts" } });
        expect(reasonOf(await world.up(next))).toContain("is blocked, dependency_validation_failed");
        // What is live keeps what was found of it.
        expect(world.stack.outputs).toMatchObject({
            status: "blocked",
            versionTag: "v1.5.0",
            liveVersionTag: "v1.4.2",
            artifact,
            health,
        });
        expect(world.live()).toBe("v1.4.2");
    });

    test("goes live with the next `up`, once it has passed its gates", async () => {
        const world = await startWorld();
        world.before(/deployments\?.*status=in_progress/, () => world.edit());
        await world.stack.update(releaseArgs());
        expect(world.stack.outputs).toMatchObject({ status: "failed" });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done", operation: "update" });
        expect(world.stack.outputs).toMatchObject({ status: "completed", contentHash: await hashOf(world) });
        expect(world.live()).toBe("v1.4.2");
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
    });

    test("of a release that is live already leaves it live, and the next `up` converges", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { deploymentId } = world.stack.outputs;
        const next = releaseArgs({ versionTag: "v1.5.0" });
        world.before(/deployments\?.*status=in_progress/, () => world.edit());
        expect((await world.up(next)).outcome).toBe("failed");
        expect(world.stack.outputs).toMatchObject({
            status: "failed",
            versionTag: "v1.5.0",
            liveVersionTag: "v1.4.2",
            deploymentId,
        });
        expect(await world.up(next)).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).toMatchObject({ status: "completed", liveVersionTag: "v1.5.0" });
    });

    test("may be moved about and touched, as long as it says the same", async () => {
        const world = await startWorld();
        world.before(/deployments\?.*status=in_progress/, () => {
            world.emulator.platform.catalog.patchFlow("bot_12345", "flow_67890", {
                nodes: { n3: { position: { x: 1 } } },
            });
        });
        expect(await world.stack.update(releaseArgs())).toMatchObject({ outcome: "done" });
    });

    test("that no longer passes its gates is refused as well", async () => {
        const world = await startWorld();
        world.before(/deployments\?.*status=in_progress/, () => {
            world.emulator.platform.catalog.setResource("bot_12345", "entity", "city", "missing");
            world.edit();
        });
        expect(reasonOf(await world.stack.update(releaseArgs()))).toContain(
            "is refused: the flow was edited",
        );
        await expectNothingDeployed(world);
    });
});

describe("a version tag", () => {
    test("that is taken is refused before any gate runs, with the deployment that has it", async () => {
        const world = await startWorld();
        const result = await world.up(releaseArgs({ versionTag: "v1.4.1" }));
        expect(result.outcome).toBe("refused");
        expect(reasonOf(result)).toMatch(
            /^release v1\.4\.1 of flow flow_67890 \(bot bot_12345\) to production cannot be deployed: the version tag v1\.4\.1 is taken by deployment dep_141 of 2026-01-01T08:00:00\.000Z.* Nothing was deployed\. Choose a new `versionTag`\.$/,
        );
        expect(await world.calls(/simulations|HEAD/)).toEqual([]);
        await expectNothingDeployed(world);
    });

    test("that went live and was rolled back by hand is refused where the state was lost, with what became of it", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const { deploymentId } = world.stack.outputs;
        await world.control.rollbackByHand(String(deploymentId));
        world.stack.resource = undefined;
        await world.control.clearRequests();
        expect(reasonOf(await world.up(releaseArgs()))).toBe(
            `release ${NAME} cannot be deployed: the version tag v1.4.2 was used by deployment ${deploymentId}, which the ` +
                "platform says is rolled_back, and a tag is deployed once. Nothing was deployed. Choose a new `versionTag`.",
        );
        expect(await world.calls(/simulations|HEAD/)).toEqual([]);
    });

    test("that somebody has taken since our own try of it failed is refused, beneath whatever is live", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        await world.up(releaseArgs());
        const ids: string[] = [];
        for (const versionTag of ["v1.4.2", "v9.0.0"]) {
            const place = { flowId: "flow_67890", targetEnvironment: "production" };
            ids.push((await world.control.deployByHand("bot_12345", { ...place, versionTag })).deploymentId);
            world.clock.skip(1_000);
        }
        const [testCase] = (releaseArgs().simulation as { testCases: unknown[] }).testCases;
        await world.control.clearRequests();
        const result = await world.up(releaseArgs({ simulation: { testCases: [testCase] } }));
        expect(result.outcome).toBe("refused");
        expect(reasonOf(result)).toContain(`the version tag v1.4.2 is taken by deployment ${ids[0]} of `);
        expect(await world.calls(/simulations|HEAD/)).toEqual([]);
    });

    test("that somebody takes after the check is refused as well", async () => {
        const world = await startWorld();
        world.before(/deployments\?.*status=in_progress/, () => {
            world.emulator.platform.deployments.deployByHand({
                botId: "bot_12345",
                flowId: "flow_67890",
                versionTag: "v1.4.2",
                targetEnvironment: "production",
                changelog: "",
                createdBy: "somebody",
            });
        });
        expect(reasonOf(await world.stack.update(releaseArgs()))).toContain(
            "the version tag v1.4.2 is taken by deployment dep_",
        );
        expect(await world.mutations()).toEqual([]);
    });

    test("that was rolled back before is refused by the platform, and nothing is left in progress", async () => {
        const world = await startWorld();
        const { deploymentId } = await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v1.4.2",
            targetEnvironment: "production",
        });
        await world.control.rollbackByHand(deploymentId);
        const result = await world.up(releaseArgs());
        expect(reasonOf(result)).toBe(
            `release ${NAME} was not deployed: POST /api/v2/deployments was answered with 409 (The version tag v1.4.2 of ` +
                `flow "flow_67890" in production is taken by deployment "${deploymentId}" (rolled_back).): it conflicts with ` +
                "what is there. The version tag has been used before: choose a new `versionTag`.",
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed" });
        expect(world.story().slice(-2)).toEqual(["deployment_intent started", "deployment_execution failed"]);
    });

    test("of another environment or another flow is not in the way", async () => {
        const world = await startWorld();
        await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v1.4.2",
            targetEnvironment: "staging",
        });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    });
});

describe("a ledger that cannot be written", () => {
    test("lets nothing be deployed", async () => {
        const world = await startWorld({ ledger: "/dev/null/ledger.jsonl" });
        const { simulation: _, ...args } = releaseArgs({ dependencies: { validate: false } });
        const result = await world.up(args);
        expect(result).toEqual({
            outcome: "refused",
            reasons: [
                "the ledger /dev/null/ledger.jsonl cannot be read (ENOTDIR): nothing is deployed without a record. " +
                    "Make it readable, or set `cognigy:ledger` to a file that is.",
            ],
        });
        expect(await world.mutations()).toEqual([]);
        expect(world.live()).toBe("v1.4.1");
    });

    test("is told by `pulumi preview`, as soon as a gate is to be recorded", async () => {
        const world = await startWorld({ ledger: "/dev/null/ledger.jsonl" });
        expect(reasonOf(await world.stack.preview(releaseArgs()))).toContain(
            "the ledger /dev/null/ledger.jsonl",
        );
    });

    test("at the last moment lets nothing be deployed either", async () => {
        const world = await startWorld();
        world.before(/deployments\?.*status=in_progress/, () => {
            rmSync(world.ledgerFile);
            mkdirSync(world.ledgerFile);
        });
        expect(await world.up(releaseArgs())).toEqual({
            outcome: "failed",
            reasons: [
                `the ledger ${world.ledgerFile} cannot be read (EISDIR): nothing is deployed without a record. ` +
                    "Make it readable, or set `cognigy:ledger` to a file that is.",
            ],
        });
        expect(await world.mutations()).toEqual([]);
        expect(world.stack.outputs).toMatchObject({ status: "failed" });
        rmSync(world.ledgerFile, { recursive: true });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    });

    test("with a line that is no event is named with the line", async () => {
        const world = await startWorld();
        await writeFile(world.ledgerFile, "no event\n");
        const reason = reasonOf(await world.up(releaseArgs()));
        expect(reason).toBe(
            `line 1 of the ledger ${world.ledgerFile} is no event: expected a JSON object with \`timestamp\`, ` +
                "`action` and `hash`. Look at it; nothing was changed.",
        );
        expect(await world.mutations()).toEqual([]);
    });
});

test("evidence that cannot be kept costs a second simulation, and nothing else", async () => {
    const world = await startWorld();
    await mkdir(join(world.folder, "evidence.d"));
    await writeFile(join(world.folder, "evidence"), "a file where the folder should be");
    await chmod(join(world.folder, "evidence"), 0o400);
    expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    expect((await world.calls(/simulations$/)).length).toBeGreaterThan(1);
});

async function hashOf(world: World): Promise<string> {
    const flow = await world.control.getFlow("bot_12345", "flow_67890");
    return contentHash({ ...flow, nodes: [...flow.nodes] });
}

function changedMessage(expected: string, found: string): string {
    return (
        `release ${NAME} is refused: the flow was edited after it was validated. Validated was ${expected}, the platform ` +
        `now has ${found}. Nothing was deployed. Run \`pulumi preview\` again to validate the flow as it is now.`
    );
}
