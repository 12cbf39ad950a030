import type { Deployment } from "../cognigy/platform.js";
import { contentHash } from "../release/content-hash.js";
import { liveEverywhere } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/** A version that is live somewhere. */
export interface LiveRelease {
    flowId: string;
    targetEnvironment: string;
    versionTag: string;
    deploymentId: string;
    /** ISO 8601 time of its deployment. */
    since: string;
    /** Whether the flow was edited since; left out where the platform does not show what was released. */
    edited?: boolean;
}

/** How a bot stands. */
export interface BotStatus {
    botId: string;
    healthy: boolean;
    live: LiveRelease[];
    /** What is on its way. */
    inProgress: Deployment[];
}

/** Looks at how a bot stands: what is live where, what is on its way, and how it is. */
export async function botStatus({ platform }: Pick<Pipeline, "platform">, botId: string): Promise<BotStatus> {
    const [completed, inProgress, healthy] = await Promise.all([
        platform.deployments(botId, "completed"),
        platform.deployments(botId, "in_progress"),
        platform.healthy({ botId }),
    ]);
    const live = await Promise.all(
        liveEverywhere(completed).map(async (deployment) => ({
            flowId: deployment.flowId,
            targetEnvironment: deployment.targetEnvironment,
            versionTag: deployment.versionTag,
            deploymentId: deployment.deploymentId,
            since: deployment.createdAt,
            ...(await editedSince({ platform }, deployment)),
        })),
    );
    return { botId, healthy, live, inProgress };
}

async function editedSince(
    { platform }: Pick<Pipeline, "platform">,
    deployment: Deployment,
): Promise<{ edited?: boolean }> {
    const { botId, flowId } = deployment;
    const [released, draft] = await Promise.all([
        platform.releasedFlow(deployment, deployment.versionTag),
        platform.flow({ botId, flowId }),
    ]);
    return released ? { edited: contentHash(released) !== contentHash(draft) } : {};
}
