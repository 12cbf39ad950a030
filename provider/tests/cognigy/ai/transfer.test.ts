import { mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { PlatformData } from "cognigy-emulator";
import { useAiWorlds } from "../../support/ai-world.js";
import { reasonOf } from "../../support/harness.js";
import { platformData } from "../../support/platform-data.js";

const startWorld = useAiWorlds();

/** The other project, in which nothing was released yet. */
const OTHER = "bot_2";

async function twoProjects(data = platformData()) {
    const first = await startWorld({ data });
    const { projects } = await first.state();
    const other = projects.find(({ name }) => name === OTHER);
    const target = (more: Record<string, unknown> = {}) =>
        first.args({
            botId: other?._id,
            flowId: "Booking",
            targetEnvironment: "Production",
            snapshots: { source: { botId: first.projectId } },
            ...more,
        });
    const there = async () => {
        const project = (await first.state()).projects.find(({ name }) => name === OTHER);
        const production = project?.endpoints.find(({ name }) => name === "Production");
        return {
            snapshots: project?.snapshots.map(({ name }) => name),
            leadsTo: production?.snapshot ?? "draft",
        };
    };
    return { ...first, target, there };
}

/** Releases the version in the first project, as another stack. */
async function release({ world, args }: Awaited<ReturnType<typeof twoProjects>>) {
    await world.up(args({ targetEnvironment: "staging" }));
    const { contentHash } = world.stack.outputs;
    world.stack.resource = undefined;
    return contentHash;
}

describe("a version of another project", () => {
    const { TMPDIR } = process.env;
    afterEach(() => {
        if (TMPDIR === undefined) {
            delete process.env.TMPDIR;
        } else {
            process.env.TMPDIR = TMPDIR;
        }
    });

    test("is taken over with its content, and goes live there", async () => {
        const both = await twoProjects();
        const contentHash = await release(both);
        const { world, target, there } = both;
        process.env.TMPDIR = mkdtempSync(join(world.folder, "tmp-"));
        const result = await world.up(target());
        expect(result.outcome === "done" ? result.outcome : reasonOf(result)).toBe("done");
        expect(await there()).toEqual({ snapshots: ["v1.4.2"], leadsTo: "v1.4.2" });
        expect(world.stack.outputs.contentHash).toBe(contentHash);
        expect(readdirSync(process.env.TMPDIR)).toEqual([]);
        expect((await world.up(target())).outcome).toBe("unchanged");
        await world.stack.destroy();
        expect((await there()).leadsTo).toBe("draft");
    });

    test("is followed by the next one", async () => {
        const both = await twoProjects();
        await release(both);
        const { world, args, target, there } = both;
        await world.up(target());
        const kept = world.stack.resource;
        world.stack.resource = undefined;
        await world.control.ai.patchNodes("Travel assistant/Booking", {
            Book: { config: { text: "Where?" } },
        });
        await world.up(args({ versionTag: "v1.4.3", targetEnvironment: "staging" }));
        world.stack.resource = kept;
        expect((await world.up(target({ versionTag: "v1.4.3" }))).outcome).toBe("done");
        expect(world.stack.outputs.changes).toEqual([expect.stringContaining("Where?")]);
        expect(await there()).toEqual({ snapshots: ["v1.4.2", "v1.4.3"], leadsTo: "v1.4.3" });
    });

    test("is refused where the other project does not have it", async () => {
        const { world, target, projectId } = await twoProjects();
        expect(reasonOf(await world.up(target()))).toContain(
            `\`snapshots.source\`: project ${projectId} has no snapshot v1.4.2. Release the version there first.`,
        );
    });

    test("goes live under the ids that it gets where it comes to", async () => {
        const both = await twoProjects();
        await release(both);
        const { world, target, there } = both;
        await world.control.ai.variants({ uploadedReferenceIds: "renewed" });
        expect((await world.up(target())).outcome).toBe("done");
        expect((await there()).leadsTo).toBe("v1.4.2");
    });

    test("is not switched to when its file does not get there", async () => {
        const both = await twoProjects();
        await release(both);
        const { world, target, there } = both;
        await world.control.ai.taskScript({
            type: "uploadSnapshotPackage",
            outcome: "error",
            failReason: "The file is broken.",
        });
        const reason = reasonOf(await world.up(target()));
        expect(reason).toContain(
            "POST /new/v2.0/snapshots/upload was accepted and then failed: The file is broken.",
        );
        expect(await there()).toEqual({ snapshots: [], leadsTo: "draft" });
        expect((await world.up(target())).outcome).toBe("done");
    });

    test("needs what snapshots do not hold where it comes to", async () => {
        const both = await twoProjects(withKnowledge());
        await release(both);
        const reason = reasonOf(await both.world.up(both.target()));
        expect(reason).toContain('knowledgeStore "Fares" cannot be used: project');
        expect(reason).toContain("has none of that name, and snapshots do not hold any; used from");
        expect(await both.there()).toEqual({ snapshots: [], leadsTo: "draft" });
    });

    test("is refused where the endpoint leads to a flow of another name", async () => {
        const both = await twoProjects();
        await release(both);
        const { flowId, world, target } = both;
        expect(reasonOf(await world.up(target({ flowId })))).toContain(
            'endpoint "Production" leads to another flow (Booking)',
        );
    });
});

/** The tests' bots, of which the first one looks into documents. */
function withKnowledge(): PlatformData {
    const data = platformData();
    const [first, ...others] = data.bots ?? [];
    const row = { resourceType: "knowledge_store", resourceId: "fares", referencePath: "nodes/n3/store" };
    return {
        ...data,
        bots: [
            {
                ...first,
                id: "bot_12345",
                resources: [
                    ...(first?.resources ?? []),
                    { id: "fares", name: "Fares", type: "knowledge_store" },
                ],
                flows: (first?.flows ?? []).map((flow) => ({
                    ...flow,
                    dependencies: [...(flow.dependencies ?? []), row],
                })),
            },
            ...others,
        ],
    };
}
