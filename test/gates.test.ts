import { BOOKING, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

describe("gates through the engine", () => {
    let releases: ReleaseStack;
    beforeEach(async () => {
        releases = await ReleaseStack.start();
    });
    afterEach(() => releases.stop());

    it("run once in all for preview and the up after it", async () => {
        releases.declare({ booking: BOOKING });
        expect((await releases.preview()).code).toBe(0);
        expect(await releases.changing()).toEqual(["POST /api/v2/simulations"]);
        expect((await releases.up()).code).toBe(0);
        expect(await releases.changing()).toEqual(["POST /api/v2/simulations", "POST /api/v2/deployments"]);
    });

    it("of a wide stack run side by side: every simulation has begun before the first one ends", async () => {
        await releases.emulator.control.simulation({ durationMs: 2_000 });
        const wide = Object.fromEntries(
            ["v2.0.0", "v2.1.0", "v2.2.0", "v2.3.0"].map((versionTag, index) => [
                `booking-${index}`,
                { ...BOOKING, versionTag, targetEnvironment: `stage-${index}` },
            ]),
        );
        releases.declare(wide);
        expect((await releases.preview()).text).toContain("+ 5 to create");
        const requests = await releases.emulator.control.requests();
        const begun = requests.filter(({ path }) => path.endsWith("/simulations"));
        expect(begun).toHaveLength(4);
        const at = begun.map((one) => Date.parse(one.at));
        expect(Math.max(...at) - Math.min(...at)).toBeLessThan(2_000);
    });

    it("that refuse are run once in a preview", async () => {
        await releases.emulator.control.simulation({ fail: ["book a flight"] });
        releases.declare({ booking: BOOKING });
        const { code, text } = await releases.preview();
        expect(code).not.toBe(0);
        expect(text).toContain("is blocked, simulation_failed");
        expect(await releases.changing()).toEqual(["POST /api/v2/simulations"]);
        await releases.emulator.control.simulation({ fail: [] });
        expect((await releases.preview()).code).toBe(0);
    });
});
