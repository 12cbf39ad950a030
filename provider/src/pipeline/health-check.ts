import type { ReleaseInputs } from "../release/inputs.js";
import { compact } from "../release/state.js";
import { type Baked, bake } from "./bake.js";
import type { Pipeline } from "./pipeline.js";
import { recordOrTell } from "./record.js";
import { toldOfProbes } from "./told.js";

/** What a bake proves: a deployment, or that a rollback has helped. */
export interface HealthCheckSubject {
    after: "deployment" | "rollback";
    /** The deployment that was made, or that was rolled back. */
    deploymentId: string;
    /** What a rollback made live again. */
    liveVersionTag?: string;
}

/** Bakes what is live, and writes every probe down: a bake that cannot be written down must not keep a rollback waiting. */
export async function checkHealth(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { after, deploymentId, liveVersionTag }: HealthCheckSubject,
): Promise<Baked> {
    const baked = await bake(pipeline, inputs, after === "deployment" ? deploymentId : undefined);
    const { verdict } = baked.health;
    await recordOrTell(
        pipeline,
        inputs,
        "health_check",
        verdict === "healthy" ? "passed" : "failed",
        compact({
            after,
            deployment_id: deploymentId,
            live_version_tag: liveVersionTag,
            verdict,
            summary: baked.finding,
            ...toldOfProbes(baked.seen),
        }),
    );
    return baked;
}
