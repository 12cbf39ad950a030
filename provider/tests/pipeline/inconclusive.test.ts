import { mkdirSync, rmSync } from "node:fs";
import { reasonOf, useWorlds } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

const startWorld = useWorlds();

/** Three healthy probes in a row are asked for, and every other one is not: the time is over before it is clear. */
const UNCLEAR = probes([true, false, true, false, true, false, true, false], true);
const HEALTH = { intervalSeconds: 1, successesRequired: 3, failuresAllowed: 5, timeoutSeconds: 4 };

describe("a bake that ends without telling whether the bot is healthy", () => {
    test("is rolled back where nothing else is declared", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", UNCLEAR);
        expect(reasonOf(await world.up(releaseArgs({ health: HEALTH })))).toContain(
            "was rolled back, health_check_failed: after its deployment the bot was not proved healthy within 4 s",
        );
        expect(world.live()).toBe("v1.4.1");
    });

    test("fails and stays live where that is declared, and the next `up` bakes it again", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", UNCLEAR);
        const args = releaseArgs({ health: { ...HEALTH, onInconclusive: "fail" } });
        expect(reasonOf(await world.up(args))).toContain(
            'It was not rolled back, because `health.onInconclusive` is "fail": v1.4.2 is live.',
        );
        expect(world.stack.outputs).toMatchObject({ status: "failed", liveVersionTag: "v1.4.2" });
        await world.control.health("bot_12345", probes([], true));
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).toMatchObject({ status: "completed", health: { verdict: "healthy" } });
        expect(world.deploymentsOf("v1.4.2")).toHaveLength(1);
    });

    test("is accepted where that is declared, and the state says what it was", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", UNCLEAR);
        const args = releaseArgs({ health: { ...HEALTH, onInconclusive: "accept" } });
        expect(await world.up(args)).toMatchObject({ outcome: "done" });
        expect(world.stack.outputs).toMatchObject({
            status: "completed",
            health: { verdict: "inconclusive" },
        });
    });

    test.each(["fail", "accept"])(
        "is rolled back all the same when the bot is plainly unhealthy: %s",
        async (onInconclusive) => {
            const world = await startWorld();
            await world.control.health("bot_12345", probes([false], true));
            const args = releaseArgs({ health: { intervalSeconds: 1, onInconclusive } });
            expect(reasonOf(await world.up(args))).toContain("was rolled back, health_check_failed");
        },
    );
});

describe("a rollback", () => {
    test("is proved: a bot that stays unhealthy with the version before is told first", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([], false));
        expect(reasonOf(await world.up(releaseArgs({ health: { intervalSeconds: 1 } })))).toMatch(
            /^THE ROLLBACK DID NOT HELP: with v1\.4\.1 live again the bot is unhealthy \(3 failed of 3 probes, 2 allowed\)\. Release v1\.4\.2 .* was rolled back/,
        );
        expect(world.events().at(-1)).toMatchObject({
            status: "rolled_back",
            details: { health_after: "unhealthy (3 failed of 3 probes, 2 allowed)" },
        });
    });

    test("is written down with its probes, apart from those of the deployment that was rolled back", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([false, false], true));
        await world.up(releaseArgs({ health: { intervalSeconds: 1 } }));
        const deployment_id = world.deploymentsOf("v1.4.2")[0]?.deploymentId;
        const checks = world.events().filter(({ action }) => action === "health_check");
        expect(checks.map(({ status, details }) => ({ status, ...details }))).toMatchObject([
            { status: "failed", after: "deployment", deployment_id, probes: [{ result: "unhealthy" }] },
            {
                status: "passed",
                after: "rollback",
                deployment_id,
                live_version_tag: "v1.4.1",
                probes: [{ result: "unhealthy" }, { result: "healthy" }],
            },
        ]);
        expect(checks[0]?.details).not.toHaveProperty("live_version_tag");
    });

    test("waits for no ledger: a bake that cannot be written down is told", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([false], true));
        world.before(/^GET .*health$/, () => {
            rmSync(world.ledgerFile);
            mkdirSync(world.ledgerFile);
        });
        const result = await world.up(releaseArgs());
        expect(reasonOf(result)).toContain("was rolled back, health_check_failed");
        expect(world.progress.join("\n")).toContain(
            "health_check failed of v1.4.2 is not in the ledger: the ledger ",
        );
    });

    test("gives the bot a moment to come back", async () => {
        const world = await startWorld();
        await world.control.health("bot_12345", probes([false, false, false], true));
        expect(reasonOf(await world.up(releaseArgs({ health: { intervalSeconds: 1 } })))).toMatch(
            /^release v1\.4\.2 /,
        );
    });
});
