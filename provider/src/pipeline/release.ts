import { PlatformError } from "../cognigy/errors.js";
import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import { ReleaseError, ReleaseFailure } from "../release/failure.js";
import { releaseName } from "../release/inputs.js";
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
import { closeAbandoned } from "./abandoned.js";
import { type Attempt, attemptIn, contentOf, detailsOf, previousOf } from "./attempt.js";
import { bake } from "./bake.js";
import { GateBlocked } from "./blocked.js";
import { deploymentEnd, deploymentOf, freeSlot, startDeployment, tagTaken } from "./deploy.js";
import { expectNoFreeze } from "./freeze.js";
import { evidenceFor, expectUnchanged } from "./gate.js";
import { lastEvent, unfinishedAttempt, unfinishedRollback } from "./history.js";
import { standingAt } from "./live.js";
import { artifactMissing, giveUp, keep, tryExport, undo } from "./outcome.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";
import { inTurn } from "./turn.js";

/**
 * Brings a release live, or puts everything back and says why.
 *
 * @param inputs as `check` returned them.
 * @param prior what an earlier attempt left in the state, if there was one.
 * @returns the state of a release that is live and healthy.
 * @throws ReleaseFailure with the state to keep when it did not go through.
 */
export async function release(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior?: ReleaseState,
): Promise<ReleaseState> {
    try {
        return await inTurn(pipeline, inputs.botId, async () => {
            const own = await liveAlready(pipeline, inputs, prior);
            if (own) {
                return await settle(pipeline, inputs, own);
            }
            await finishRollback(pipeline, inputs, prior);
            const attempt = (await resume(pipeline, inputs, prior)) ?? (await deploy(pipeline, inputs));
            return await prove(pipeline, inputs, attempt, prior);
        });
    } catch (error) {
        if (error instanceof ReleaseFailure || !(error instanceof ReleaseError)) {
            throw error;
        }
        const status = error instanceof GateBlocked ? "blocked" : "failed";
        throw new ReleaseFailure(
            error.message,
            stateOf(
                inputs,
                // A deployment of another version whose end is not known stays known.
                {
                    ...standingIn(prior),
                    ...compact({ pendingDeploymentId: prior?.pendingDeploymentId }),
                    status,
                },
                prior && foundIn(prior),
            ),
        );
    }
}

/** A release that stands on the platform as it is declared: what the state is to say of it. */
interface Own {
    outcome: Outcome;
    found: Found;
    /** The folder of the artifact that was written. */
    directory?: string | undefined;
}

/**
 * Finds out whether this version is live already by a deployment of ours: after a change of settings only, after going
 * back from a version that failed, and after a run that was killed when it had all but ended.
 */
async function liveAlready(
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
    const event = await lastEvent(pipeline.ledger, inputs, ["deployment_execution"]);
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
    pipeline.progress(`${releaseName(inputs)}: taken over, deployment ${live.deploymentId}`);
    return { ...own, outcome: { ...own.outcome, complianceRef: event.compliance_ref } };
}

function ownOf(prior: ReleaseState): Own {
    return {
        outcome: { ...standingIn(prior), status: "completed" },
        found: foundIn(prior),
        directory: prior.artifact?.directory,
    };
}

function sameContent(inputs: CheckedInputs, contentHash: string | undefined): boolean {
    return inputs.contentHash === undefined || inputs.contentHash === contentHash;
}

/** A release as the ledger tells of it. */
function ownIn(event: LedgerEvent, deploymentId: string): Own {
    const attempt = attemptIn(event);
    return {
        outcome: {
            ...previousOf(attempt),
            ...contentOf(attempt),
            status: "completed",
            deploymentId,
            liveVersionTag: event.version_tag,
            complianceRef: event.compliance_ref,
            deployedAt: event.timestamp,
        },
        found: { health: event.details.health as HealthSummary | undefined },
    };
}

/** A release that is live already: nothing is deployed. */
async function settle(pipeline: Pipeline, inputs: CheckedInputs, own: Own): Promise<ReleaseState> {
    const { outcome, found, directory } = own;
    if (!inputs.artifact || (found.artifact && inputs.artifact.directory === directory)) {
        return stateOf(inputs, outcome, found);
    }
    const { artifact, problem } = await tryExport(pipeline, inputs, inputs.artifact.directory);
    const state = stateOf(inputs, outcome, { ...found, artifact });
    if (problem) {
        throw artifactMissing(problem, state);
    }
    return state;
}

/** A rollback that an earlier run had decided on is made, or found made, and told: the release has failed. */
async function finishRollback(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<void> {
    const unfinished = await unfinishedRollback(pipeline.ledger, inputs);
    if (!unfinished || !sameContent(inputs, attemptIn(unfinished.intent).contentHash)) {
        return;
    }
    const { rollback, intent } = unfinished;
    const deploymentId = String(rollback.details.deployment_id);
    pipeline.progress(
        `${releaseName(inputs)}: finishing the rollback of deployment ${deploymentId} of an earlier run`,
    );
    const [, reason, finding] = /^(\w+): (.*)$/s.exec(String(rollback.details.reason)) ?? [];
    await undo(pipeline, inputs, { deploymentId, ...attemptIn(intent) }, prior, {
        reason: reason === "deployment_timeout" ? reason : "health_check_failed",
        finding: finding ?? "an earlier run found it unfit",
        isLive: reason !== "deployment_timeout",
    });
}

/** A deployment of this very content that an earlier run began and did not see through. */
async function resume(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    prior: ReleaseState | undefined,
): Promise<Attempt | undefined> {
    const attempt = openIn(inputs, prior) ?? (await dangling(pipeline, inputs));
    if (attempt) {
        pipeline.progress(
            `${releaseName(inputs)}: taking up deployment ${attempt.deploymentId} of an earlier run`,
        );
    }
    return attempt;
}

/** A deployment of which the state says that its end is not known, or that it is live without being healthy. */
function openIn(inputs: CheckedInputs, prior: ReleaseState | undefined): Attempt | undefined {
    if (prior?.versionTag !== inputs.versionTag || prior.contentHash !== inputs.contentHash) {
        return undefined;
    }
    const unhealthy = prior.status === "failed" && prior.liveVersionTag === prior.versionTag;
    const pending = prior.status === "in_progress" ? prior.pendingDeploymentId : undefined;
    const deploymentId = pending ?? (unhealthy ? prior.deploymentId : undefined);
    const { contentHash, nodesCount, lastModified, previousVersionTag, previousDeploymentId } = prior;
    return deploymentId === undefined
        ? undefined
        : { deploymentId, contentHash, nodesCount, lastModified, previousVersionTag, previousDeploymentId };
}

async function dangling(pipeline: Pipeline, inputs: CheckedInputs): Promise<Attempt | undefined> {
    const intent = await unfinishedAttempt(pipeline.ledger, inputs);
    if (!intent || !sameContent(inputs, attemptIn(intent).contentHash)) {
        return undefined;
    }
    const ours = await deploymentOf(pipeline, inputs);
    return ours && { deploymentId: ours.deploymentId, ...attemptIn(intent) };
}

/** Waits for a free slot, makes sure of the gates, and starts the deployment. */
async function deploy(pipeline: Pipeline, inputs: CheckedInputs): Promise<Attempt> {
    for (;;) {
        await freeSlot(pipeline, inputs);
        const { live, byTag } = await standingAt(pipeline, inputs);
        const taken = byTag.get(inputs.versionTag);
        if (taken) {
            throw tagTaken(inputs, taken, live);
        }
        const { evidence } = await evidenceFor(pipeline, inputs, { expected: inputs.contentHash });
        // Last before the deployment, for evidence takes its time: the content must still be what was validated.
        const flow = await expectUnchanged(pipeline, inputs, evidence.contentHash);
        const attempt = {
            contentHash: evidence.contentHash,
            nodesCount: flow.nodes.length,
            lastModified: flow.updated_at,
            previousVersionTag: live?.versionTag,
            previousDeploymentId: live?.deploymentId,
        };
        expectNoFreeze(pipeline, inputs);
        await closeAbandoned(pipeline, inputs, byTag.values(), inputs.versionTag);
        await record(pipeline, inputs, "deployment_intent", "started", {
            ...detailsOf(attempt),
            ...exceptionsOf(inputs),
        });
        pipeline.progress(`${releaseName(inputs)}: deploying`);
        const deploymentId = await start(pipeline, inputs, attempt);
        if (deploymentId !== undefined) {
            return { deploymentId, ...attempt };
        }
    }
}

/** The rules that the release sets aside, with the reasons that it gives. */
function exceptionsOf({ deployment }: CheckedInputs): Record<string, unknown> {
    const { breakGlass, retryRejected, downgrade } = deployment;
    return compact({ break_glass: breakGlass, retry_rejected: retryRejected, downgrade });
}

/** Starts the deployment. A refusal ends the attempt; a lost answer leaves it open for the next run to look up. */
async function start(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Omit<Attempt, "deploymentId"> & {
        contentHash: string;
        nodesCount: number;
        lastModified: string;
    },
): Promise<string | undefined> {
    const { contentHash, nodesCount, lastModified } = attempt;
    try {
        return await startDeployment(pipeline, { release: inputs, nodesCount, lastModified }, () =>
            expectUnchanged(pipeline, inputs, contentHash),
        );
    } catch (error) {
        if (error instanceof ReleaseError && !(error instanceof PlatformError && error.outcomeUnknown)) {
            await record(pipeline, inputs, "deployment_execution", "failed", {
                ...detailsOf(attempt),
                reason: "deployment_refused",
                summary: error.message,
            });
        }
        throw error;
    }
}

/** Whether a deployment that was complete is what is live: somebody may have deployed over it, or taken it back. */
async function isLive(pipeline: Pipeline, inputs: CheckedInputs, attempt: Attempt): Promise<boolean> {
    const { live } = await standingAt(pipeline, inputs);
    return live?.deploymentId === attempt.deploymentId;
}

/** Waits for the deployment, bakes it, and keeps it or takes it back. */
async function prove(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Attempt,
    prior: ReleaseState | undefined,
): Promise<ReleaseState> {
    try {
        const end = await deploymentEnd(pipeline, attempt.deploymentId, inputs.deployment.timeoutSeconds);
        if (end === "completed") {
            const { health, finding } = await bake(pipeline, inputs);
            const certain = health.verdict === "healthy" || health.verdict === "failed";
            const { onInconclusive } = inputs.health;
            if (health.verdict === "healthy" || (!certain && onInconclusive === "accept")) {
                return (await isLive(pipeline, inputs, attempt))
                    ? await keep(pipeline, inputs, attempt, health)
                    : await giveUp(pipeline, inputs, attempt, prior, "superseded");
            }
            return await undo(pipeline, inputs, attempt, prior, {
                reason: "health_check_failed",
                finding: `after its deployment the bot was ${finding}`,
                isLive: true,
                ...(!certain && onInconclusive === "fail"
                    ? { spared: '`health.onInconclusive` is "fail"' }
                    : {}),
                health,
            });
        }
        if (end === "unfinished") {
            return await undo(pipeline, inputs, attempt, prior, {
                reason: "deployment_timeout",
                finding: `deployment ${attempt.deploymentId} did not end within ${inputs.deployment.timeoutSeconds} s`,
                isLive: false,
            });
        }
        return await giveUp(pipeline, inputs, attempt, prior, end);
    } catch (error) {
        if (error instanceof ReleaseFailure || !(error instanceof ReleaseError)) {
            throw error;
        }
        throw new ReleaseFailure(
            `release ${releaseName(inputs)} is on its way as deployment ${attempt.deploymentId}, and what became of it ` +
                `is not known: ${error.message} Run \`pulumi up\` again: it takes up this deployment, and deploys nothing twice.`,
            stateOf(inputs, {
                ...standingIn(prior),
                ...previousOf(attempt),
                ...contentOf(attempt),
                status: "in_progress",
                pendingDeploymentId: attempt.deploymentId,
            }),
        );
    }
}
