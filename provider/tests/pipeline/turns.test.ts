import type { RequestEntry } from "cognigy-emulator";
import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";
import { Stack } from "../support/stack.js";

const startWorld = useWorlds();

/** Somebody else's deployment that is in progress. */
async function deployByHand(world: World, durationMs: number, botId = "bot_12345"): Promise<string> {
    const { deploymentId } = await world.control.deployByHand(botId, {
        flowId: "flow_67890",
        versionTag: "v7.0.0",
        targetEnvironment: "staging",
        durationMs,
    });
    return deploymentId;
}

describe("another deployment of the bot that is in progress", () => {
    test("is waited for, and then the release is deployed", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        const other = await deployByHand(world, 60_000);
        const began = world.clock.now();
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        const [deploy] = (await world.requests()).filter(isDeploy);
        const waited = Date.parse(deploy?.at ?? "") - began;
        expect(waited).toBeGreaterThanOrEqual(60_000);
        expect(waited).toBeLessThanOrEqual(66_000);
        expect(world.progress.filter((line) => line.includes("waiting"))).toEqual([
            "flow_67890 (bot bot_12345) in production: waiting for deployment " +
                `${other} (v7.0.0 of flow flow_67890 to staging), which is in progress`,
        ]);
        expect((await world.calls(/status=in_progress/)).length).toBeLessThan(90);
    });

    test("that outlasts the declared time is named", async () => {
        const world = await startWorld();
        const other = await deployByHand(world, 10_000_000);
        const began = world.clock.now();
        expect(reasonOf(await world.up(releaseArgs({ deployment: { timeoutSeconds: 45 } })))).toBe(
            "release v1.4.2 of flow flow_67890 (bot bot_12345) to production was not deployed: deployment " +
                `${other} (v7.0.0 of flow flow_67890 to staging) is in progress and was still so after 45 s. ` +
                "Run `pulumi up` again when it has ended, or raise `deployment.timeoutSeconds`.",
        );
        expect(Math.round((world.clock.now() - began) / 1000)).toBe(45);
        expect(await world.mutations()).toEqual([]);
        expect(world.stack.outputs).toMatchObject({ status: "failed" });
    });

    test("is not waited for where that is declared", async () => {
        const world = await startWorld();
        const other = await deployByHand(world, 60_000);
        const args = releaseArgs({ deployment: { onConflict: "fail" } });
        await world.stack.preview(args);
        const began = world.clock.now();
        expect(reasonOf(await world.up(args))).toBe(
            "release v1.4.2 of flow flow_67890 (bot bot_12345) to production was not deployed: deployment " +
                `${other} (v7.0.0 of flow flow_67890 to staging) is in progress. ` +
                'Run `pulumi up` again when it has ended, or set `deployment.onConflict: "wait"`.',
        );
        expect(world.clock.now()).toBe(began);
        expect(await world.calls(/status=in_progress/)).toHaveLength(1);
        world.clock.skip(60_000);
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
    });

    test("is not in the way of `pulumi preview`", async () => {
        const world = await startWorld();
        await deployByHand(world, 10_000_000);
        expect(await world.stack.preview(releaseArgs())).toMatchObject({ outcome: "planned" });
    });

    test("in which the content changes while the release waits makes the release refuse", async () => {
        const world = await startWorld();
        await world.stack.preview(releaseArgs());
        await deployByHand(world, 60_000);
        world.before(/status=in_progress/, () => {});
        world.before(/status=in_progress/, () => world.edit());
        expect(reasonOf(await world.up(releaseArgs()))).toContain(
            "the flow was edited after it was validated",
        );
        expect(await world.mutations()).toEqual([]);
    });
});

describe("releases that are made at the same time", () => {
    const staging = releaseArgs({ targetEnvironment: "staging" });

    test("of one bot go one after another: never are two in progress", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 10_000 }, 2);
        const provider = world.provider();
        const stacks = [new Stack(() => provider), new Stack(() => provider)];
        const results = await Promise.all([stacks[0]?.up(releaseArgs()), stacks[1]?.up(staging)]);
        expect(results).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
        const answers = (await world.requests()).filter(isDeploy);
        // The second one is sent when the first one has been baked, not refused on the way.
        expect(answers.map(({ status }) => status)).toEqual([202, 202]);
        const [first, second] = world.emulator.platform.deployments.records().slice(-2);
        expect(Date.parse(second?.createdAt ?? "")).toBeGreaterThanOrEqual(
            Date.parse(first?.completedAt ?? ""),
        );
        expect(world.live()).toBe("v1.4.2");
        expect(world.live("bot_12345", "staging")).toBe("v1.4.2");
    });

    test("of one bot from two processes are kept apart by the platform, and both go live", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 10_000 }, 2);
        // Another address is another turn: as two processes, the two know nothing of each other.
        const [one, other] = [world.provider(), world.provider({ address: "another process" })];
        const stacks = [new Stack(() => one), new Stack(() => other)];
        const results = await Promise.all([stacks[0]?.up(releaseArgs()), stacks[1]?.up(staging)]);
        expect(results).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
        const [first, second] = world.emulator.platform.deployments.records().slice(-2);
        expect(Date.parse(second?.createdAt ?? "")).toBeGreaterThanOrEqual(
            Date.parse(first?.completedAt ?? ""),
        );
    });

    test("of different bots go side by side", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ durationMs: 10_000 }, 2);
        const provider = world.provider();
        const stacks = [new Stack(() => provider), new Stack(() => provider)];
        const began = world.clock.now();
        const results = await Promise.all([
            stacks[0]?.up(releaseArgs()),
            stacks[1]?.up(releaseArgs({ botId: "bot_2", flowId: "flow_2" })),
        ]);
        expect(results).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
        expect(world.clock.now() - began).toBeLessThan(15_000);
        const [first, second] = world.emulator.platform.deployments.records().slice(-2);
        expect(Date.parse(second?.createdAt ?? "")).toBeLessThan(Date.parse(first?.completedAt ?? ""));
    });

    test("of one bot do not hold up the next one when the first one fails", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({ outcome: "failed" });
        const provider = world.provider();
        const stacks = [new Stack(() => provider), new Stack(() => provider)];
        const results = await Promise.all([stacks[0]?.up(releaseArgs()), stacks[1]?.up(staging)]);
        expect(results.map((result) => result?.outcome).sort()).toEqual(["done", "failed"]);
    });

    test("and are one and the same have one simulation and one deployment, which both stand on", async () => {
        const world = await startWorld();
        const provider = world.provider();
        const stacks = [new Stack(() => provider), new Stack(() => provider)];
        const results = await Promise.all(stacks.map((stack) => stack.up(releaseArgs())));
        expect(results.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
        expect(stacks.map(({ outputs }) => outputs.deploymentId)).toEqual(
            Array(2).fill(world.deploymentsOf("v1.4.2")[0]?.deploymentId),
        );
        expect(await world.calls(/simulations$/)).toHaveLength(1);
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
    });
});

describe("how soon the end of a deployment is noticed", () => {
    test.each([0, 100, 300, 1_000, 5_000, 12_345, 60_000, 299_000, 599_000])(
        "after %d ms: within a tenth of its time, with few looks",
        async (durationMs) => {
            const world = await startWorld();
            await world.control.deploymentScript({ durationMs });
            expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
            const requests = await world.requests();
            const sent = Date.parse(requests.find(isDeploy)?.at ?? "");
            const looks = requests.filter(({ path }) => path.endsWith("/status"));
            const noticed = Date.parse(looks.at(-1)?.at ?? "") - sent;
            expect(noticed).toBeGreaterThanOrEqual(durationMs);
            expect(noticed - durationMs).toBeLessThanOrEqual(Math.max(25, durationMs / 10));
            expect(looks.length).toBeLessThanOrEqual(130);
        },
    );

    test("whatever words the platform has for being on the way", async () => {
        const world = await startWorld();
        await world.control.deploymentScript({
            durationMs: 9_000,
            statuses: ["queued", "warming-up", "ROLLING"],
        });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
    });
});

function isDeploy({ method, path }: RequestEntry): boolean {
    return method === "POST" && path === "/api/v2/deployments";
}
