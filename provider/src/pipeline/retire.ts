import { ReleaseError } from "../release/failure.js";
import { releaseName } from "../release/inputs.js";
import type { ReleaseState } from "../release/state.js";
import { abandonedDeployments, closeAbandoned } from "./abandoned.js";
import { takeBackCutOff } from "./cut-off.js";
import { ownedByAnother } from "./history.js";
import { liveShare, standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";
import { rollBack } from "./rollback.js";
import { inTurn } from "./turn.js";

/** Takes a release out: rolls its deployment back, or leaves it, as declared; and writes that down. */
export async function retire(pipeline: Pipeline, state: ReleaseState): Promise<void> {
    await inTurn(pipeline, state.botId, async () => {
        if (state.onDelete === "retain") {
            await record(pipeline, state, "delete", "retained", { deployment_id: state.deploymentId });
            return;
        }
        await takeBackCutOff(pipeline, state);
        for (const [deploymentId, version] of await standingDeployments(pipeline, state)) {
            await takeBack(pipeline, version, deploymentId);
        }
        const { live, byTag } = await standingAt(pipeline, state, state.deploymentId);
        await closeAbandoned(pipeline, state, byTag.values());
        await record(pipeline, state, "delete", "completed", {
            deployment_id: state.deploymentId,
            live_version_tag: live?.versionTag,
        });
    });
}

/** The release's deployments that there is something to take back of, each with its version. */
async function standingDeployments(
    pipeline: Pipeline,
    state: ReleaseState,
): Promise<[string, ReleaseState][]> {
    const { pendingDeploymentId: pending, deploymentId } = state;
    const abandoned = await abandonedDeployments(pipeline, state);
    const running = new Map<string, ReleaseState>(
        abandoned.map((one) => [one.deploymentId, { ...state, versionTag: one.versionTag }]),
    );
    if (pending !== undefined) {
        running.set(pending, state);
    }
    if (deploymentId === undefined || (await ownedByAnother(pipeline.ledger, { ...state, deploymentId }))) {
        return [...running];
    }
    const { live } = await standingAt(pipeline, state);
    // What somebody else deployed over it stays: rolling this one back would not bring anything better.
    if (
        live !== undefined &&
        live.deploymentId !== deploymentId &&
        !running.has(live.deploymentId) &&
        (await liveShare(pipeline, state, deploymentId)) === "none"
    ) {
        return [...running];
    }
    // After an attempt that failed, what stands is not what was attempted.
    const versionTag = live?.deploymentId === deploymentId ? live.versionTag : state.versionTag;
    running.delete(deploymentId);
    return [...running, [deploymentId, { ...state, versionTag }]];
}

async function takeBack(pipeline: Pipeline, state: ReleaseState, deploymentId: string): Promise<void> {
    try {
        // After an attempt that failed, the state says what that one would have taken the place of.
        const sure = state.status === "completed" && deploymentId === state.deploymentId;
        const previous = sure ? state.previousDeploymentId : undefined;
        await rollBack(pipeline, state, { deploymentId, previous }, "the release was deleted");
    } catch (error) {
        if (!(error instanceof ReleaseError)) {
            throw error;
        }
        throw new ReleaseError(
            `release ${releaseName(state)} was not deleted, and its deployment ${deploymentId} is not rolled back: ` +
                `${error.message} Run \`pulumi destroy\` again, or set \`onDelete: "retain"\` to leave it live.`,
        );
    }
}
