import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openReader } from "../../src/ledger/open-ledger.js";
import { readReport, type Wanted } from "../../src/report/read-report.js";
import type { Release, Report } from "../../src/report/report.js";
import { useWorlds, type World } from "../support/harness.js";
import { newEvent, writeLedger } from "../support/ledger.js";
import { probes, releaseArgs } from "../support/platform-data.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const startWorld = useWorlds();
afterAll(removeTemporaryFolders);

const NOW = Date.UTC(2026, 1, 1);
const DAY = 86_400_000;

function reportOn(file: string, wanted: Partial<Wanted> = {}): Promise<Report> {
    return readReport(openReader(file), { now: NOW, ...wanted });
}

/** What the report tells of the releases, the newest first: `v1.4.2 completed`. */
function outcomes({ releases }: Report): string[] {
    return releases.map(({ tag, outcome }) => `${tag} ${outcome}`);
}

function stepsOf(release: Release | undefined): string[] {
    return (release?.steps ?? []).map((step) => {
        if (!("passed" in step)) {
            return `${step.kind} ${step.status}`;
        }
        const earlier = "earlier" in step ? " earlier" : "";
        const after = step.kind === "bake" ? ` after ${step.after}` : "";
        return `${step.kind}${after} ${step.passed ? "passed" : "failed"}${earlier}`;
    });
}

async function release(world: World, versionTag: string, changes: Record<string, unknown> = {}) {
    world.edit(`Where to, ${versionTag}?`);
    return world.up(releaseArgs({ versionTag, ...changes }));
}

describe("the report on what the pipeline wrote", () => {
    test("has a release that went live, with its gates, its probes and what it changed", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ artifact: { directory: "artifacts" } }));
        const { contentHash, deploymentId, complianceRef, artifact } = world.stack.outputs;
        const report = await reportOn(world.ledgerFile);
        expect(report.chain).toEqual({ events: 5, head: world.events().at(-1)?.hash, unreadable: 0 });
        expect(report.places).toEqual([
            {
                bot: "bot_12345",
                flow: "flow_67890",
                environment: "production",
                live: {
                    tag: "v1.4.2",
                    since: Date.UTC(2026, 0, 5, 9, 0, 0, 450),
                    contentHash,
                    deploymentId,
                    health: "healthy",
                },
                last: { tag: "v1.4.2", outcome: "completed", at: Date.UTC(2026, 0, 5, 9, 0, 0, 450) },
            },
        ]);
        const { path, sha256, bytes } = artifact as Record<string, unknown>;
        expect(report.releases).toMatchObject([
            {
                tag: "v1.4.2",
                outcome: "completed",
                actor: "alex",
                run: "run-1",
                changelog: "Updated intent mapping for booking flow.",
                changes: world.stack.outputs.changes,
                contentHash,
                deploymentId,
                complianceRef,
                previousTag: "v1.4.1",
                artifact: { path, sha256, bytes },
                exceptions: [],
            },
        ]);
        const [one] = report.releases;
        expect(stepsOf(one)).toEqual([
            "dependencies passed",
            "simulation passed",
            "deployment neutral",
            "bake after deployment passed",
            "outcome good",
        ]);
        expect(one?.steps[0]).toMatchObject({ checked: 6, problems: [] });
        expect(one?.steps[1]).toMatchObject({
            good: 2,
            total: 2,
            conversations: [
                { passed: true, input: "book a flight", expected: "book_flight", actual: "book_flight" },
                { passed: true, input: "cancel my reservation" },
            ],
        });
        expect(one?.steps[3]).toMatchObject({
            finding: "healthy (1 of 1 probes in a row)",
            probes: [{ result: "healthy" }],
        });
    });

    test("tells a release that was rolled back from what is live since before it", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.control.health("bot_12345", probes([false, false], true));
        await release(world, "v1.4.3", { health: { intervalSeconds: 1 } });
        const { places, releases } = await reportOn(world.ledgerFile);
        expect(places).toMatchObject([
            {
                live: { tag: "v1.4.2", since: Date.UTC(2026, 0, 5, 9, 0, 0, 450), health: "healthy" },
                last: { tag: "v1.4.3", outcome: "rolled_back" },
            },
        ]);
        expect(releases[0]).toMatchObject({
            tag: "v1.4.3",
            outcome: "rolled_back",
            reason: expect.stringContaining("the bot was unhealthy"),
        });
        expect(stepsOf(releases[0])).toEqual([
            "dependencies passed",
            "simulation passed",
            "deployment neutral",
            "bake after deployment failed",
            "rollback neutral",
            "bake after rollback passed",
            "outcome bad",
        ]);
        expect(releases[0]?.steps[5]).toMatchObject({
            finding: "with v1.4.2 live again: healthy (1 of 1 probes in a row)",
            probes: [{ result: "unhealthy" }, { result: "healthy" }],
        });
    });

    test("says that what is live is not healthy, where a rollback did not help, and where there was none", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([], false));
        await world.up(releaseArgs({ health: { intervalSeconds: 1 } }));
        expect((await reportOn(world.ledgerFile)).places).toMatchObject([
            { live: { tag: "v1.4.1", health: "unhealthy" } },
        ]);
        await release(world, "v1.4.3", { deployment: { rollbackOnFailure: false } });
        expect((await reportOn(world.ledgerFile)).places).toMatchObject([
            { live: { tag: "v1.4.3", health: "unhealthy" }, last: { outcome: "failed" } },
        ]);
    });

    test("shows which conversation went elsewhere, and which dependency is missing", async () => {
        const world = await startWorld();
        const testCases = [{ input: "book a flight", expectedIntent: "cancel_reservation" }];
        await world.up(releaseArgs({ simulation: { testCases } }));
        await world.control.setResource("bot_12345", "intent", "cancel_reservation", "missing");
        await world.control.setResource("bot_12345", "entity", "city", "forbidden");
        await release(world, "v1.4.3");
        const { releases, places } = await reportOn(world.ledgerFile);
        expect(outcomes({ releases } as Report)).toEqual(["v1.4.3 blocked", "v1.4.2 blocked"]);
        expect(releases[1]?.steps[1]).toMatchObject({
            kind: "simulation",
            passed: false,
            good: 0,
            total: 1,
            conversations: [
                {
                    passed: false,
                    input: "book a flight",
                    expected: "cancel_reservation",
                    actual: "book_flight",
                },
            ],
        });
        expect(releases[0]?.steps[0]).toMatchObject({
            passed: false,
            checked: 6,
            problems: [
                'intent "cancel_reservation" is missing (used at n2.intents[1])',
                'entity "city" cannot be used: not accessible from n3.entity',
                'entity "city" cannot be used: not accessible from n4.entity',
            ],
        });
        expect(places).toMatchObject([{ last: { tag: "v1.4.3", outcome: "blocked" } }]);
        expect(places[0]).not.toHaveProperty("live");
    });

    test("has what came after a release with it: going back, and its end", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await release(world, "v1.4.3");
        await world.up(releaseArgs());
        let { releases, places } = await reportOn(world.ledgerFile);
        expect(outcomes({ releases } as Report)).toEqual([
            "v1.4.2 completed",
            "v1.4.3 completed",
            "v1.4.2 completed",
        ]);
        expect(stepsOf(releases[0])).toEqual([
            "dependencies passed earlier",
            "simulation passed earlier",
            "bake after deployment passed",
            "outcome good",
        ]);
        expect(releases[0]).toMatchObject({
            changes: [
                expect.stringMatching(/^going back: v1\.4\.3 is rolled back/),
                expect.stringMatching(/^text: “Book” says /),
            ],
            risk: "text",
        });
        expect(releases[1]?.steps.at(-1)).toMatchObject({
            kind: "rollback",
            status: "neutral",
            text: "rollback done: going back to v1.4.2",
        });
        expect(places).toMatchObject([{ live: { tag: "v1.4.2" }, last: { outcome: "completed" } }]);

        await world.stack.destroy();
        ({ releases, places } = await reportOn(world.ledgerFile));
        expect(releases[0]?.steps.slice(-2)).toMatchObject([
            { kind: "rollback", text: "rollback done: the release was deleted" },
            { kind: "delete", text: "deleted: v1.4.1 is live" },
        ]);
        expect(places).toMatchObject([{ live: { tag: "v1.4.1" } }]);
    });

    test("knows a preview, and a run that died on its way", async () => {
        const world = await startWorld();
        const { simulation: _, ...withoutSimulation } = releaseArgs();
        await world.stack.preview(releaseArgs());
        await world.stack.preview(withoutSimulation);
        let report = await reportOn(world.ledgerFile);
        expect(outcomes(report)).toEqual(["v1.4.2 previewed"]);
        expect(stepsOf(report.releases[0])).toEqual(["simulation passed", "dependencies passed"]);
        world.dieAt("healthy");
        await world.up(releaseArgs());
        report = await reportOn(world.ledgerFile);
        expect(outcomes(report)).toEqual(["v1.4.2 in_progress"]);
        expect(report.places).toMatchObject([{ flow: "flow_67890" }]);
        expect(report.places[0]).not.toHaveProperty("live");
    });

    test("has what is taken over as live", async () => {
        const world = await startWorld();
        await world.up(releaseArgs({ versionTag: "v1.4.1", adopt: true }));
        const { releases, places } = await reportOn(world.ledgerFile);
        expect(releases).toMatchObject([{ tag: "v1.4.1", outcome: "adopted", deploymentId: "dep_141" }]);
        expect(places).toMatchObject([{ live: { tag: "v1.4.1", deploymentId: "dep_141" } }]);
    });

    test("has the artifact that a later run exported", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.up(releaseArgs({ artifact: { directory: "later" } }));
        const { releases } = await reportOn(world.ledgerFile);
        expect(releases[0]).toMatchObject({ artifact: { path: join("later", "bot_12345_v1.4.2.json") } });
        expect(releases[0]?.steps.at(-1)).toMatchObject({ kind: "artifact", status: "good" });
    });

    test("names the rules that a release sets aside", async () => {
        const world = await startWorld();
        await release(world, "v1.4.3", { deployment: { breakGlass: "The fares are wrong." } });
        const { releases } = await reportOn(world.ledgerFile);
        expect(releases[0]?.exceptions).toEqual([{ rule: "break glass", reason: "The fares are wrong." }]);
    });

    test("is about one bot, or about what ended since a moment, when that is asked for", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const at = world.clock.now();
        await world.clock.sleep(DAY);
        await release(world, "v1.4.3");
        const later = await reportOn(world.ledgerFile, { since: at + 1 });
        expect(outcomes(later)).toEqual(["v1.4.3 completed"]);
        expect(later.since).toBe(at + 1);
        expect(later.trend.total).toMatchObject({ attempts: 1, stayed: 1 });
        expect(later.places).toMatchObject([{ live: { tag: "v1.4.3" } }]);
        const other = await reportOn(world.ledgerFile, { bot: "bot_2" });
        expect(other).toMatchObject({ bot: "bot_2", places: [], releases: [], chain: { events: 10 } });
        expect(outcomes(await reportOn(world.ledgerFile, { bot: "bot_12345" }))).toHaveLength(2);
    });
});

describe("the report on a ledger that is not as it should be", () => {
    const events = [1, 2, 3].map((number) => ({
        event: newEvent(number, { version_tag: `v1.0.${number}` }),
        at: NOW - (10 - number) * DAY,
    }));

    test("says where it was altered, and tells what it says now", async () => {
        const file = join(temporaryFolder(), "ledger.jsonl");
        writeLedger(file, events);
        writeFileSync(
            file,
            readFileSync(file, "utf8").replace('"version_tag":"v1.0.2"', '"version_tag":"v9.0.2"'),
        );
        const report = await reportOn(file);
        expect(report.chain).toMatchObject({
            events: 1,
            fault: "line 2 was altered: its hash is not that of what it says.",
        });
        expect(outcomes(report)).toEqual(["v1.0.3 completed", "v9.0.2 completed", "v1.0.1 completed"]);
    });

    test("leaves out what is no event, and counts it", async () => {
        const file = join(temporaryFolder(), "ledger.jsonl");
        writeLedger(file, events);
        appendFileSync(file, '\nnothing\n{"timestamp":"2026-01-0');
        const report = await reportOn(file);
        expect(report.chain).toMatchObject({ events: 3, unreadable: 2 });
        expect(report.releases).toHaveLength(3);
    });

    test("takes details of any shape", async () => {
        const file = join(temporaryFolder(), "ledger.jsonl");
        const odd = { steps: [1, null, { status: 2 }], probes: "x", changes: { a: 1 }, checked_count: -1 };
        const actions = ["dependency_validation", "simulation", "deployment_intent", "health_check"] as const;
        writeLedger(
            file,
            actions.map((action, at) => ({
                event: newEvent(at, { action, details: { target_environment: "production", ...odd } }),
                at,
            })),
        );
        const { releases } = await reportOn(file);
        expect(releases).toMatchObject([{ outcome: "in_progress", changes: [] }]);
        expect(releases[0]?.steps).toMatchObject([
            { checked: 0, problems: [] },
            { conversations: [{ passed: false, input: "", expected: "" }] },
            { kind: "deployment" },
            { probes: [], finding: "" },
        ]);
    });

    test("is empty where nothing was released", async () => {
        const file = join(temporaryFolder(), "ledger.jsonl");
        writeFileSync(file, "");
        expect(await reportOn(file)).toMatchObject({
            chain: { events: 0 },
            places: [],
            releases: [],
            trend: { points: [], total: { attempts: 0, failureRate: null } },
        });
    });
});
