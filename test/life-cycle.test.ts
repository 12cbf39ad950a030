import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { demoClient } from "cognigy-emulator";
import { BOOKING, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

describe("a release's life, through the engine", () => {
    let releases: ReleaseStack;
    const printed: string[] = [];
    const keep = <T extends { text: string }>(outcome: T): T => {
        printed.push(outcome.text);
        return outcome;
    };

    beforeAll(async () => {
        releases = await ReleaseStack.start();
        releases.declare({ booking: { ...BOOKING, artifact: { directory: "artifacts" } } });
    });
    afterAll(() => releases.stop());

    it("shows in preview what would change, and deploys nothing", async () => {
        const { code, text } = keep(await releases.preview("--diff"));
        expect(text).toContain(
            "logic: “Cancel a reservation” matches intent “cancel_booking” → “cancel_reservation”",
        );
        expect(text).toMatch(/contentHash *: "sha256:[0-9a-f]{64}"/);
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual(["POST /api/v2/simulations"]);
        expect(await releases.live()).toBe("v1.4.1");
    });

    it("goes live with up, on the evidence of the preview", async () => {
        await releases.forget();
        const { code, text } = keep(await releases.up());
        expect(text).toContain("+ 2 created");
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual(["POST /api/v2/deployments"]);
        expect(await releases.live()).toBe("v1.4.2");
    });

    it("keeps in the state what became of it", async () => {
        const { id, type, inputs, outputs } = await releases.resource("booking");
        expect(id).toBe("bot_12345/flow_67890/production");
        expect(type).toBe("pulumi-nodejs:dynamic/cognigy:CognigyFlowRelease");
        expect(outputs).toMatchObject({
            status: "completed",
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
            contentHash: inputs.contentHash,
            gates: { dependencies: { checked: 284 }, simulation: { passed: 2, total: 2 } },
            health: { verdict: "healthy", probes: 1 },
            nodesCount: 80,
            schemaVersion: 3,
        });
        expect(outputs.complianceRef).toMatch(/^AUD-bot_12345-v1\.4\.2-\d{14}$/);
        expect(outputs.deploymentId).toEqual(expect.any(String));
    });

    it("says where the program declared it", async () => {
        const { sourcePosition } = await releases.resource("booking");
        expect(sourcePosition).toMatch(/^project:\/\/\/index\.js#\d+,\d+$/);
    });

    it("gives the program all of it, with the defaults", async () => {
        expect(await releases.outputs("booking")).toMatchObject({
            createdBy: "pulumi",
            onDelete: "rollback",
            deployment: { strategy: "rolling", timeoutSeconds: 600 },
            simulation: { testCases: BOOKING.simulation.testCases, minPassRate: 1 },
            health: { verdict: "healthy", probes: 1, intervalSeconds: 15 },
            gates: {
                dependencies: { validated: true, checked: 284 },
                simulation: { passed: 2, passRate: 1 },
            },
            artifact: { path: "artifacts/bot_12345_v1.4.2.json" },
            changes: expect.arrayContaining([expect.stringMatching(/^destructive: /)]),
        });
    });

    it("keeps a state of less than 3 kB beside what it tells of the changes", async () => {
        const { changes, ...outputs } = (await releases.resource("booking")).outputs;
        const { changes: _, ...inputs } = (await releases.resource("booking")).inputs;
        expect(JSON.stringify({ inputs, outputs }).length).toBeLessThan(3000);
    });

    it("holds one short constant line for the provider", async () => {
        const { inputs, outputs } = await releases.resource("booking");
        expect(outputs.__provider).toBe('exports.handler=()=>require("pulumi-cognigy/provider").provider;');
        expect(inputs.__provider).toBe(outputs.__provider);
        expect(String(outputs.__provider).length).toBeLessThanOrEqual(128);
    });

    it("exports the version that went live, whole", async () => {
        const { outputs } = await releases.resource("booking");
        const file = join(releases.stack.project, "artifacts", "bot_12345_v1.4.2.json");
        const bytes = readFileSync(file);
        expect(outputs.artifact).toEqual({
            directory: "artifacts",
            path: "artifacts/bot_12345_v1.4.2.json",
            sha256: createHash("sha256").update(bytes).digest("hex"),
            bytes: bytes.length,
        });
        expect(JSON.parse(bytes.toString())).toMatchObject({ versionTag: "v1.4.2" });
    });

    it("does nothing when nothing has changed", async () => {
        await releases.forget();
        const { code, text } = keep(await releases.up("--logtostderr", "-v=9"));
        expect(text).toContain("2 unchanged");
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual([]);
        // The engine tells so: for each resource that differs it would write the whole state.
        expect(text).toContain("sameSnapshotMutation.End() eliding write");
        expect(text).not.toContain("mustWrite() true");
    });

    it("takes on other settings without deploying", async () => {
        releases.declare({
            booking: { ...BOOKING, artifact: { directory: "artifacts" }, health: { intervalSeconds: 0.05 } },
        });
        const { code, text } = keep(await releases.up("--skip-preview"));
        expect(text).toContain("[diff: +health]");
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual([]);
        expect((await releases.resource("booking")).outputs.health).toMatchObject({ intervalSeconds: 0.05 });
    });

    it("brings the next version live in place", async () => {
        await releases.emulator.control.patchFlow("bot_12345", "flow_67890", {
            nodes: { n04: { label: "Hello" } },
        });
        releases.declare({
            booking: {
                ...BOOKING,
                versionTag: "v1.4.3",
                health: { intervalSeconds: 0.05, successesRequired: 3 },
            },
        });
        const { code, text } = keep(await releases.up("--diff", "--skip-preview"));
        expect(text).toContain("text: “Hello”: label “Welcome” → “Hello”");
        expect(text).toContain("~ 1 updated");
        expect(code).toBe(0);
        const { outputs } = await releases.resource("booking");
        expect(outputs).toMatchObject({
            liveVersionTag: "v1.4.3",
            previousVersionTag: "v1.4.2",
            health: { verdict: "healthy", probes: 3 },
        });
    });

    it("finds nothing to tell in a refresh while nothing has moved", async () => {
        const { code, text } = keep(await releases.refresh());
        expect(text).toContain("2 unchanged");
        expect(code).toBe(0);
    });

    it("tells in a refresh that somebody deployed another version by hand", async () => {
        await releases.emulator.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v9.0.0",
            targetEnvironment: "production",
        });
        const { code, text } = keep(await releases.refresh());
        expect(text).toContain("drifted from v1.4.3: v9.0.0 is live, by deployment");
        expect(text).toContain("~ 1 updated");
        expect(code).toBe(0);
        const { inputs, outputs } = await releases.resource("booking");
        expect(inputs).toMatchObject({ versionTag: "v9.0.0" });
        expect(inputs).not.toHaveProperty("contentHash");
        expect(outputs).toMatchObject({ versionTag: "v9.0.0", liveVersionTag: "v9.0.0" });
    });

    it("tells how to get back from there, and takes its own version up again", async () => {
        const { code, text } = keep(await releases.preview());
        expect(code).not.toBe(0);
        const byHand = / roll deployment (\S+) \(v9\.0\.0, live now\) back on the platform/.exec(text)?.[1];
        await releases.emulator.control.rollbackByHand(String(byHand));
        await releases.refresh();
        await releases.forget();
        const again = keep(await releases.up());
        expect(again.text).toContain("2 unchanged");
        expect(await releases.changing()).toEqual([]);
        expect((await releases.resource("booking")).outputs).toMatchObject({
            versionTag: "v1.4.3",
            status: "completed",
        });
    });

    it("rolls back with destroy", async () => {
        const { code, text } = keep(await releases.destroy());
        expect(text).toContain("- 2 deleted");
        expect(code).toBe(0);
        expect(await releases.live()).toBe("v1.4.2");
    });

    it("wrote every step into the ledger", () => {
        const events = readFileSync(join(releases.stack.project, "cognigy-ledger.jsonl"), "utf8")
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as { action: string; status: string; version_tag: string });
        expect(events.map(({ version_tag, action, status }) => `${version_tag} ${action} ${status}`)).toEqual(
            [
                "v1.4.2 dependency_validation passed",
                "v1.4.2 simulation passed",
                "v1.4.2 deployment_intent started",
                "v1.4.2 health_check passed",
                "v1.4.2 deployment_execution completed",
                "v1.4.3 dependency_validation passed",
                "v1.4.3 simulation passed",
                "v1.4.3 deployment_intent started",
                "v1.4.3 health_check passed",
                "v1.4.3 deployment_execution completed",
                "v1.4.3 rollback_intent started",
                "v1.4.3 rollback completed",
                "v1.4.3 delete completed",
            ],
        );
    });

    it("left no credential anywhere", () => {
        const written = filesBelow(releases.stack.folder).map((file) => readFileSync(file, "utf8"));
        expect(written.length).toBeGreaterThan(10);
        for (const text of [...written, ...printed]) {
            expect(text).not.toContain(demoClient.clientSecret);
            expect(text).not.toMatch(/Bearer|access_token/);
        }
    });
});

function filesBelow(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => !file.includes("node_modules") && existsSync(file));
}
