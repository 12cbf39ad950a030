import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import {
    type CheckedInputs,
    compact,
    type Found,
    foundIn,
    type HealthSummary,
    type Outcome,
    type ReleaseState,
    standingIn,
    stateOf,
} from "../release/state.js";
import { attemptIn, outcomeIn } from "./attempt.js";
import { isUnprovedReturn, lastEvent } from "./history.js";
import { standingAt } from "./live.js";
import { artifactMissing, tryExport } from "./outcome.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";
import { toldOfExport } from "./told.js";

/** A release that stands on the platform as it is declared: what the state is to say of it. */
export interface Own {
    outcome: Outcome;
    found: Found;
    /** The folder of the artifact that was written. */
    directory?: string | undefined;
}

/**
 * Finds out whether this version is live already by a deployment of ours: after a change of settings only, after going
 * back from a version that failed, and after a run that was killed when it had all but ended.
 */
export async function liveAlready(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<Own | undefined> {
    const stated = prior?.liveVersionTag === inputs.versionTag ? prior : undefined;
    const attempted = prior?.versionTag === inputs.versionTag;
    if (stated?.status === "completed" && attempted && sameContent(inputs, stated.contentHash)) {
        return ownOf(stated);
    }
    if (inputs.adopt) {
        const adopted = await adopt(pipeline, inputs);
        if (adopted) {
            return adopted;
        }
    }
    // What was begun again is not proved by how it went before, where a platform names deployments after what they lead to.
    const event = await lastEvent(pipeline.ledger, inputs, ["deployment_intent", "deployment_execution"]);
    const written =
        event?.status === "completed" && sameContent(inputs, attemptIn(event).contentHash)
            ? event
            : undefined;
    if (!written && (attempted || !stated)) {
        return undefined;
    }
    const { live } = await standingAt(pipeline, inputs);
    if (!live || live.versionTag !== inputs.versionTag) {
        return undefined;
    }
    const stood = prior?.deploymentId === live.deploymentId;
    if (live.deploymentId === written?.details.deployment_id) {
        if (await isUnprovedReturn(pipeline.ledger, { ...inputs, deploymentId: live.deploymentId })) {
            return undefined;
        }
        const own = ownIn(written, live.deploymentId);
        return stood
            ? { ...own, outcome: { ...own.outcome, ...refOf(prior) } }
            : takeOver(pipeline, inputs, live, own);
    }
    // The ledger may not have come along; then what the state says of the version before the one that failed counts.
    return stood && stated && !attempted ? ownOf(stated) : undefined;
}

function refOf({ complianceRef }: ReleaseState) {
    return compact({ complianceRef });
}

/** Takes over what is live under the declared tag, by whomever it was deployed. */
async function adopt(pipeline: Pipeline, inputs: CheckedInputs): Promise<Own | undefined> {
    const { live } = await standingAt(pipeline, inputs);
    return live?.versionTag === inputs.versionTag
        ? takeOver(pipeline, inputs, live, {
              outcome: {
                  status: "completed",
                  deploymentId: live.deploymentId,
                  liveVersionTag: live.versionTag,
                  deployedAt: live.createdAt,
              },
              found: {},
          })
        : undefined;
}

/**
 * Writes down that a deployment is this release's from now on: whoever had it before, such as the same release under
 * another name, no longer rolls it back.
 */
async function takeOver(pipeline: Pipeline, inputs: CheckedInputs, live: Deployment, own: Own): Promise<Own> {
    const event = await record(pipeline, inputs, "adoption", "completed", {
        content_hash: inputs.contentHash,
        deployment_id: live.deploymentId,
    });
    pipeline.progress(`${live.versionTag} is live already, taken over: deployment ${live.deploymentId}`);
    return { ...own, outcome: { ...own.outcome, complianceRef: event.compliance_ref } };
}

function ownOf(prior: ReleaseState): Own {
    return {
        outcome: { ...standingIn(prior), status: "completed" },
        found: foundIn(prior),
        directory: prior.artifact?.directory,
    };
}

/** Tells whether a content is the one that was checked, where one was. */
export function sameContent(inputs: CheckedInputs, contentHash: string | undefined): boolean {
    return inputs.contentHash === undefined || inputs.contentHash === contentHash;
}

/** A release as the ledger tells of it. */
function ownIn(event: LedgerEvent, deploymentId: string): Own {
    return {
        outcome: {
            ...outcomeIn(event, deploymentId),
            status: "completed",
            liveVersionTag: event.version_tag,
        },
        found: { health: event.details.health as HealthSummary | undefined },
    };
}

/** A release that is live already: nothing is deployed. */
export async function settle(pipeline: Pipeline, inputs: CheckedInputs, own: Own): Promise<ReleaseState> {
    const { outcome, found, directory } = own;
    if (!inputs.artifact || (found.artifact && inputs.artifact.directory === directory)) {
        return stateOf(inputs, outcome, found);
    }
    const exported = await tryExport(pipeline, inputs, inputs.artifact.directory);
    const { artifact, problem } = exported;
    await record(pipeline, inputs, "artifact_export", problem ? "failed" : "completed", {
        content_hash: outcome.contentHash,
        deployment_id: outcome.deploymentId,
        ...toldOfExport(exported),
    });
    const state = stateOf(inputs, outcome, { ...found, artifact });
    if (problem) {
        throw artifactMissing(problem, state);
    }
    return state;
}
