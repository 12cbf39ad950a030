import { useWorlds, type World } from "../support/harness.js";
import { withNeighbours } from "../support/neighbours.js";
import { releaseArgs } from "../support/platform-data.js";
import { type Result, Stack } from "../support/stack.js";

const startWorld = useWorlds();

/** v1.4.2 changes n3, which uses the city, the booking service and the template. */
const NEIGHBOURS = {
    flow_support: { name: "Support", uses: ["external_api booking_service", "intent book_flight"] },
    flow_billing: { name: "Billing", uses: ["entity city", "external_api booking_service"] },
    flow_faq: { name: "FAQ", uses: ["intent book_flight"] },
} as const;

function inputsOf(result: Result): Record<string, unknown> {
    if (!("inputs" in result)) {
        throw new Error(`expected a plan, but it is ${JSON.stringify(result)}`);
    }
    return result.inputs;
}

async function previewed(world: World, args = releaseArgs()) {
    const { changes, context } = inputsOf(await world.stack.preview(args));
    const impact = (context as { impact?: { shared?: unknown } }).impact;
    return {
        lines: (changes as string[]).filter((line) => line.startsWith("shared: ")),
        shared: impact?.shared,
    };
}

const LISTINGS = /dependencies\?flowId=flow_(?!67890)/;

describe("what a release touches that other flows of the bot use too", () => {
    test("is told in one line, with the flows' names, and in numbers for policies", async () => {
        const world = await startWorld({ data: withNeighbours(NEIGHBOURS) });
        expect(await previewed(world)).toEqual({
            lines: [
                "shared: external API “booking_service” is also used by “Billing” and “Support”, " +
                    "entity “city” by “Billing”",
            ],
            shared: { flows: ["flow_billing", "flow_support"], resources: 2, unseen: 0 },
        });
    });

    test("stands in the state and in the ledger after the changes", async () => {
        const world = await startWorld({ data: withNeighbours(NEIGHBOURS) });
        await world.up(releaseArgs());
        const line = expect.stringMatching(/^shared: external API “booking_service”/);
        expect(world.stack.outputs.changes).toEqual([expect.stringMatching(/^text: /), line]);
        expect(world.events().find(({ action }) => action === "deployment_intent")?.details.changes).toEqual(
            world.stack.outputs.changes,
        );
    });

    test("is nothing where no other flow uses it, or nothing is touched", async () => {
        const world = await startWorld({ data: withNeighbours({ flow_faq: NEIGHBOURS.flow_faq }) });
        const none = { flows: [], resources: 0, unseen: 0 };
        expect(await previewed(world)).toEqual({ lines: [], shared: none });
        await world.up(releaseArgs());
        await world.control.clearRequests();
        expect(await previewed(world, releaseArgs({ versionTag: "v1.4.3" }))).toEqual({
            lines: [],
            shared: undefined,
        });
        expect(await world.calls(LISTINGS)).toEqual([]);
    });

    test("is not looked for where no other flow of the bot is live", async () => {
        const world = await startWorld();
        expect(await previewed(world)).toEqual({ lines: [], shared: undefined });
    });

    test("is not looked for in flows that are live elsewhere", async () => {
        const world = await startWorld({ data: withNeighbours(NEIGHBOURS) });
        await world.up(releaseArgs({ targetEnvironment: "staging" }));
        world.edit();
        const next = releaseArgs({ versionTag: "v1.4.3", targetEnvironment: "staging" });
        expect(await previewed(world, next)).toEqual({ lines: [], shared: undefined });
        await world.control.deployByHand("bot_12345", {
            ...{ flowId: "flow_billing", versionTag: "v3.0.0", targetEnvironment: "staging" },
        });
        expect((await previewed(world, next)).shared).toEqual({
            ...{ flows: ["flow_billing"], resources: 2, unseen: 0 },
        });
    });

    test("is known without the platform's listing where gate 1 is turned off", async () => {
        const world = await startWorld({ data: withNeighbours(NEIGHBOURS) });
        world.emulator.platform.catalog.patchFlow("bot_12345", "flow_67890", {
            nodes: { n4: { config: { text: "Cancelled.", api: "booking_service" } } },
        });
        const { shared } = await previewed(world, releaseArgs({ dependencies: { validate: false } }));
        expect(shared).toEqual({ flows: ["flow_billing", "flow_support"], resources: 1, unseen: 0 });
    });
});

describe("what other flows use", () => {
    const others = (count: number) =>
        Object.fromEntries(
            Array.from({ length: count }, (_, index) => [
                `flow_${String(index).padStart(2, "0")}`,
                { uses: ["external_api booking_service"] as const },
            ]),
        );

    test("is listed once for all releases of a bot, in preview and in up", async () => {
        const world = await startWorld({ data: withNeighbours(others(5)) });
        for (const targetEnvironment of ["production", "staging", "production"]) {
            const stack = new Stack(() => world.provider());
            expect(await stack.preview(releaseArgs({ targetEnvironment }))).toMatchObject({
                outcome: "planned",
            });
        }
        await world.up(releaseArgs());
        expect(await world.calls(LISTINGS)).toHaveLength(5);
        expect(await world.calls(/GET .*flows\/flow_0/)).toHaveLength(2);
        world.clock.skip(3_600_001);
        await new Stack(() => world.provider()).preview(releaseArgs({ versionTag: "v1.4.9" }));
        world.edit();
        await world.stack.preview(releaseArgs({ versionTag: "v1.4.9" }));
        expect(await world.calls(LISTINGS)).toHaveLength(10);
    });

    test("is listed side by side, as many at a time as the stack allows", async () => {
        const world = await startWorld({ data: withNeighbours(others(12)), maxConcurrency: 3 });
        await previewed(world);
        expect(await world.calls(LISTINGS)).toHaveLength(12);
        expect(world.most.listings).toBe(3);
    });

    test("is not asked of more than 50 flows: the others were not seen", async () => {
        const world = await startWorld({ data: withNeighbours(others(52)) });
        expect(await previewed(world)).toEqual({
            lines: [
                "shared: external API “booking_service” is also used by “flow_00”, “flow_01” and 48 more flows",
                "shared: what flow_50 and flow_51 use could not be seen",
            ],
            shared: { flows: Object.keys(others(50)), resources: 1, unseen: 2 },
        });
    });

    test.each([
        ["refused", { kind: "status", status: 403 }],
        ["not there", { kind: "status", status: 404 }],
        ["broken", { kind: "status", status: 503 }],
        ["no listing", { kind: "malformed" }],
    ] as const)("and is %s holds up no release, and is told", async (_, fault) => {
        const world = await startWorld({ data: withNeighbours(NEIGHBOURS) });
        await world.control.addFault({ match: { query: "flowId=flow_billing" }, times: null, fault });
        expect(await previewed(world)).toEqual({
            lines: [
                "shared: external API “booking_service” is also used by “Support”",
                "shared: what flow_billing uses could not be seen",
            ],
            shared: { flows: ["flow_support"], resources: 1, unseen: 1 },
        });
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    });

    test("a flow whose name cannot be asked is told by its id", async () => {
        const world = await startWorld({ data: withNeighbours(NEIGHBOURS) });
        await world.control.addFault({
            match: { path: "/flows/flow_billing$" },
            times: null,
            fault: { kind: "status", status: 403 },
        });
        expect((await previewed(world)).lines).toEqual([
            "shared: external API “booking_service” is also used by flow_billing and “Support”, " +
                "entity “city” by flow_billing",
        ]);
    });
});
