import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BOOKING, ReleaseStack } from "./support/releases";

jest.setTimeout(180_000);

const RELEASE = { ...BOOKING, health: { intervalSeconds: 0.1, successesRequired: 2 } };

describe("going back and looking around, through the engine", () => {
    let releases: ReleaseStack;
    /** What the first release wrote down. */
    let events: { run: string; action: string }[];
    beforeAll(async () => {
        releases = await ReleaseStack.start();
        releases.declare({ booking: RELEASE });
        await releases.up("--skip-preview");
        events = eventsOf(releases);
        await edit("From which city do you fly?");
        releases.declare({ booking: { ...RELEASE, versionTag: "v1.5.0" } });
        await releases.up("--skip-preview");
    });
    afterAll(() => releases.stop());

    async function edit(text: string): Promise<void> {
        await releases.emulator.control.patchFlow("bot_12345", "flow_67890", {
            nodes: { n21: { config: { text } } },
        });
    }

    it("writes down what its gates and its deployment did as of one run", () => {
        expect(events.map(({ action }) => action)).toEqual(
            expect.arrayContaining(["simulation", "deployment_execution"]),
        );
        expect(new Set(events.map(({ run }) => run)).size).toBe(1);
    });

    it("says in a preview what would be rolled back, and changes nothing", async () => {
        await releases.forget();
        releases.declare({ booking: RELEASE });
        const { code, text } = await releases.preview("--diff");
        expect(text).toMatch(/going back: v1\.5\.0 is rolled back \(deployment \S+\)/);
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual([]);
    });

    it("brings the earlier version live again by rolling back what is above it", async () => {
        await releases.forget();
        const { code, text } = await releases.up("--skip-preview");
        expect(text).toContain("booking: going back to v1.4.2: rolling back v1.5.0");
        expect(text).toContain("healthy (2 of 2 probes in a row)");
        expect(text).toContain("~ 1 updated");
        expect(code).toBe(0);
        expect(await releases.live()).toBe("v1.4.2");
        expect(await releases.changing()).toEqual([
            expect.stringMatching(/^POST \/api\/v2\/deployments\/\S+\/rollback$/),
        ]);
        expect((await releases.up("--skip-preview")).text).toContain("2 unchanged");
    });

    it("tells in a refresh what was edited in the flow since its release", async () => {
        await edit("From where, please?");
        const { code, text } = await releases.refresh();
        expect(text).toContain("the flow was edited since v1.4.2 was released");
        expect(text).toContain("From where, please?");
        // Nothing is there to do about the release: it is as it was released.
        expect(text).toContain("2 unchanged");
        expect(code).toBe(0);
        expect((await releases.resource("booking")).outputs.unreleasedChanges).toEqual([
            expect.stringContaining("From where, please?"),
        ]);
        expect((await releases.up("--skip-preview")).text).toContain("2 unchanged");
    });
});

function eventsOf({ stack }: ReleaseStack): { run: string; action: string }[] {
    const lines = readFileSync(join(stack.project, "cognigy-ledger.jsonl"), "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line));
}
