import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
    demoUser,
    type Emulator,
    type PlatformData,
    type ProjectState,
    startEmulator,
} from "cognigy-emulator";
import { bookingProject } from "../scripts/demo/booking.mjs";
import { Stack } from "../scripts/lib/stack.mjs";
import { ensureEngine } from "../scripts/setup.mjs";
import { aiCredentials, BOOKING, type Declared, type Printed, ReleaseStack } from "./support/releases";

jest.setTimeout(240_000);

const ROOT = join(__dirname, "..");
const POLICIES = ["--policy-pack", join(ROOT, "policy-pack")];

/** The booking flow, on a platform whose tasks take no time. */
function platform(more: PlatformData["ai"] = {}): PlatformData {
    const booking = JSON.parse(
        readFileSync(join(ROOT, "emulator", "data", "booking.json"), "utf8"),
    ) as PlatformData;
    return { ...booking, ai: { queuedMs: 1, taskMs: 1, quota: null, ...more } };
}

async function projectOf({ control }: Emulator): Promise<ProjectState> {
    const { projects } = await control.ai.state();
    return projects[0] as ProjectState;
}

/** What an endpoint leads to: the name of a snapshot, or nothing where it is the draft. */
async function leadsTo(emulator: Emulator, name: string): Promise<string | null | undefined> {
    return (await projectOf(emulator)).endpoints.find((endpoint) => endpoint.name === name)?.snapshot;
}

async function snapshotsOf(emulator: Emulator): Promise<string[]> {
    return (await projectOf(emulator)).snapshots.map(({ name }) => name);
}

/** What was changed on the platform, without the ids. */
async function changesOf({ control }: Emulator): Promise<string[]> {
    return (await control.requests())
        .filter(({ method }) => method !== "GET")
        .map(
            ({ method, path }) => `${method} ${path.replace("/new/v2.0", "").replace(/[0-9a-f]{24}/g, "…")}`,
        );
}

describe("a release to an endpoint of Cognigy.AI, through the engine", () => {
    let releases: ReleaseStack;
    let args: Declared;
    const printed: string[] = [];
    const keep = (outcome: Printed): Printed => {
        printed.push(outcome.text);
        return outcome;
    };

    beforeAll(async () => {
        releases = await ReleaseStack.start({ api: "cognigy-ai", data: platform() });
        const { _id, endpoints } = await projectOf(releases.emulator);
        args = {
            ...BOOKING,
            botId: _id,
            flowId: endpoints[0]?.flowId,
            health: { utterances: [{ input: "book a flight" }], intervalSeconds: 0.05 },
            artifact: { directory: "artifacts" },
        };
        releases.declare({ booking: args });
    });
    afterAll(() => releases.stop());

    it("changes nothing in a preview but playbooks, which are gone when it ends", async () => {
        const before = await projectOf(releases.emulator);
        const { code, text } = keep(await releases.preview("--diff"));
        expect(text).toMatch(/contentHash *: "sha256:[0-9a-f]{64}"/);
        expect(code).toBe(0);
        expect((await changesOf(releases.emulator)).sort()).toEqual([
            "DELETE /playbooks/…",
            "DELETE /playbooks/…",
            "POST /playbooks",
            "POST /playbooks",
            "POST /playbooks/…/schedule",
            "POST /playbooks/…/schedule",
        ]);
        const after = await projectOf(releases.emulator);
        expect({ ...after, tasks: [] }).toEqual({ ...before, tasks: [] });
    });

    it("goes live with up, by one snapshot and one switch, and the rules of release look on", async () => {
        await releases.forget();
        const { code, text } = keep(await releases.up(...POLICIES, "--policy-pack-config", policies()));
        expect(text).toContain("+ 2 created");
        expect(code).toBe(0);
        expect((await changesOf(releases.emulator)).filter((call) => !call.includes("downloadlink"))).toEqual(
            [
                "POST /snapshots",
                "PATCH /endpoints/…",
                expect.stringMatching(/^POST \/endpoint\/test\//),
                "POST /snapshots/…/package",
            ],
        );
        expect(await leadsTo(releases.emulator, "Production")).toBe("v1.4.2");
        expect((await releases.resource("booking")).outputs).toMatchObject({
            status: "completed",
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
            artifact: { path: expect.stringMatching(/_v1\.4\.2\.csnap$/) },
        });
    });

    it("leaves no error behind that nobody waits for", () => {
        expect(printed.join("\n")).not.toMatch(/AbortError|\n\s+at /);
    });

    it("does nothing when nothing has changed", async () => {
        await releases.forget();
        const { code, text } = keep(await releases.up());
        expect(text).toContain("2 unchanged");
        expect(code).toBe(0);
        expect(await changesOf(releases.emulator)).toEqual([]);
    });

    it("brings the next version live in place, and tells what it changes", async () => {
        await releases.emulator.control.ai.patchNodes("Booking", {
            Welcome: { config: { text: ["Ahoy!"] } },
        });
        releases.declare({ booking: { ...args, versionTag: "v1.4.3" } });
        const { code, text } = keep(await releases.up("--diff", "--skip-preview"));
        expect(text).toContain("Ahoy!");
        expect(text).toContain("~ 1 updated");
        expect(code).toBe(0);
        expect(await leadsTo(releases.emulator, "Production")).toBe("v1.4.3");
    });

    it("puts the endpoint back when the bot does not answer any more, and fails", async () => {
        const { control } = releases.emulator;
        await control.ai.patchNodes("Booking", { Welcome: { config: { text: ["Ahoy, ahoy!"] } } });
        await control.ai.conversation("Production", { sequence: ["silent"] });
        releases.declare({ booking: { ...args, versionTag: "v1.4.4" } });
        const { code, text } = keep(await releases.up("--skip-preview"));
        expect(text).toContain("v1.4.3 is live again");
        expect(code).not.toBe(0);
        expect(await leadsTo(releases.emulator, "Production")).toBe("v1.4.3");
        releases.declare({ booking: { ...args, versionTag: "v1.4.3" } });
        expect(keep(await releases.up("--skip-preview")).code).toBe(0);
    });

    it("tells in a refresh that somebody has switched the endpoint", async () => {
        const { control } = releases.emulator;
        await control.ai.patchEndpoint("Production", { entrypoint: "v1.4.1" });
        const { code, text } = keep(await releases.refresh());
        expect(text).toContain("drifted from v1.4.3: v1.4.1 is live");
        expect(code).toBe(0);
        await control.ai.patchEndpoint("Production", { entrypoint: "v1.4.3" });
        expect(keep(await releases.refresh()).code).toBe(0);
        expect((await releases.resource("booking")).outputs).toMatchObject({ liveVersionTag: "v1.4.3" });
    });

    it("leads back to where it led before with destroy, and deletes no snapshot", async () => {
        const { code, text } = keep(await releases.destroy());
        expect(text).toContain("- 2 deleted");
        expect(code).toBe(0);
        expect(await leadsTo(releases.emulator, "Production")).toBe("v1.4.2");
        expect(await snapshotsOf(releases.emulator)).toEqual(["v1.4.1", "v1.4.2", "v1.4.3", "v1.4.4"]);
    });

    it("shows the key nowhere", async () => {
        const ledger = readFileSync(join(releases.stack.project, "cognigy-ledger.jsonl"), "utf8");
        for (const text of [...printed, ledger, await releases.state()]) {
            expect(text).not.toContain(demoUser.apiKey);
        }
    });

    /** All rules, in force in the environment that the test releases to. */
    function policies(): string {
        releases.stack.write(
            "policies.json",
            JSON.stringify({ "health-bake-required": { minBakeSeconds: 0.05, minIntervalSeconds: 0.05 } }),
        );
        return "policies.json";
    }
});

describe("the booking example, on a tenant that speaks the Cognigy.AI API", () => {
    let emulator: Emulator;
    let project: Stack;

    async function start(ai: PlatformData["ai"], ...environments: string[]): Promise<void> {
        emulator = await startEmulator({ data: platform(ai) });
        const { _id, endpoints } = await projectOf(emulator);
        const engine = process.env.PULUMI_COGNIGY_ENGINE ?? (await ensureEngine());
        const env = { ...aiCredentials(emulator), PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
        project = new Stack(engine, { files: bookingProject(), env });
        for (const environment of environments) {
            const stack = ["--stack", environment];
            await project.pulumi(["stack", "init", environment]);
            await project.pulumi(["config", "set", "botId", _id, ...stack]);
            await project.pulumi(["config", "set", "flowId", String(endpoints[0]?.flowId), ...stack]);
            await project.pulumi(["config", "set", "environment", environment, ...stack]);
        }
    }
    afterEach(async () => {
        await emulator.close();
        project.remove();
    });

    const up = (stack: string, ...options: string[]) =>
        project.pulumi(["up", "--yes", "--stack", stack, ...options]);

    it("is promoted from staging to production as one snapshot, by two stacks, with the rules of release", async () => {
        await start({}, "staging", "production");
        expect(await leadsTo(emulator, "Staging")).toBeNull();
        const staged = await up("staging", "--skip-preview", ...POLICIES);
        expect(staged.text).toContain("v1.4.2 is live");
        expect(staged.code).toBe(0);
        await emulator.control.clearRequests();
        const promoted = await up("production", "--skip-preview", ...POLICIES);
        expect(promoted.text).toContain("v1.4.2 is live");
        expect(promoted.code).toBe(0);
        expect(await changesOf(emulator)).not.toContain("POST /snapshots");
        expect([await leadsTo(emulator, "Staging"), await leadsTo(emulator, "Production")]).toEqual([
            "v1.4.2",
            "v1.4.2",
        ]);
        expect(await snapshotsOf(emulator)).toEqual(["v1.4.1", "v1.4.2"]);
        // Back to the draft, where the endpoint led before.
        const { code } = await project.pulumi(["destroy", "--yes", "--stack", "staging"]);
        expect(code).toBe(0);
        expect(await leadsTo(emulator, "Staging")).toBeNull();
        expect(await leadsTo(emulator, "Production")).toBe("v1.4.2");
    });

    it("is previewed, goes live and is looked at again within what a tenant allows in five minutes", async () => {
        await start({ quota: { requests: 1000, windowSeconds: 300 } }, "production");
        expect((await project.pulumi(["preview", "--stack", "production"])).code).toBe(0);
        expect((await up("production")).code).toBe(0);
        expect((await up("production")).text).toContain("2 unchanged");
        const requests = await emulator.control.requests();
        expect(requests.length).toBeGreaterThan(100);
        expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    });
});
