import { readState } from "../../src/release/kept-state.js";
import { useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const HOURS = 3_600_000;
const JUMPS: [string, number][] = [
    ["forward", 5 * HOURS],
    ["back", -5 * HOURS],
];

/** Somebody sets the clock by some hours just before the next request of a kind, and back again before the one after. */
function setClockAt(world: World, pattern: RegExp, jump: number): void {
    world.before(pattern, () => {
        world.clock.setWall(jump);
        world.before(pattern, () => world.clock.setWall(-2 * jump));
    });
}

/** How long something takes by the time that nobody sets, in seconds. */
async function secondsOf(world: World, work: () => Promise<unknown>): Promise<number> {
    const began = world.clock.monotonic();
    await work();
    return (world.clock.monotonic() - began) / 1000;
}

describe.each(JUMPS)("a clock that is set %s by hours", (_way, jump) => {
    it("in the middle of a simulation does not end it early or late", async () => {
        const world = await startWorld();
        await world.control.simulation({ durationMs: 20_000 });
        setClockAt(world, /^GET .*\/results$/, jump);
        const seconds = await secondsOf(world, () => world.up(releaseArgs()));
        expect(world.live()).toBe("v1.4.2");
        expect(seconds).toBeLessThan(60);
    });

    it("while another deployment is waited for does not give up early or wait for hours", async () => {
        const world = await startWorld();
        await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v1.4.1-hand",
            targetEnvironment: "staging",
            durationMs: 60_000,
        });
        setClockAt(world, /^GET .*status=in_progress/, jump);
        const seconds = await secondsOf(world, () => world.up(releaseArgs()));
        expect(world.live()).toBe("v1.4.2");
        expect(seconds).toBeGreaterThan(55);
        expect(seconds).toBeLessThan(120);
    });

    it("in the middle of a deployment does not give it up early or wait for hours", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 60_000 });
        setClockAt(world, /^GET .*\/status$/, jump);
        const seconds = await secondsOf(world, () => world.up(releaseArgs()));
        expect(world.live()).toBe("v1.4.2");
        expect(seconds).toBeLessThan(120);
    });

    it("does not let a deployment that is stuck be waited for longer than declared", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "stuck" });
        setClockAt(world, /^GET .*\/status$/, jump);
        const seconds = await secondsOf(world, () =>
            world.up(releaseArgs({ deployment: { timeoutSeconds: 60 } })),
        );
        expect(world.live()).toBe("v1.4.1");
        expect(Math.round(seconds)).toBe(60);
    });

    it("in the middle of a bake changes neither its length nor its verdict", async () => {
        const world = await startWorld();
        setClockAt(world, /^GET .*\/health$/, jump);
        const seconds = await secondsOf(world, () =>
            world.up(
                releaseArgs({ health: { intervalSeconds: 10, successesRequired: 4, timeoutSeconds: 60 } }),
            ),
        );
        expect(world.live()).toBe("v1.4.2");
        expect(world.stack.outputs.health).toMatchObject({ verdict: "healthy", probes: 4 });
        expect(seconds).toBeGreaterThanOrEqual(30);
        expect(seconds).toBeLessThan(35);
    });

    it("does not prolong a bake that never proves itself", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([false, true, false, true, false, true], false));
        setClockAt(world, /^GET .*\/health$/, jump);
        await world.up(
            releaseArgs({
                health: {
                    intervalSeconds: 10,
                    successesRequired: 2,
                    failuresAllowed: 100,
                    timeoutSeconds: 45,
                },
            }),
        );
        expect(world.live()).toBe("v1.4.1");
        expect(world.stack.outputs.health).toMatchObject({ verdict: "inconclusive", probes: 5 });
    });

    it("in the middle of a pause that the platform asked for does not change it", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "/health$" },
            fault: { kind: "status", status: 429, retryAfter: 60 },
        });
        setClockAt(world, /^GET .*\/health$/, jump);
        const seconds = await secondsOf(world, () => world.up(releaseArgs()));
        expect(world.live()).toBe("v1.4.2");
        expect(seconds).toBeGreaterThan(59);
        expect(seconds).toBeLessThan(90);
    });

    it("does not let what was seen count for longer", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const provider = world.provider();
        const look = async () =>
            readState((await provider.read("id", world.stack.resource?.outputs ?? {})).props ?? {})
                .liveVersionTag;
        expect(await look()).toBe("v1.4.2");
        world.emulator.platform.deployments.rollBack(String(world.stack.outputs.deploymentId), "by hand");
        world.clock.setWall(jump);
        expect(await look()).toBe("v1.4.2");
        world.clock.skip(31_000);
        expect(await look()).toBe("v1.4.1");
    });

    it("between preview and up costs at most the gates once more", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        world.clock.setWall(jump);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
        expect(await world.calls(/^POST .*simulations$/)).toHaveLength(2);
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
    });

    it("in the middle of a release leaves a ledger that tells what is live", async () => {
        const world = await startWorld();
        setClockAt(world, /^POST .*deployments$/, jump);
        await world.up(releaseArgs());
        world.clock.setWall(jump);
        world.edit();
        expect(await world.up(releaseArgs({ versionTag: "v1.5.0" }))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.5.0");
        expect(world.stack.outputs).toMatchObject({ status: "completed", liveVersionTag: "v1.5.0" });
        expect(await world.up(releaseArgs({ versionTag: "v1.5.0" }))).toEqual({ outcome: "unchanged" });
        await world.stack.destroy();
        expect(world.live()).toBe("v1.4.2");
    });
});
