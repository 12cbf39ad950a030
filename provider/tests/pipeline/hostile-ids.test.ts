import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PlatformData } from "cognigy-emulator";
import fc from "fast-check";
import { reasonOf, useWorlds } from "../support/harness.js";
import { CLIENT_ID, CLIENT_SECRET, flowDraft, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

/** What a release is named by, and what it says. */
interface Names {
    botId: string;
    flowId: string;
    targetEnvironment: string;
    input: string;
    intent: string;
}

/** A world that has a bot, a flow and an intent of these names, and the release of it. */
async function worldOf({ botId, flowId, targetEnvironment, input, intent }: Names) {
    const draft = flowDraft(flowId);
    const routes = { intents: [intent] };
    const data: PlatformData = {
        simulationMs: 150,
        deploymentMs: 300,
        clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
        bots: [
            {
                id: botId,
                intents: [{ id: intent, examples: [input] }],
                flows: [
                    {
                        ...draft,
                        nodes: (draft.nodes ?? []).map((node) =>
                            node.id === "n2" ? { ...node, config: routes } : node,
                        ),
                        dependencies: [
                            { resourceType: "intent", resourceId: intent, referencePath: "n2.intents[0]" },
                        ],
                    },
                ],
            },
        ],
    };
    const world = await startWorld({ data });
    const args = releaseArgs({
        botId,
        flowId,
        targetEnvironment,
        changelog: input,
        simulation: { testCases: [{ input, expectedIntent: intent }] },
        artifact: { directory: "a" },
    });
    return { world, args };
}

const PLAIN: Names = {
    botId: "bot",
    flowId: "flow",
    targetEnvironment: "production",
    input: "book a flight",
    intent: "book",
};

/** A whole life: released, left alone, looked at, taken back. */
async function expectLife(names: Names): Promise<void> {
    const { world, args } = await worldOf(names);
    const { botId, flowId, targetEnvironment } = names;
    expect(await world.up(args)).toMatchObject({ outcome: "done" });
    expect(world.live(botId, targetEnvironment)).toBe("v1.4.2");
    expect(world.stack.resource?.id.split("/").map(decodeURIComponent)).toEqual([
        botId,
        flowId,
        targetEnvironment,
    ]);
    expect(await world.up(args)).toEqual({ outcome: "unchanged" });
    await world.stack.refresh();
    expect(world.stack.outputs).toMatchObject({ botId, flowId, targetEnvironment, status: "completed" });
    const written = await readdir(world.folder, { recursive: true });
    expect(written.filter((name) => name.startsWith("a/"))).toHaveLength(1);
    expect(written).not.toContain(join("a", ".."));
    expect(world.events().every(({ bot_id }) => bot_id === botId)).toBe(true);
    await world.stack.destroy();
    expect(world.live(botId, targetEnvironment)).toBeUndefined();
    await world.close();
}

describe("a release whose names hold", () => {
    it.each([
        ["slashes", "a/b", "../../etc/passwd", "/", "book/a/flight"],
        ["dots", "...", "a..b", ".prod", "a."],
        ["what an address means something by", "a?b=c&d#e", "%2F%00", "a;b", "a+b c"],
        ["what a shell means something by", "$(id)", "`id`", "a|b;c", "'\"\\"],
        ["other languages", "büro", "בוט", "生产", "予約する"],
        ["characters of two halves", "🤖", "👩‍🚀", "🚀", "✈️ 🧳"],
        ["what cannot be seen", "a\u200bb", "\u202eabc", "a\u0007b", "a\tb"],
        ["names of every object", "__proto__", "constructor", "toString", "hasOwnProperty"],
    ])("%s goes its way like any other", async (_what, botId, flowId, targetEnvironment, intent) => {
        await expectLife({ ...PLAIN, botId, flowId, targetEnvironment, intent });
    });

    it("conversations of ten thousand characters goes its way like any other", async () => {
        await expectLife({ ...PLAIN, input: "book a flight ".repeat(700), intent: "i".repeat(2_000) });
    });

    it("as many characters as are allowed goes its way like any other", async () => {
        const id = "ü".repeat(500);
        await expectLife({ ...PLAIN, botId: id, flowId: id, targetEnvironment: id });
    });

    it("anything else that is allowed goes its way like any other", async () => {
        const id = fc
            .string({ unit: "binary", minLength: 1, maxLength: 20 })
            .filter((text) => text !== "." && text !== ".." && text.isWellFormed());
        await fc.assert(
            fc.asyncProperty(id, id, id, async (botId, flowId, targetEnvironment) => {
                await expectLife({ ...PLAIN, botId, flowId, targetEnvironment });
            }),
            { numRuns: 15 },
        );
    }, 60_000);

    it.each(["botId", "flowId", "targetEnvironment"])(
        "ten thousand characters in `%s` is refused",
        async (name) => {
            const { world, args } = await worldOf(PLAIN);
            const reason = reasonOf(await world.up({ ...args, [name]: "x".repeat(10_000) }));
            expect(reason).toMatch(/^`\w+`: expected the .*, of at most 500 characters\.$/);
            expect(await world.calls()).toEqual([]);
        },
    );
});

describe("a deployment whose id, as the platform gives it, is", () => {
    it.each([
        ["empty", ""],
        ["ten thousand characters long", "d".repeat(10_000)],
        ["a way out of the address", ".."],
        ["something for a terminal", "dep\u001b[2J"],
        ["half of a character", "dep\ud83d"],
    ])("%s is looked up in the list, and nothing is deployed twice", async (_what, deploymentId) => {
        const { world, args } = await worldOf(PLAIN);
        await world.control.addFault({
            match: { method: "POST", path: "/deployments$" },
            fault: {
                kind: "malformed",
                contentType: "application/json",
                body: JSON.stringify({ deploymentId }),
            },
        });
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.live("bot")).toBe("v1.4.2");
        expect(world.stack.outputs.deploymentId).toBe(world.deploymentsOf("v1.4.2")[0]?.deploymentId);
        expect(await world.mutations()).toHaveLength(1);
    });
});
