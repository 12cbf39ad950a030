import { PlatformError } from "../../src/cognigy/errors.js";
import type { HealthSubject, Platform } from "../../src/cognigy/platform.js";
import { bake } from "../../src/pipeline/bake.js";
import type { Pipeline } from "../../src/pipeline/pipeline.js";
import type { ReleaseInputs } from "../../src/release/inputs.js";
import { noTrace } from "../../src/telemetry/trace.js";
import { FakeClock } from "../support/fake-clock.js";

/** A bake of a bot whose probes come to this, one after the other. */
function bakeOf(
    answers: (boolean | Error)[],
    health: Partial<ReleaseInputs["health"]>,
    deploymentId?: string,
) {
    const clock = new FakeClock();
    const asked: HealthSubject[] = [];
    const platform: Pick<Platform, "askingUntil" | "healthy"> = {
        askingUntil: (_deadline, work) => work(),
        healthy: async (subject) => {
            const answer = answers[asked.push(subject) - 1] ?? false;
            if (answer instanceof Error) {
                throw answer;
            }
            return answer;
        },
    };
    const limits = {
        intervalSeconds: 10,
        timeoutSeconds: 20,
        successesRequired: 3,
        failuresAllowed: 0,
        errorsAllowed: 0,
    };
    const pipeline = { clock, platform, trace: noTrace, progress: () => {} } as unknown as Pipeline;
    const release = { botId: "bot_12345", health: { ...limits, ...health } } as ReleaseInputs;
    return { asked, release, baked: bake(pipeline, release, deploymentId) };
}

describe("a bake", () => {
    test("asks for the health of the very deployment that is to be proved", async () => {
        const { asked, release, baked } = bakeOf([true], { successesRequired: 1 }, "dep_1");
        await baked;
        expect(asked).toEqual([{ botId: "bot_12345", release, deploymentId: "dep_1" }]);
    });

    test("asks for the bot's health alone where no deployment is known", async () => {
        const { asked, release, baked } = bakeOf([true], { successesRequired: 1 });
        await baked;
        expect(asked).toEqual([{ botId: "bot_12345", release }]);
    });

    test("counts the probe that comes at the very end of its time", async () => {
        const { baked } = bakeOf([true, true, true], {});
        expect(await baked).toMatchObject({ health: { verdict: "healthy", probes: 3 } });
    });

    test("has no probe after its time", async () => {
        const { baked } = bakeOf([true, true, true], { timeoutSeconds: 19 });
        expect(await baked).toMatchObject({ health: { verdict: "inconclusive", probes: 2 } });
    });

    test("counts a probe that the platform does not answer as broken, and stops at any other error", async () => {
        const away = new PlatformError("forbidden", "GET /health", "may not");
        expect(await bakeOf([away], {}).baked).toMatchObject({ health: { verdict: "error", errors: 1 } });
        await expect(bakeOf([new TypeError("a mistake of ours")], {}).baked).rejects.toThrow(
            "a mistake of ours",
        );
    });
});
