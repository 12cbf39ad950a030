import { useWorlds, type World } from "../support/harness.js";
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

describe("a flow that holds", () => {
    it("half of a character is released, and the engine gets whole ones", async () => {
        const world = await startWorld();
        await flowIs(world, (text) => text.replace('"Route"', '"\\udc4b Route"'));
        const result = await world.up(releaseArgs());
        expect(result).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs.changes).toContain(
            '~ intentRouter n2 "\uFFFD Route": label "Route" → "\\udc4b Route"',
        );
    });
});
