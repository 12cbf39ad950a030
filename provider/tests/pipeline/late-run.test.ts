import type { Opened } from "../../src/open-pipeline.js";
import { ReleaseProvider } from "../../src/provider.js";
import { type PlatformMethod, useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";
import { PROVIDER_LINE, type Properties, struct } from "../support/stack.js";

const startWorld = useWorlds();

/** A run whose engine is gone: nobody hears of it, and at one place it is held for as long as a test likes. */
async function orphanHeldAt(world: World, method: PlatformMethod, args: Properties) {
    let goOn: () => void = () => {};
    let reached: () => void = () => {};
    const released = new Promise<void>((resolve) => {
        goOn = resolve;
    });
    const held = new Promise<void>((resolve) => {
        reached = resolve;
    });
    const pipeline = world.pipeline();
    const platform = new Proxy(pipeline.platform, {
        get: (target, name) => {
            // Runs of two processes do not wait for each other's turn.
            if (name === "address") {
                return "http://orphan.example";
            }
            const value: unknown = Reflect.get(target, name);
            if (name !== method) {
                return value;
            }
            return async (...given: unknown[]) => {
                reached();
                await released;
                return (value as (...given: unknown[]) => unknown).apply(target, given);
            };
        },
    });
    const opened: Opened = { pipeline: { ...pipeline, platform } };
    const provider = new ReleaseProvider(() => opened);
    const news = struct({ ...args, __provider: PROVIDER_LINE });
    const { inputs } = await provider.check({}, news);
    const run = provider.create(struct({ ...inputs, __provider: PROVIDER_LINE })).then(
        () => "done",
        (error: Error) => error.message,
    );
    await held;
    return {
        /** Lets it go on to its end. */
        end: () => {
            goOn();
            return run;
        },
    };
}

const outcomes = (world: World) =>
    world.story().filter((line) => line.startsWith("deployment_execution") || line.startsWith("adoption"));

describe("a run whose engine is gone, and that goes on after the next run has ended", () => {
    test.each(["deploymentStatus", "healthy"] as const)(
        "held at %s finds the release live, and does not tell it a second time",
        async (method) => {
            const world = await startWorld();
            const orphan = await orphanHeldAt(world, method, releaseArgs());
            expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
            const state = world.stack.outputs;
            await orphan.end();
            expect(outcomes(world)).toEqual(["deployment_execution completed"]);
            expect(world.live()).toBe("v1.4.2");
            expect(world.stack.outputs.complianceRef).toBe(state.complianceRef);
            expect(await world.mutations()).toHaveLength(1);
            expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
            // It is still the release that the state knows, and no other's to take back.
            await world.stack.destroy();
            expect(world.live()).toBe("v1.4.1");
        },
    );

    test("about to send the deployment is refused, and what went live is not told as failed", async () => {
        const world = await startWorld();
        const orphan = await orphanHeldAt(world, "deploy", releaseArgs());
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(await orphan.end()).toContain("the version tag v1.4.2 is taken by deployment");
        expect(outcomes(world)).toEqual(["deployment_execution completed"]);
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
        expect(world.live()).toBe("v1.4.2");
    });

    test("held in its bake until a later version is live does not tell the earlier one as failed", async () => {
        const world = await startWorld();
        const orphan = await orphanHeldAt(world, "healthy", releaseArgs());
        await world.up(releaseArgs());
        world.edit();
        expect(await world.up(releaseArgs({ versionTag: "v1.5.0" }))).toMatchObject({ outcome: "done" });
        expect(await orphan.end()).toContain("it was complete, and is not what is live now");
        expect(outcomes(world)).toEqual(["deployment_execution completed", "deployment_execution completed"]);
        expect(world.live()).toBe("v1.5.0");
    });

    test("about to roll back finds that done, and does not tell it a second time", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([false], true));
        const orphan = await orphanHeldAt(world, "rollback", releaseArgs());
        expect((await world.up(releaseArgs())).outcome).toBe("failed");
        expect(world.live()).toBe("v1.4.1");
        await orphan.end();
        expect(outcomes(world)).toEqual(["deployment_execution rolled_back"]);
        expect(world.live()).toBe("v1.4.1");
        expect(world.deploymentsOf("v1.4.2").map(({ status }) => status)).toEqual(["rolled_back"]);
    });
});
