import { isPlatformError } from "../cognigy/errors.js";
import type { HealthSubject } from "../cognigy/platform.js";
import {
    type BakeVerdict,
    bakeFinding,
    bakeProgress,
    countProbe,
    judgeBake,
    NO_PROBES,
    type Probe,
} from "../release/bake.js";
import type { ReleaseInputs } from "../release/inputs.js";
import type { HealthSummary } from "../release/state.js";
import type { Pipeline } from "./pipeline.js";

/** How a bake ended. */
export interface Baked {
    health: HealthSummary;
    /** In one clause for people. */
    finding: string;
    /** Every probe, in its order. */
    seen: SeenProbe[];
}

/** One probe, and when its answer was there. */
export interface SeenProbe {
    /** Milliseconds since 1970. */
    at: number;
    result: Probe;
}

/**
 * Watches the bot's health after a deployment until it is proved good or bad, or the time is over.
 *
 * @param deploymentId what must be live, where that is known.
 */
export async function bake(
    pipeline: Pipeline,
    release: ReleaseInputs,
    deploymentId?: string,
): Promise<Baked> {
    const subject: HealthSubject = {
        botId: release.botId,
        release,
        ...(deploymentId === undefined ? {} : { deploymentId }),
    };
    const deadline = pipeline.clock.monotonic() + release.health.timeoutSeconds * 1000;
    return pipeline.trace("cognigy.bake", {}, async (note) => {
        const baked = await pipeline.platform.askingUntil(deadline, () =>
            watch(pipeline, subject, release.health, deadline),
        );
        note({ "cognigy.verdict": baked.health.verdict, "cognigy.probes": baked.health.probes });
        return baked;
    });
}

async function watch(
    pipeline: Pipeline,
    subject: HealthSubject,
    limits: ReleaseInputs["health"],
    deadline: number,
): Promise<Baked> {
    const { clock, progress } = pipeline;
    const interval = limits.intervalSeconds * 1000;
    const seen: SeenProbe[] = [];
    let tally = NO_PROBES;
    let verdict: BakeVerdict = "baking";
    while (verdict === "baking") {
        if (tally.probes > 0) {
            await clock.sleep(interval);
        }
        const result = await probe(pipeline, subject);
        seen.push({ at: clock.now(), result });
        tally = countProbe(tally, result);
        verdict = judgeBake(tally, limits, clock.monotonic() + interval <= deadline);
        // How well a bake has ended is told with what comes of it.
        if (verdict !== "healthy") {
            progress(bakeProgress(tally, limits));
        }
    }
    const { probes, failures, errors } = tally;
    const finding = bakeFinding(verdict, tally, limits);
    return { health: { verdict, probes, failures, errors }, finding, seen };
}

async function probe({ platform }: Pipeline, subject: HealthSubject): Promise<Probe> {
    try {
        return (await platform.healthy(subject)) ? "healthy" : "unhealthy";
    } catch (error) {
        if (isPlatformError(error)) {
            return "error";
        }
        throw error;
    }
}
