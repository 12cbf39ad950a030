import { reasonOf, useWorlds, type World } from "../support/harness.js";
import { releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

/** What the editor holds from now on: JSON as it is on the wire, for the emulator to hand out untouched. */
async function flowIs(world: World, change: (text: string) => string): Promise<void> {
    const flow = await world.control.getFlow("bot_12345", "flow_67890");
    await world.control.addFault({
        match: { method: "GET", path: "/flows/flow_67890$" },
        times: null,
        fault: { kind: "malformed", contentType: "application/json", body: change(JSON.stringify(flow)) },
    });
}

const PROTO = '"__proto__":{"text":"Hello"},';
const withProto = (text: string) => text.replace('{"id":"n3",', `{"id":"n3",${PROTO}`);
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const withDepth = (levels: number) => (text: string) =>
    text.replace('{"id":"n3",', `{"id":"n3","deep":${deep(levels)},`);

describe("a flow that holds", () => {
    it("a property named like a prototype is released with it: it is content like any other", async () => {
        const world = await startWorld();
        await flowIs(world, withProto);
        const preview = await world.stack.preview(releaseArgs());
        expect(preview).toMatchObject({ outcome: "planned" });
        await world.control.clearFaults();
        await flowIs(world, (text) => withProto(text).replace(PROTO, PROTO.replace("Hello", "Goodbye")));
        const other = await world.stack.preview(releaseArgs());
        const [one, two] = [preview, other].map((result) => "inputs" in result && result.inputs.contentHash);
        expect(one).toMatch(/^sha256:/);
        expect(two).not.toBe(one);
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
    });

    it.each(["constructor", "toString", "hasOwnProperty", "then", "length", "nodes"])(
        "a property named %s is released, and the change is told",
        async (name) => {
            const world = await startWorld();
            await flowIs(world, (text) => text.replace('{"id":"n3",', `{"id":"n3","${name}":{"a":null},`));
            expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
            expect(world.stack.outputs.changes).toContain(`logic: “Book”: ${name} nothing → {"a":null}`);
        },
    );

    it("a hundred levels is released", async () => {
        const world = await startWorld();
        await flowIs(world, withDepth(100));
        expect(await world.up(releaseArgs())).toMatchObject({ outcome: "done" });
        expect(world.live()).toBe("v1.4.2");
    });

    it("a hundred thousand levels is refused in plain words, and nothing is changed", async () => {
        const world = await startWorld();
        await flowIs(world, withDepth(100_000));
        expect(reasonOf(await world.up(releaseArgs()))).toBe(
            "GET /api/v2/bots/bot_12345/flows/flow_67890 was answered with something that does not fit the contract: " +
                "it is nested more than 200 levels deep.",
        );
        expect(await world.mutations()).toEqual([]);
        expect(await world.calls(/simulations/)).toEqual([]);
    });

    it("a hundred thousand levels where it was released is compared with nothing", async () => {
        const world = await startWorld();
        await world.control.addFault({
            match: { path: "/export$" },
            fault: { kind: "malformed", contentType: "application/json", body: deep(100_000) },
        });
        const result = await world.stack.preview(releaseArgs());
        expect(result).toMatchObject({
            outcome: "planned",
            inputs: {
                changes: ["the platform does not show the content of v1.4.1: nodes are not compared"],
            },
        });
    });

    it("half of a character is released, and the engine gets whole ones", async () => {
        const world = await startWorld();
        await flowIs(world, (text) => text.replace('"Route"', '"\\udc4b Route"'));
        const result = await world.up(releaseArgs());
        expect(result).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs.changes).toContain("text: “\uFFFD Route”: label “Route” → “\uFFFD Route”");
    });
});
