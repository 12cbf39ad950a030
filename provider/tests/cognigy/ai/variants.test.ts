import { defaultVariants, type Variants } from "cognigy-emulator";
import { PROJECT, useAiWorlds } from "../../support/ai-world.js";
import { reasonOf } from "../../support/harness.js";

const startWorld = useAiWorlds();

/** What is not known for sure of the hosted product: each other answer that it may give. */
const OTHERS: Partial<Variants>[] = [
    { defaultMediaType: "hal" },
    { getBodies: "ignored" },
    { defaultLimit: 1 },
    { endpointReferences: "checked" },
    { endpointPatchAnswer: "object" },
    { propagationMs: 10_000 },
    { snapshotHash: "unique" },
    { restoreProjectId: "required" },
    { snapshotLinks: "authenticated" },
    { packageLinks: "open" },
    { taskFilters: "ignored" },
    { llmConnectionInGraph: "listed" },
    { llmConnectionId: "_id" },
    { inlinePlaybookSteps: "ignored" },
    { auditFields: "modifiedResources" },
    { simulationScheduleAnswer: "empty" },
    { simulationEntrypoint: "project" },
];

test("every variant of the emulator has its other answer here, but for those that a release in one project never meets", () => {
    const here = OTHERS.flatMap((one) => Object.keys(one));
    // A key that is refused is refused; files are uploaded to other projects.
    expect([...here, "invalidKeyStatus", "uploadedReferenceIds"].sort()).toEqual(
        Object.keys(defaultVariants).sort(),
    );
});

describe.each(OTHERS)("where the answer is %j", (variant) => {
    test("a version is released, exported, found as it was left, and taken back", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.ai.variants(variant);
        const release = args({ artifact: { directory: "artifacts" } });
        expect((await world.up(release)).outcome).toBe("done");
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            artifact: { bytes: expect.any(Number) },
        });
        expect((await world.up(release)).outcome).toBe("unchanged");
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ versionTag: "v1.4.2", liveVersionTag: "v1.4.2" });
        await world.stack.destroy();
        expect(await leadsTo()).toBe("v1.4.1");
    });
});

describe.each([
    { endpointReferences: "checked" },
    { endpointPatchAnswer: "object" },
    { propagationMs: 10_000 },
] as Partial<Variants>[])("where the answer is %j", (variant) => {
    test("a version that is not well is rolled back, and the next one is released", async () => {
        const { world, args, edit, leadsTo } = await startWorld();
        await world.control.ai.variants(variant);
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        expect(reasonOf(await world.up(args()))).toContain("v1.4.1 is live again");
        edit("Whither?");
        expect((await world.up(args({ versionTag: "v1.4.3" }))).outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.3");
    });
});

describe.each([401, 500] as const)("where a key that nobody has is answered with %i", (invalidKeyStatus) => {
    test("the setting that it comes from is named", async () => {
        const { world, args } = await startWorld({ config: { "cognigy:apiKey": "nobody-has-this-key" } });
        await world.control.ai.variants({ invalidKeyStatus });
        const reason = reasonOf(await world.stack.preview(args()));
        expect(reason).toContain("heck cognigy:apiKey");
        expect(reason).not.toContain("nobody-has-this-key");
    });
});
