import { rm } from "node:fs/promises";
import type { ReleaseContext } from "../../src/release/context.js";
import { UNKNOWN } from "../../src/release/unknown.js";
import { useWorlds, type World } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";
import { type Result, Stack } from "../support/stack.js";

const startWorld = useWorlds();

const HOUR = 3_600_000;
const CHANGELOG = "Updated intent mapping for booking flow.";
const STAGING = { targetEnvironment: "staging" };

/** The context that `check` hands on in a preview. */
async function contextOf(world: World, args: Record<string, unknown>): Promise<ReleaseContext> {
    return inputsOf(await world.stack.preview(args)).context as ReleaseContext;
}

function inputsOf(result: Result): Record<string, unknown> {
    if (!("inputs" in result)) {
        throw new Error(`expected a plan, but it is ${JSON.stringify(result)}`);
    }
    return result.inputs;
}

/** Another stack of the same team: the same bot, ledger and clock. */
function anotherStack(world: World): Stack {
    return new Stack(() => world.provider());
}

/** The content is live in staging. */
async function inStaging(): Promise<{ world: World; staging: Stack }> {
    const world = await startWorld();
    const staging = anotherStack(world);
    expect(await staging.up(releaseArgs(STAGING))).toMatchObject({ outcome: "done" });
    return { world, staging };
}

/** v1.4.2 was rolled back in an environment. */
async function rolledBack(targetEnvironment = "production"): Promise<World> {
    const world = await startWorld();
    await world.control.health("bot_12345", probes([false], true));
    expect(await anotherStack(world).up(releaseArgs({ targetEnvironment }))).toMatchObject({
        outcome: "failed",
    });
    return world;
}

const NO_RISK = { text: 0, logic: 0, integration: 0, destructive: 0 };
const ONE_TEXT = { nodes: 4, changed: 1, risks: { ...NO_RISK, text: 1 } };

describe("the context of a release", () => {
    test("is that it deploys, and nothing else, where nothing was before", async () => {
        const world = await startWorld();
        expect(await contextOf(world, releaseArgs(STAGING))).toEqual({ deploys: true, proven: [] });
    });

    test("tells the version that is live and how much of the flow changes", async () => {
        const world = await startWorld();
        expect(await contextOf(world, releaseArgs())).toEqual({
            deploys: true,
            previous: { versionTag: "v1.4.1" },
            impact: ONE_TEXT,
            proven: [],
        });
    });

    test("does not tell the changelog of the last release of what somebody else has deployed over it", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        world.clock.skip(1_000);
        await world.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v9.0.0",
            targetEnvironment: "production",
        });
        const { previous } = await contextOf(world, releaseArgs({ versionTag: "v1.5.0" }));
        expect(previous).toEqual({ versionTag: "v9.0.0" });
    });

    test("is without the changes where the platform does not show what is live", async () => {
        const world = await startWorld();
        await world.control.addFault({ match: { path: "export" }, fault: { kind: "status", status: 404 } });
        const result = await world.stack.preview(releaseArgs());
        expect(result).toMatchObject({
            inputs: {
                changes: ["the platform does not show the content of v1.4.1: nodes are not compared"],
                context: { deploys: true, previous: { versionTag: "v1.4.1" } },
            },
        });
        expect(result).not.toHaveProperty(["inputs", "risk"]);
        expect(result).not.toHaveProperty(["inputs", "context", "impact"]);
    });

    test("counts no change where the content is that of the live version", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        const next = releaseArgs({ versionTag: "v1.4.3" });
        expect((await contextOf(world, next)).impact).toEqual({
            nodes: 4,
            changed: 0,
            risks: NO_RISK,
        });
        expect(await world.stack.preview(next)).toMatchObject({
            inputs: { changes: ["nothing changes in the conversation since v1.4.2"] },
        });
        world.edit();
        expect((await contextOf(world, next)).impact).toEqual(ONE_TEXT);
    });

    test.each([
        ["from state and ledger", async () => {}],
        ["from the state, where the ledger did not come along", (world: World) => rm(world.ledgerFile)],
        [
            "from the ledger, where the state was lost",
            async (world: World) => {
                world.stack.resource = undefined;
            },
        ],
    ])("tells the changelog of the version that is live, %s", async (_, lose) => {
        const world = await startWorld();
        await world.up(releaseArgs());
        await lose(world);
        const { previous } = await contextOf(
            world,
            releaseArgs({ versionTag: "v1.4.3", changelog: "More." }),
        );
        expect(previous).toEqual({ versionTag: "v1.4.2", changelog: CHANGELOG });
    });

    test("is that nothing is deployed, for a release that stands as it is declared", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        expect(world.stack.inputs.context).toMatchObject({ deploys: true });
        expect(await world.up(releaseArgs())).toEqual({ outcome: "unchanged" });
        expect(world.stack.inputs.context).toEqual({
            deploys: false,
            previous: { versionTag: "v1.4.1" },
            impact: ONE_TEXT,
            proven: [],
        });
    });

    test("is that nothing is deployed, for a version that is live although the state was lost", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        world.stack.resource = undefined;
        expect(await contextOf(world, releaseArgs())).toEqual({ deploys: false, proven: [] });
    });

    test("is not kept in the outputs", async () => {
        const world = await startWorld();
        await world.up(releaseArgs());
        expect(world.stack.outputs).not.toHaveProperty("context");
        expect(await world.up(releaseArgs({ versionTag: "v1.4.3" }))).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).not.toHaveProperty("context");
    });

    test("is the same whenever it is looked at", async () => {
        const { world } = await inStaging();
        const first = inputsOf(await world.stack.preview(releaseArgs()));
        world.clock.skip(3 * HOUR);
        expect(inputsOf(await world.stack.preview(releaseArgs()))).toEqual(first);
    });

    test("is unknown as long as an input is", async () => {
        const world = await startWorld();
        const inputs = inputsOf(await world.stack.preview(releaseArgs({ changelog: UNKNOWN })));
        expect(inputs).toMatchObject({
            context: UNKNOWN,
            contentHash: UNKNOWN,
            changes: UNKNOWN,
            gates: UNKNOWN,
        });
        expect(await world.calls()).toEqual([]);
    });
});

describe("a content that has proven itself", () => {
    test("is told with the environment and since when", async () => {
        const { world } = await inStaging();
        const { action, timestamp: since } = world.events().at(-1) ?? {};
        expect(action).toBe("deployment_execution");
        world.clock.skip(HOUR);
        expect((await contextOf(world, releaseArgs())).proven).toEqual([{ environment: "staging", since }]);
    });

    test("has done so under whatever version, and only as the content that it was", async () => {
        const { world } = await inStaging();
        const next = releaseArgs({ versionTag: "v2.0.0" });
        expect((await contextOf(world, next)).proven).toHaveLength(1);
        world.edit();
        expect((await contextOf(world, next)).proven).toEqual([]);
    });

    test("has done so since the first time, when it is released once more", async () => {
        const { world, staging } = await inStaging();
        const { proven } = await contextOf(world, releaseArgs());
        world.clock.skip(HOUR);
        await staging.up(releaseArgs({ ...STAGING, versionTag: "v1.4.3" }));
        expect((await contextOf(world, releaseArgs())).proven).toEqual(proven);
    });

    test("has proven nothing any more after it was rolled back", async () => {
        const { world, staging } = await inStaging();
        await staging.destroy();
        expect(world.story()).toContain("rollback completed");
        expect((await contextOf(world, releaseArgs())).proven).toEqual([]);
    });

    test("has proven nothing where it turned unhealthy", async () => {
        const world = await rolledBack("staging");
        expect(await contextOf(world, releaseArgs())).toMatchObject({ deploys: true, proven: [] });
    });

    test("is told from both environments after it went live in both", async () => {
        const { world } = await inStaging();
        await world.up(releaseArgs());
        const { proven } = await contextOf(world, releaseArgs({ versionTag: "v1.4.3" }));
        expect(proven.map(({ environment }) => environment)).toEqual(["staging", "production"]);
    });
});

describe("a content that was rolled back", () => {
    const again = releaseArgs({ versionTag: "v1.4.3", deployment: { retryRejected: true } });

    test("is told with the version, the time and the reason", async () => {
        const world = await rolledBack();
        expect((await contextOf(world, again)).rejected).toEqual({
            versionTag: "v1.4.2",
            at: world.events().find(({ status }) => status === "rolled_back")?.timestamp,
            reason: "after its deployment the bot was unhealthy (1 failed of 1 probes, 0 allowed)",
        });
    });

    test("is not told of other content", async () => {
        const world = await rolledBack();
        world.edit();
        expect(await contextOf(world, again)).not.toHaveProperty("rejected");
    });

    test("is not told in another environment", async () => {
        const world = await rolledBack("staging");
        expect(await contextOf(world, again)).not.toHaveProperty("rejected");
    });

    test("is not told any more when it went live after all", async () => {
        const world = await rolledBack();
        await world.up(again);
        expect(await contextOf(world, releaseArgs({ versionTag: "v1.4.4" }))).not.toHaveProperty("rejected");
    });
});
