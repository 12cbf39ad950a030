import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

/** The platform is away for so many seconds, from the next request of a kind on. */
function awayFrom(world: World, pattern: RegExp, seconds: number): void {
    const standingStill = async (work: () => Promise<unknown>) => {
        const over = world.clock.work();
        await work();
        over();
    };
    world.before(pattern, async () => {
        await standingStill(() =>
            world.control.addFault({ times: null, fault: { kind: "drop", when: "before" } }),
        );
        await world.clock.sleep(seconds * 1000);
        await standingStill(() => world.control.clearFaults());
    });
}

const outages = (world: World) => world.progress.filter((line) => line.includes("it is asked again until"));

describe("a platform that is away for a while", () => {
    it("in the middle of a deployment is asked again until the deployment's time is over, and that is told", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 30_000 });
        awayFrom(world, /^GET .*\/status$/, 60);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
        expect(outages(world)).toEqual([
            expect.stringMatching(
                /^http:\S+ \(cognigy:baseUrl\) does not answer \(UND_ERR_SOCKET, other side closed\); it is asked again until \S+ UTC, for up to 10 min$/,
            ),
        ]);
        expect(await world.mutations()).toHaveLength(1);
    });

    it("in the middle of a bake is asked again until the bake's time is over, and that is told", async () => {
        const world = await startWorld();
        const health = { intervalSeconds: 10, successesRequired: 3, timeoutSeconds: 240, errorsAllowed: 5 };
        awayFrom(world, /^GET .*\/health$/, 45);
        expect(await world.up(releaseArgs({ health }))).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
        expect(outages(world)).toEqual([expect.stringMatching(/, for up to 4 min$/)]);
        expect(await world.mutations()).toHaveLength(1);
    });

    it("for two releases at a time is told once", async () => {
        const world = await startWorld();
        const provider = world.provider();
        const look = () => provider.check({}, releaseArgs({ versionTag: "v1.4.3" }));
        awayFrom(world, /^GET .*status=completed$/, 7);
        await Promise.all([look(), look(), look()]);
        expect(outages(world)).toHaveLength(1);
    });

    it("and stays away is told in the end with what is known, and the next `up` goes on", async () => {
        const world = await startWorld();
        awayFrom(world, /^GET .*\/status$/, 700);
        expect(reasonOf(await world.up(releaseArgs()))).toContain("what became of it is not known");
        expect(outages(world)).toHaveLength(1);
        world.clock.skip(100_000);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
        expect(await world.mutations()).toHaveLength(1);
    });
});
