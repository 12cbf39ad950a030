import { type AiWorld, PROJECT, useAiWorlds } from "../../support/ai-world.js";
import { reasonOf } from "../../support/harness.js";

const startWorld = useAiWorlds();
const SWITCH = /^PATCH .*\/endpoints\//;

/** An environment of two endpoints; the first one is switched last. */
const BOTH = { config: { "cognigy:environments": JSON.stringify({ both: ["Production", "Staging"] }) } };

/** Both of them lead to a version of ours. */
async function startBoth() {
    const side = await startWorld(BOTH);
    side.switchTo("v1.4.1", "Staging");
    const args = (versionTag: string, more = {}) =>
        side.args({ versionTag, targetEnvironment: "both", ...more });
    await side.world.up(args("v2.0.0"));
    await side.world.control.clearRequests();
    return { ...side, args, lead: () => leads(side) };
}

const leads = async ({ leadsTo }: AiWorld) => [await leadsTo("Production"), await leadsTo("Staging")];

const silent = { sequence: [], afterwards: "silent" as const };

describe("an endpoint", () => {
    test("whose switch gets no answer is looked at, and not switched twice", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.addFault({
            match: { method: "PATCH", path: "/endpoints/" },
            fault: { kind: "drop", when: "after" },
        });
        expect((await world.up(args())).outcome).toBe("done");
        expect(await world.calls(SWITCH)).toHaveLength(1);
        expect(await leadsTo()).toBe("v1.4.2");
    });

    test("whose switch was lost on its way is switched again", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.addFault({
            match: { method: "PATCH", path: "/endpoints/" },
            fault: { kind: "drop", when: "before" },
        });
        expect((await world.up(args())).outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.2");
    });

    test("that somebody switches after the release was validated is not switched over", async () => {
        const { world, args, leadsTo, switchTo } = await startWorld();
        await world.up(args({ targetEnvironment: "staging", versionTag: "v1.5.0" }));
        world.stack.resource = undefined;
        world.before(/^POST .*\/snapshots$/, () => switchTo("v1.5.0"));
        await world.control.clearRequests();
        expect(reasonOf(await world.up(args()))).toContain("somebody has switched it meanwhile");
        expect(await world.calls(SWITCH)).toEqual([]);
        expect(await leadsTo()).toBe("v1.5.0");
    });

    test("that somebody switches back in the same moment is not switched once more", async () => {
        const { world, args, leadsTo, switchTo } = await startWorld();
        world.before(SWITCH, () => world.before(/^GET .*\/endpoints\//, () => switchTo("v1.4.1")));
        expect(reasonOf(await world.up(args()))).toContain("somebody has switched it meanwhile");
        expect(await world.calls(SWITCH)).toHaveLength(1);
        expect(await leadsTo()).toBe("v1.4.1");
    });

    test("whose run was killed before its switch is switched by the next run, with the snapshot that is there", async () => {
        const { world, args, leadsTo, snapshots } = await startWorld();
        world.killAt(SWITCH);
        await world.up(args());
        world.mend();
        expect(await leadsTo()).toBe("v1.4.1");
        expect((await world.up(args())).outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.2");
        expect(await snapshots()).toEqual(["v1.4.1", "v1.4.2"]);
        expect(await world.calls(/^POST .*\/snapshots$/)).toHaveLength(1);
    });

    test("goes back to where it led when somebody deletes the snapshot on the way", async () => {
        const { world, args, leadsTo } = await startWorld();
        const { ai } = world.emulator;
        world.before(SWITCH, () => {
            const made = ai.snapshots.list().find(({ name }) => name === "v1.4.2");
            ai.snapshots.forget(made?._id ?? "");
        });
        expect(reasonOf(await world.up(args()))).toContain("somebody has deleted the snapshot v1.4.2");
        expect(await leadsTo()).toBe("v1.4.1");
        expect((await world.up(args())).outcome).toBe("done");
    });

    test("cannot go back to a snapshot that is gone: that is said, and what is live", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.ai.conversation(`${PROJECT}/Production`, silent);
        world.before(SWITCH, () => {
            const { snapshots } = world.emulator.ai;
            world.before(/^POST .*\/test\//, () => {
                const old = snapshots.list().find(({ name }) => name === "v1.4.1");
                snapshots.forget(old?._id ?? "");
            });
        });
        expect(reasonOf(await world.up(args()))).toMatch(
            /^THE ROLLBACK FAILED, and v1.4.2 is live: the snapshot .* is not there any more. Switch it by hand/,
        );
        expect(await leadsTo()).toBe("v1.4.2");
    });
});

describe("a version that is released again after another one", () => {
    const story = async () => {
        const side = await startWorld();
        for (const versionTag of ["v2.0.0", "v2.1.0", "v2.0.0"]) {
            expect((await side.world.up(side.args({ versionTag }))).outcome).toBe("done");
            await side.world.control.ai.patchNodes(`${PROJECT}/Booking`, {
                Book: { config: { text: versionTag } },
            });
        }
        return side;
    };

    test("is live, and its snapshot was made once", async () => {
        const { world, leadsTo, snapshots } = await story();
        expect(await leadsTo()).toBe("v2.0.0");
        expect(await snapshots()).toEqual(["v1.4.1", "v2.0.0", "v2.1.0"]);
        expect(world.stack.outputs).toMatchObject({ status: "completed", previousVersionTag: "v2.1.0" });
    });

    test("is told as three releases that went well", async () => {
        const { world } = await story();
        const done = world.events().filter(({ action }) => action === "deployment_execution");
        expect(done.map(({ version_tag, status }) => `${version_tag} ${status}`)).toEqual([
            "v2.0.0 completed",
            "v2.1.0 completed",
            "v2.0.0 completed",
        ]);
    });

    test("goes back to the one before it when it is destroyed", async () => {
        const { world, leadsTo } = await story();
        await world.stack.destroy();
        expect(await leadsTo()).toBe("v2.1.0");
    });

    test("is rolled back, and is rejected from then on", async () => {
        const { world, args, leadsTo } = await story();
        await world.up(args({ versionTag: "v2.1.0" }));
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        expect(reasonOf(await world.up(args({ versionTag: "v2.0.0" })))).toContain("v2.1.0 is live again");
        expect(await leadsTo()).toBe("v2.1.0");
        expect(reasonOf(await world.up(args({ versionTag: "v2.0.0" })))).toContain("rejected-content");
    });

    test("is not told twice when its run is taken up by another one", async () => {
        const { world, args } = await story();
        await world.up(args({ versionTag: "v2.1.0" }));
        world.dieAt("healthy");
        await world.up(args({ versionTag: "v2.0.0" }));
        world.revive();
        expect((await world.up(args({ versionTag: "v2.0.0" }))).outcome).toBe("done");
        expect(world.story().slice(-3)).toEqual([
            "deployment_intent started",
            "health_check passed",
            "deployment_execution completed",
        ]);
    });
});

describe("two `up`s at once, on two machines", () => {
    test("of one version make one snapshot and one switch, and both are done", async () => {
        const { world, args, leadsTo, snapshots } = await startWorld();
        const other = world.elsewhere();
        const results = await Promise.all([world.up(args()), other.up(args())]);
        expect(results.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
        expect(await leadsTo()).toBe("v1.4.2");
        expect(await snapshots()).toEqual(["v1.4.1", "v1.4.2"]);
        expect(await world.calls(SWITCH)).toHaveLength(1);
    });

    test("of two versions: the one that comes second goes on from the first, or does not switch over it", async () => {
        const { world, args, leadsTo } = await startWorld();
        const other = world.elsewhere();
        const results = await Promise.all([
            world.up(args({ versionTag: "v2.0.0" })),
            other.up(args({ versionTag: "v2.1.0" })),
        ]);
        const done = results.filter(({ outcome }) => outcome === "done");
        const failed = results.filter(({ outcome }) => outcome === "failed");
        expect(done.length + failed.length).toBe(2);
        expect(await world.calls(SWITCH)).toHaveLength(done.length);
        for (const result of failed) {
            expect(reasonOf(result)).toContain("somebody has switched it meanwhile. Nothing was deployed.");
        }
        const kept = world
            .events()
            .filter(({ action, status }) => action === "deployment_execution" && status === "completed");
        expect(kept.at(-1)?.version_tag).toBe(await leadsTo());
        expect(kept).toHaveLength(done.length);
    });
});

describe("an environment of two endpoints", () => {
    test("is switched as a whole, and goes back as a whole", async () => {
        const { world, args, lead } = await startBoth();
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
        await world.up(args("v2.1.0"));
        expect(await lead()).toEqual(["v2.1.0", "v2.1.0"]);
        await world.stack.destroy();
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("of which one is refused is put back, and nothing is deployed", async () => {
        const { world, args, lead } = await startBoth();
        await world.control.addFault({
            match: { method: "PATCH", path: "/endpoints/" },
            skip: 1,
            fault: { kind: "status", status: 403 },
        });
        expect(reasonOf(await world.up(args("v2.1.0")))).toContain("needs a role");
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("of which one is refused after the other's answer was lost is put back, too", async () => {
        const { world, args, lead } = await startBoth();
        const match = { method: "PATCH", path: "/endpoints/" };
        await world.control.addFault({ match, skip: 1, fault: { kind: "drop", when: "before" } });
        await world.control.addFault({ match, skip: 1, fault: { kind: "status", status: 403 } });
        expect(reasonOf(await world.up(args("v2.1.0")))).toContain("needs a role");
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("whose run was killed between the two goes on with the next run, and back to what was live as a whole", async () => {
        const { world, args, lead } = await startBoth();
        world.before(SWITCH, () => world.killAt(SWITCH));
        await world.up(args("v2.1.0"));
        world.mend();
        expect(await lead()).toEqual(["v2.0.0", "v2.1.0"]);
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        expect(reasonOf(await world.up(args("v2.1.0")))).toContain("v2.0.0 is live again");
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("whose run was killed between the two goes on with another version, and back from it as a whole", async () => {
        const { world, args, edit, lead } = await startBoth();
        world.before(SWITCH, () => world.killAt(SWITCH));
        await world.up(args("v2.1.0"));
        world.mend();
        edit("Whither?");
        expect((await world.up(args("v2.2.0"))).outcome).toBe("done");
        expect(await lead()).toEqual(["v2.2.0", "v2.2.0"]);
        await world.stack.destroy();
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("whose run was killed between the two is destroyed as a whole", async () => {
        const { world, args, lead } = await startBoth();
        world.before(SWITCH, () => world.killAt(SWITCH));
        await world.up(args("v2.1.0"));
        world.mend();
        await world.stack.destroy();
        expect(await lead()).toEqual(["v1.4.1", "v1.4.1"]);
    });

    test("whose rollback was killed between the two is put back by the next run", async () => {
        const { world, args, edit, lead } = await startBoth();
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        world.before(/^POST .*\/test\//, () => {
            world.before(SWITCH, () => world.killAt(SWITCH));
        });
        await world.up(args("v2.1.0"));
        world.mend();
        expect(await lead()).toEqual(["v2.1.0", "v2.0.0"]);
        edit("Whither?");
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        expect(reasonOf(await world.up(args("v2.2.0")))).toContain(". v2.0.0 is live again");
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("is seen to be of two versions when somebody switches one of them, and made whole again", async () => {
        const { world, args, switchTo, lead } = await startBoth();
        switchTo("v1.4.1", "Staging");
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ liveVersionTag: "v2.0.0 / v1.4.1" });
        expect((await world.up(args("v2.0.0"))).outcome).toBe("done");
        expect(await lead()).toEqual(["v2.0.0", "v2.0.0"]);
    });

    test("of which somebody switches one during the bake goes back, and that one stays where it was led", async () => {
        const { world, args, switchTo, lead } = await startBoth();
        world.before(/^POST .*\/test\//, () => switchTo("v1.4.1", "Staging"));
        await world.up(args("v2.1.0"));
        expect(await lead()).toEqual(["v2.0.0", "v1.4.1"]);
    });

    test("of which somebody switches one as soon as it is switched goes back, and that one stays where it was led", async () => {
        const { world, args, switchTo, lead } = await startBoth();
        world.before(SWITCH, () => {
            world.before(SWITCH, () => {
                world.before(/^GET .*\/endpoints/, () => switchTo("v1.4.1", "Staging"));
            });
        });
        expect((await world.up(args("v2.1.0"))).outcome).toBe("failed");
        expect(await lead()).toEqual(["v2.0.0", "v1.4.1"]);
    });

    test("of which somebody has switched one is destroyed, and that one stays where it was led", async () => {
        const { world, switchTo, lead, args } = await startBoth();
        await world.up(args("v2.1.0"));
        switchTo("v1.4.1", "Staging");
        await world.stack.destroy();
        expect(await lead()).toEqual(["v2.0.0", "v1.4.1"]);
    });
});
