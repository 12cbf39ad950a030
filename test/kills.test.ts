import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { RequestEntry } from "cognigy-emulator";
import { BOOKING, type Printed, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const BOT = "bot_12345";
const RELEASE = { ...BOOKING, health: { intervalSeconds: 0.3, successesRequired: 3 } };

/** Where a run is killed: when the platform has answered this request for the last time that counts. */
interface Kill {
    when: string;
    method: string;
    path: RegExp;
    /** How many such requests there are by then. */
    count: number;
    unhealthy?: boolean;
    /** What the next `up` ends with. */
    next: "live" | "rolled back";
}

const KILLS: Kill[] = [
    { when: "before the deployment is sent", method: "GET", path: /\/dependencies/, count: 6, next: "live" },
    { when: "when the deployment was sent", method: "POST", path: /\/deployments$/, count: 1, next: "live" },
    { when: "in the middle of the bake", method: "GET", path: /\/health$/, count: 2, next: "live" },
    {
        when: "when the rollback was sent",
        method: "POST",
        path: /\/rollback$/,
        count: 1,
        unhealthy: true,
        next: "rolled back",
    },
];

describe("a run that is killed, through the engine", () => {
    let releases: ReleaseStack;
    beforeEach(async () => {
        releases = await ReleaseStack.start();
        releases.declare({ booking: RELEASE });
        await releases.emulator.control.deploymentScript({ durationMs: 800 });
    });
    afterEach(async () => {
        // A provider whose engine was killed goes on to the end of its release, and then waits for nobody.
        killProviders(releases.stack.project);
        await releases.stop();
    });

    it.each(KILLS)("$when, is made good by the next one: $next", async (kill) => {
        if (kill.unhealthy) {
            await releases.emulator.control.health(BOT, { sequence: [false] });
            // The probe after the rollback is slow: the run does not come to its end before it is killed.
            await releases.emulator.control.addFault({
                match: { method: "GET", path: "/health$" },
                skip: 1,
                fault: { kind: "latency", ms: 10_000 },
            });
        }
        const run = releases.up("--skip-preview");
        await seen(releases, kill);
        killProviders(releases.stack.project);
        expect((await run).code).not.toBe(0);
        await expectMadeGood(releases, kill.next);
    });

    it("with the engine, is made good by the next one when the lock is gone", async () => {
        const end = new AbortController();
        const run = releases.stack.pulumi(["up", "--yes", "--skip-preview"], { abort: end.signal });
        await seen(releases, { method: "POST", path: /\/deployments$/, count: 1 });
        end.abort();
        await run;
        await releases.stack.pulumi(["cancel", "--yes"]);
        await expectMadeGood(releases, "live");
    });
});

/** Waits until the platform has answered so many requests of a kind. */
async function seen(
    releases: ReleaseStack,
    { method, path, count }: Pick<Kill, "method" | "path" | "count">,
): Promise<void> {
    const matches = (entry: RequestEntry) =>
        entry.method === method && path.test(entry.path) && entry.status !== null;
    while ((await releases.emulator.control.requests()).filter(matches).length < count) {
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

function killProviders(project: string): void {
    for (const pid of providers(project)) {
        process.kill(pid, "SIGKILL");
    }
}

/** The processes of the provider that work for a project. */
function providers(project: string): number[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((pid) => {
            try {
                const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
                return command.includes("dynamic-provider") && readlinkSync(`/proc/${pid}/cwd`) === project;
            } catch {
                return false;
            }
        })
        .map(Number);
}

async function expectMadeGood(releases: ReleaseStack, next: Kill["next"]): Promise<void> {
    const result: Printed = await releases.up();
    const { deployments } = await releases.emulator.control.state();
    expect(deployments.filter(({ versionTag }) => versionTag === BOOKING.versionTag)).toHaveLength(1);
    if (next === "live") {
        expect(result.text).toContain("created");
        expect(result.code).toBe(0);
        expect(await releases.live()).toBe("v1.4.2");
        expect((await releases.up()).text).toContain("2 unchanged");
    } else {
        expect(result.text).toContain("was rolled back, health_check_failed");
        expect(result.code).not.toBe(0);
        expect(await releases.live()).toBe("v1.4.1");
        expect((await releases.resource("booking")).outputs).toMatchObject({
            status: "rolled_back",
            liveVersionTag: "v1.4.1",
        });
    }
}
