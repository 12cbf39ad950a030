import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type AiWorld, PROJECT, useAiWorlds } from "../../support/ai-world.js";
import { reasonOf, type World } from "../../support/harness.js";

const startWorld = useAiWorlds();
const CREATE = /^POST .*\/snapshots$/;

/** What this machine keeps is lost: the next run is another machine's. */
const forget = ({ world }: AiWorld) => rm(join(world.folder, "contents"), { recursive: true, force: true });

/** Lets something happen when a deployment is begun, before its first call. */
function onceBegun(world: World, run: () => void): void {
    const next = () =>
        world.story().at(-1) === "deployment_intent started" ? run() : world.before(/./, next);
    world.before(/./, next);
}

const loseAnswer = ({ world }: AiWorld, method: string, path: string) =>
    world.control.addFault({ match: { method, path }, fault: { kind: "drop", when: "after" } });

describe("a flow that is edited while its version is made", () => {
    test("is refused with both contents named, and the snapshot does not stay", async () => {
        const { world, args, edit, leadsTo, snapshots } = await startWorld();
        world.before(CREATE, () => edit("Whither?"));
        const reason = reasonOf(await world.up(args()));
        expect(reason).toMatch(
            /edited after it was validated.*sha256:\w{64}.*sha256:\w{64}.*Nothing was deployed/,
        );
        expect(await snapshots()).toEqual(["v1.4.1"]);
        expect(await leadsTo()).toBe("v1.4.1");
        expect(await world.calls(/^PATCH/)).toEqual([]);
    });

    test("goes live with the next run, which validates it anew", async () => {
        const { world, args, edit, leadsTo } = await startWorld();
        world.before(CREATE, () => edit("Whither?"));
        await world.up(args());
        expect((await world.up(args())).outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.2");
    });

    test("is not taken for what was validated when the run is cut off before it could look", async () => {
        const { world, args, edit, leadsTo, snapshots } = await startWorld();
        world.before(CREATE, () => {
            edit("Whither?");
            world.cutAt(/^GET .*\/flows\//);
        });
        const validated = await world.stack.preview(args());
        await world.up(args());
        world.mend();
        expect(await snapshots()).toEqual(["v1.4.1", "v1.4.2"]);
        await world.control.clearRequests();
        expect((await world.up(args())).outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.2");
        expect(validated).not.toMatchObject({ inputs: { contentHash: world.stack.outputs.contentHash } });
        // What was frozen is what was tried.
        expect(await world.calls(/^POST .*\/schedule$/)).toHaveLength(2);
    });
});

describe("a snapshot that is there", () => {
    test("under the tag, made by hand after the last look, is not taken for what was validated", async () => {
        const { world, args, edit, leadsTo, projectId } = await startWorld();
        const { ai } = world.emulator;
        onceBegun(world, () => {
            edit("Whither?");
            const project = ai.projects.find(projectId);
            ai.snapshots.take(project, { name: "v1.4.2", description: "" }, project.createdBy, ai.now());
        });
        expect(reasonOf(await world.up(args()))).toContain("was edited after it was validated");
        expect(await leadsTo()).toBe("v1.4.1");
    });

    test("is released by another machine under the name of what it holds, also when the draft has gone on", async () => {
        const side = await startWorld();
        const { world, args, edit } = side;
        await world.up(args({ targetEnvironment: "staging" }));
        const staged = world.stack.outputs.contentHash;
        await world.up(args({ targetEnvironment: "staging", versionTag: "v1.4.3" }));
        edit("Whither?");
        await forget(side);
        world.stack.resource = undefined;
        expect((await world.up(args())).outcome).toBe("done");
        expect(world.stack.outputs.contentHash).toBe(staged);
    });

    test("and was rolled back is refused on another machine, too", async () => {
        const side = await startWorld();
        const { world, args, edit } = side;
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        await world.up(args());
        edit("Whither?");
        await forget(side);
        expect(reasonOf(await world.up(args()))).toContain("rejected-content");
    });
});

describe("an answer that is lost", () => {
    test("to the making of a snapshot makes no second one", async () => {
        const side = await startWorld();
        const { world, args, leadsTo, snapshots } = side;
        await loseAnswer(side, "POST", "/snapshots$");
        expect((await world.up(args())).outcome).toBe("done");
        expect(await world.calls(CREATE)).toHaveLength(1);
        expect(await snapshots()).toEqual(["v1.4.1", "v1.4.2"]);
        expect(await leadsTo()).toBe("v1.4.2");
    });

    test("to the question how far it is does not mean that it failed", async () => {
        const { world, args, leadsTo } = await startWorld();
        world.before(CREATE, () => world.cutAt(/^GET .*\/tasks\//));
        const reason = reasonOf(await world.up(args()));
        expect(reason).not.toContain("was accepted and then failed");
        expect(world.story().at(-1)).toBe("deployment_intent started");
        world.mend();
        await world.control.clearRequests();
        expect((await world.up(args())).outcome).toBe("done");
        expect(await world.calls(CREATE)).toEqual([]);
        expect(await leadsTo()).toBe("v1.4.2");
    });
});

describe("a snapshot task", () => {
    test("that says that it failed, though the snapshot is there, is believed to the snapshot", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.ai.taskScript({ type: "createSnapshot", outcome: "error", takesEffect: true });
        expect((await world.up(args())).outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.2");
    });

    test("that fails is told with the platform's reason, and the next run makes the snapshot", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.ai.taskScript({
            type: "createSnapshot",
            outcome: "error",
            failReason: "Disk full.",
        });
        expect(reasonOf(await world.up(args()))).toContain("Disk full.");
        expect(await leadsTo()).toBe("v1.4.1");
        expect((await world.up(args())).outcome).toBe("done");
    });

    test("of another version that is stuck is not waited for", async () => {
        const { world, args } = await startWorld();
        await world.control.ai.taskScript({ type: "createSnapshot", outcome: "stuck" });
        const one = { ...args(), deployment: { timeoutSeconds: 5 } };
        expect(reasonOf(await world.up(one))).toContain("still active");
        expect((await world.up(args({ versionTag: "v1.4.3" }))).outcome).toBe("done");
    });
});

describe("a project with as many snapshots as it may have", () => {
    const full = async (side: AiWorld, by: "hand" | "release" = "hand") => {
        const { ai } = side.world.emulator;
        const project = ai.projects.find(side.projectId);
        const mark = `[pulumi-cognigy flow=${side.flowId} content=sha256:${"0".repeat(64)} nodes=4]`;
        for (let number = 1; ai.snapshots.of(project._id).length < 10; number += 1) {
            const name = { name: `v0.0.${number}`, description: by === "hand" ? "" : mark };
            side.world.clock.skip(1_000);
            ai.snapshots.take(project, name, project.createdBy, ai.now());
        }
    };

    test("takes no new one: the preview says what to do", async () => {
        const side = await startWorld();
        await full(side);
        expect(reasonOf(await side.world.stack.preview(side.args()))).toMatch(
            /has 10 snapshots, and no more are allowed.*snapshots.prune: true/,
        );
    });

    test("makes room with `snapshots.prune`: the oldest one that a release has made goes", async () => {
        const side = await startWorld();
        await full(side, "release");
        side.switchTo("v0.0.1", "Staging");
        const prune = side.args({ snapshots: { prune: true } });
        expect((await side.world.up(prune)).outcome).toBe("done");
        const left = await side.snapshots();
        expect(left).not.toContain("v0.0.2");
        expect(left).toEqual(expect.arrayContaining(["v1.4.1", "v0.0.1", "v0.0.3", "v1.4.2"]));
    });

    test("never loses one that somebody has made by hand", async () => {
        const side = await startWorld();
        await full(side);
        const before = await side.snapshots();
        expect(reasonOf(await side.world.up(side.args({ snapshots: { prune: true } })))).toContain(
            "no more are allowed",
        );
        expect(await side.snapshots()).toEqual(before);
        expect(await side.leadsTo()).toBe("v1.4.1");
    });

    test.each([
        ["", async () => {}],
        [" where the ledger did not come along", ({ ledgerFile }: World) => rm(ledgerFile)],
    ])("never loses what was live before what is live%s", async (_where, lose) => {
        const side = await startWorld();
        const { world, args, snapshots } = side;
        const prune = { snapshots: { prune: true } };
        for (const versionTag of ["v2.0.0", "v2.1.0"]) {
            await world.up(args({ versionTag, ...prune }));
        }
        await full(side);
        await lose(world);
        expect(reasonOf(await world.up(args({ versionTag: "v2.2.0", ...prune })))).toContain(
            "no more are allowed",
        );
        expect(await snapshots()).toEqual(expect.arrayContaining(["v2.0.0", "v2.1.0"]));
    });

    test("never loses what was live before what is live in another environment", async () => {
        const side = await startWorld();
        const { world, args, snapshots } = side;
        const prune = { snapshots: { prune: true } };
        for (const versionTag of ["v2.0.0", "v2.1.0"]) {
            await world.up(args({ versionTag, targetEnvironment: "staging", ...prune }));
        }
        await full(side);
        world.stack.resource = undefined;
        await world.up(args({ versionTag: "v2.2.0", ...prune }));
        expect(await snapshots()).toEqual(expect.arrayContaining(["v2.0.0", "v2.1.0"]));
    });

    test("tells so when somebody is faster to use the room", async () => {
        const side = await startWorld();
        const { world, args, projectId } = side;
        await full(side, "release");
        const { ai } = world.emulator;
        world.before(/^DELETE .*snapshots/, () => {
            world.before(CREATE, () => {
                const project = ai.projects.find(projectId);
                ai.snapshots.take(project, { name: "theirs", description: "" }, project.createdBy, ai.now());
            });
        });
        expect(reasonOf(await world.up(args({ snapshots: { prune: true } })))).toMatch(
            /is refused: project .* no more are allowed/,
        );
    });
});
