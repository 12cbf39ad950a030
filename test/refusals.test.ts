import { BOOKING, type Printed, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const BOT = "bot_12345";

describe("a release that may not go live, through the engine", () => {
    let releases: ReleaseStack;
    beforeAll(async () => {
        releases = await ReleaseStack.start();
        releases.declare({ booking: BOOKING });
        await releases.up("--skip-preview");
    });
    beforeEach(() => releases.forget());
    afterAll(() => releases.stop());

    it("is blocked in preview by a dependency that is gone, named once with where it is used", async () => {
        await releases.emulator.control.setResource(BOT, "intent", "request_refund", "missing");
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.5.0" } });
        const refused = await releases.preview();
        await releases.emulator.control.setResource(BOT, "intent", "request_refund", "ok");
        expectRefusal(refused);
        expect(refused.text).toContain(
            "release v1.5.0 of flow flow_67890 (bot bot_12345) to production is blocked",
        );
        expect(refused.text).toContain('- intent "request_refund" is missing (used at nodes/');
        expect(refused.text).toContain("Nothing was deployed; v1.4.2 stays live.");
        expect(await releases.changing()).toEqual([]);
    });

    it("is blocked in up by a conversation that goes wrong, with the expected and the actual intent", async () => {
        releases.declare({
            booking: {
                ...BOOKING,
                versionTag: "v1.5.0",
                simulation: { testCases: [{ input: "book a flight", expectedIntent: "cancel_reservation" }] },
            },
        });
        const refused = await releases.up();
        expectRefusal(refused);
        expect(refused.text).toContain(
            '- "book a flight" should reach intent "cancel_reservation" but reached intent "book_flight"',
        );
        expect(await releases.changing()).toEqual(["POST /api/v2/simulations"]);
        expect(await releases.live()).toBe("v1.4.2");
    });

    it("fails when the platform fails to deploy it, and the state says what is live", async () => {
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.5.1" } });
        await releases.emulator.control.deploymentScript({ outcome: "failed" });
        const failed = await releases.up("--skip-preview");
        expectRefusal(failed);
        expect(failed.text).toContain("the platform reports that it failed. v1.4.2 stays live.");
        expect((await releases.resource("booking")).outputs).toMatchObject({
            status: "failed",
            versionTag: "v1.5.1",
            liveVersionTag: "v1.4.2",
        });
    });

    it("goes live with the next up, once the platform can", async () => {
        const { code } = await releases.up();
        expect(code).toBe(0);
        expect(await releases.live()).toBe("v1.5.1");
    });

    it("is rolled back when it turns unhealthy, and up fails", async () => {
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.6.0" } });
        await releases.emulator.control.health(BOT, { sequence: [false] });
        const failed = await releases.up("--skip-preview");
        expectRefusal(failed);
        expect(failed.text).toContain("was rolled back, health_check_failed");
        expect(failed.text).toContain("v1.5.1 is live again.");
        expect(await releases.live()).toBe("v1.5.1");
        expect((await releases.resource("booking")).outputs).toMatchObject({
            status: "rolled_back",
            versionTag: "v1.6.0",
            liveVersionTag: "v1.5.1",
            health: { verdict: "failed", failures: 1 },
        });
    });

    it("gives way to the version that is live again, when the program goes back to it: nothing is deployed", async () => {
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.5.1" } });
        const { code, text } = await releases.up();
        expect(text).toContain("~ 1 updated");
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual([]);
        expect((await releases.resource("booking")).outputs).toMatchObject({
            status: "completed",
            liveVersionTag: "v1.5.1",
        });
    });

    it("is not deployed when the ledger cannot be written", async () => {
        await releases.stack.pulumi(["config", "set", "cognigy:ledger", "index.js/ledger.jsonl"]);
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.6.1" } });
        const refused = await releases.up();
        await releases.stack.pulumi(["config", "rm", "cognigy:ledger"]);
        expectRefusal(refused);
        expect(refused.text).toContain("index.js/ledger.jsonl cannot be read");
        expect(await releases.changing()).not.toContain("POST /api/v2/deployments");
    });

    it("says plainly that the platform is away, and destroys nothing of the state", async () => {
        await releases.emulator.control.addFault({
            match: { path: "^/api/v2/deployments" },
            times: null,
            fault: { kind: "status", status: 403 },
        });
        const [refreshed, destroyed] = [await releases.refresh(), await releases.destroy()];
        await releases.emulator.control.clearFaults();
        for (const refused of [refreshed, destroyed]) {
            expectRefusal(refused);
            expect(refused.text).toContain("needs the scope deployment:execute. Grant it on the platform.");
        }
        expect((await releases.resource("booking")).outputs).toMatchObject({ liveVersionTag: "v1.5.1" });
    });
});

/** Every refusal ends with a failure, and tells its reason without a stack. */
function expectRefusal({ code, text }: Printed): void {
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(text).not.toMatch(/node_modules|\.js:\d+/);
    expect(code).not.toBe(0);
}
