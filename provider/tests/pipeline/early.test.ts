import { CONSTRUCTION_KEY } from "../../src/release/construction.js";
import { reasonOf, useWorlds } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

const SIMULATIONS = /^POST .*simulations$/;

/** A release as its constructor hands it to `check`, with the name that it started the gates with. */
function handedOver(asker: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
    return { ...releaseArgs(changes), [CONSTRUCTION_KEY]: { id: asker, name: "booking" } };
}

describe("gates that are started ahead of `check`", () => {
    test("are not run again by `check`, nor by the deployment", async () => {
        const world = await startWorld();
        await world.provider().gateEarly(releaseArgs(), "one");
        expect(await world.calls(SIMULATIONS)).toHaveLength(1);
        expect(await world.up(handedOver("one"))).toMatchObject({ outcome: "done" });
        expect(await world.calls(SIMULATIONS)).toHaveLength(1);
        expect(world.story().slice(0, 3)).toEqual([
            "dependency_validation passed",
            "simulation passed",
            "deployment_intent started",
        ]);
    });

    test("leave nothing for `check` to ask the platform for", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.edit();
        const next = { versionTag: "v1.4.3", changelog: "Says hello in another way." };
        await world.provider().gateEarly(releaseArgs(next), "one");
        await world.control.clearRequests();
        const result = await world.stack.preview(handedOver("one", next));
        expect(await world.calls()).toEqual([]);
        expect(result).toMatchObject({
            operation: "update",
            inputs: {
                changes: [expect.stringMatching(/^text: /)],
                gates: { simulation: { passed: 2, total: 2 } },
                context: {
                    deploys: true,
                    previous: { versionTag: "v1.4.2", changelog: releaseArgs().changelog },
                },
            },
        });
    });

    test("that are still running are waited for", async () => {
        const world = await startWorld();
        await world.control.simulation({ durationMs: 30_000 });
        const early = world.provider().gateEarly(releaseArgs(), "one");
        expect(await world.stack.preview(handedOver("one"))).toMatchObject({ outcome: "planned" });
        await early;
        expect(await world.calls(SIMULATIONS)).toHaveLength(1);
    });

    test("that refuse are told by `check`, and recorded once; the next construction runs them anew", async () => {
        const world = await startWorld();
        await world.control.setExamples("bot_12345", "cancel_reservation", ["never mind"]);
        await world.provider().gateEarly(releaseArgs(), "one");
        expect(reasonOf(await world.stack.preview(handedOver("one")))).toContain(
            "is blocked, simulation_failed",
        );
        expect(await world.calls(SIMULATIONS)).toHaveLength(1);
        expect(world.story()).toEqual([
            "dependency_validation passed",
            "simulation failed",
            "deployment_execution blocked",
        ]);
        await world.control.setExamples("bot_12345", "cancel_reservation", ["cancel my reservation"]);
        expect(await world.stack.preview(handedOver("two"))).toMatchObject({ outcome: "planned" });
        expect(await world.calls(SIMULATIONS)).toHaveLength(2);
    });

    test("are not run for what is live already", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await world.control.clearRequests();
        await world.provider().gateEarly(releaseArgs(), "one");
        expect(await world.calls()).toEqual(["GET /api/v2/deployments?botId=bot_12345&status=completed"]);
    });

    test("are not run for a tag that is taken, nor inside a freeze", async () => {
        const world = await startWorld({
            freezeWindows: [{ name: "Always", timeZone: "UTC", from: "00:00", to: "23:59" }],
        });
        await world.provider().gateEarly(releaseArgs(), "one");
        await world.provider().gateEarly(releaseArgs({ versionTag: "v1.4.1" }), "two");
        expect(await world.calls(SIMULATIONS)).toEqual([]);
    });

    test("leave bad input, and a platform that is away, for `check` to tell", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "." },
            times: null,
            fault: { kind: "status", status: 400 },
        });
        await world.provider().gateEarly({ botId: 7 }, "one");
        await world.provider().gateEarly(releaseArgs(), "one");
        expect(world.progress).toEqual([]);
        expect(world.events()).toEqual([]);
    });

    test("leave nothing of their name in what `check` hands on", async () => {
        const world = await startWorld();
        const result = await world.up(handedOver("one"));
        expect(JSON.stringify([result, world.stack.resource])).not.toContain(CONSTRUCTION_KEY);
    });
});
