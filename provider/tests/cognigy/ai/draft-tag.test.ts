import { PROJECT, useAiWorlds } from "../../support/ai-world.js";

const startWorld = useAiWorlds();

describe("an endpoint that leads to the draft", () => {
    test("is released to as to any other, and led back to the draft with destroy", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.up(args({ targetEnvironment: "staging" }));
        expect(world.stack.outputs).toMatchObject({ previousVersionTag: "draft" });
        expect(await leadsTo("Staging")).toBe("v1.4.2");
        await world.stack.destroy();
        expect(await leadsTo("Staging")).toBe("draft");
    });

    test.each(["draft", "summer sale"])(
        "where somebody has switched it to %s, is seen, and led to the declared version again",
        async (name) => {
            const { world, args, leadsTo, projectId } = await startWorld();
            await world.up(args());
            if (name !== "draft") {
                await world.control.ai.snapshotByHand(PROJECT, { name, description: "By hand." });
            }
            const entrypoint = name === "draft" ? projectId : name;
            await world.control.ai.patchEndpoint(`${PROJECT}/Production`, { entrypoint });
            await world.stack.refresh();
            expect(world.stack.outputs).toMatchObject({ versionTag: name, liveVersionTag: name });
            expect((await world.up(args())).outcome).toBe("done");
            expect(await leadsTo()).toBe("v1.4.2");
            await world.stack.destroy();
            expect(await leadsTo()).toBe(name);
        },
    );
});
