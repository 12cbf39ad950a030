import { ReleaseError, ReleaseFailure, unlessRefused } from "../release/failure.js";
import { releaseName } from "../release/inputs.js";
import {
    type Artifact,
    type CheckedInputs,
    compact,
    type HealthSummary,
    type Outcome,
    type ReleaseState,
    standingIn,
    stateOf,
} from "../release/state.js";
import { exportArtifact } from "./artifact.js";
import { type Attempt, contentOf, detailsOf, outcomeIn, previousOf } from "./attempt.js";
import type { Baked } from "./bake.js";
import { endedAs } from "./ending.js";
import { lastGood } from "./going-back.js";
import { checkHealth } from "./health-check.js";
import { ownRelease } from "./history.js";
import { standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { record, recordOrTell } from "./record.js";
import { rollBack } from "./rollback.js";
import { toldOfExport } from "./told.js";

/** A release that is live and healthy: exports it and writes it down. */
export async function keep(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Attempt,
    { health, finding }: Pick<Baked, "health" | "finding">,
): Promise<ReleaseState> {
    const deployedAt = new Date(pipeline.clock.now()).toISOString();
    const exported: Exported = inputs.artifact
        ? await tryExport(pipeline, inputs, inputs.artifact.directory)
        : {};
    const { deploymentId } = attempt;
    const event =
        (await endedAs(pipeline, inputs, deploymentId, "completed")) ??
        (await record(pipeline, inputs, "deployment_execution", "completed", {
            ...detailsOf(attempt),
            deployment_id: deploymentId,
            changelog: inputs.changelog,
            gates: inputs.gates,
            health,
            ...(await corroboration(pipeline, inputs, deploymentId)),
            ...toldOfExport(exported),
        }));
    const state = stateOf(
        inputs,
        {
            ...previousOf(attempt),
            ...contentOf(attempt),
            status: "completed",
            deploymentId,
            liveVersionTag: inputs.versionTag,
            complianceRef: event.compliance_ref,
            deployedAt,
        },
        { health, artifact: exported.artifact },
    );
    if (exported.problem) {
        throw artifactMissing(exported.problem, state);
    }
    pipeline.progress(`${inputs.versionTag} is live, ${finding}`);
    return state;
}

/** What the platform itself has written down of it, as the ledger keeps it: it takes a moment to do so, and is not waited for. */
async function corroboration(
    { platform }: Pipeline,
    { botId }: CheckedInputs,
    deploymentId: string,
): Promise<Record<string, string>> {
    const entry = await unlessRefused(platform.auditEntry(botId, deploymentId));
    return entry ? { platform_audit_event: entry.id, platform_audit_time: entry.at } : {};
}

/** What came of an export. */
export interface Exported {
    artifact?: Artifact;
    /** Why there is none, for people. */
    problem?: string;
}

/** Exports the version; a release that is live does not fail for it. */
export async function tryExport(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    directory: string,
): Promise<Exported> {
    try {
        return { artifact: await exportArtifact(pipeline, inputs, directory) };
    } catch (error) {
        if (error instanceof ReleaseError) {
            return { problem: error.message };
        }
        throw error;
    }
}

/** The failure of a release that is live and was not exported. */
export function artifactMissing(problem: string, state: ReleaseState): ReleaseFailure {
    return new ReleaseFailure(
        `release ${state.versionTag} is live and healthy, but its artifact is missing: ${problem} ` +
            "Run `pulumi up` again: it exports the artifact and deploys nothing.",
        state,
    );
}

/** Why a deployment is not kept. */
export interface Fault {
    /** The platform's word for it. */
    reason: "health_check_failed" | "deployment_timeout";
    /** One clause for people. */
    finding: string;
    /** Whether the version is live as long as nothing is done. */
    isLive: boolean;
    /** What declares that it is not rolled back, beside `deployment.rollbackOnFailure`. */
    spared?: string;
    health?: HealthSummary;
}

/** Takes a deployment back, unless it is declared otherwise, and says what is live now. */
export async function undo(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Attempt,
    prior: ReleaseState | undefined,
    fault: Fault,
): Promise<never> {
    const { deploymentId } = attempt;
    const name = releaseName(inputs);
    const details = {
        ...detailsOf(attempt),
        deployment_id: deploymentId,
        reason: fault.reason,
        summary: fault.finding,
    };
    const left: Outcome = fault.isLive
        ? {
              ...previousOf(attempt),
              ...contentOf(attempt),
              status: "failed",
              deploymentId,
              liveVersionTag: inputs.versionTag,
          }
        : {
              ...standingIn(prior),
              ...previousOf(attempt),
              ...contentOf(attempt),
              status: "in_progress",
              pendingDeploymentId: deploymentId,
          };
    const stands = fault.isLive
        ? `${inputs.versionTag} is live`
        : `deployment ${deploymentId} is still in progress`;
    const spared = inputs.deployment.rollbackOnFailure
        ? fault.spared
        : "`deployment.rollbackOnFailure` is false";
    if (spared !== undefined) {
        await recordOrTell(pipeline, inputs, "deployment_execution", "failed", details);
        throw new ReleaseFailure(
            `release ${name} failed, ${fault.reason}: ${fault.finding}. It was not rolled back, because ` +
                `${spared}: ${stands}.`,
            stateOf(inputs, left, { health: fault.health }),
        );
    }
    try {
        await rollBack(
            pipeline,
            inputs,
            { deploymentId, previous: attempt.previousDeploymentId },
            `${fault.reason}: ${fault.finding}`,
        );
    } catch (error) {
        if (!(error instanceof ReleaseError)) {
            throw error;
        }
        await recordOrTell(pipeline, inputs, "deployment_execution", "failed", {
            ...details,
            error: error.message,
        });
        throw new ReleaseFailure(
            `THE ROLLBACK FAILED, and ${stands}: ${error.message} Release ${name} was to be rolled back, ${fault.reason}: ` +
                `${fault.finding}. Roll deployment ${deploymentId} back on the platform, then run \`pulumi refresh\`.`,
            stateOf(inputs, left, { health: fault.health }),
        );
    }
    const { live, stood, before } = await standingAfter(pipeline, inputs, attempt, prior);
    const still = live === undefined ? undefined : await stillUnhealthy(pipeline, inputs, deploymentId, live);
    if (!(await endedAs(pipeline, inputs, deploymentId, "rolled_back"))) {
        await recordOrTell(pipeline, inputs, "deployment_execution", "rolled_back", {
            ...details,
            ...compact({ live_version_tag: live, health_after: still }),
            ...(await corroboration(pipeline, inputs, deploymentId)),
        });
    }
    pipeline.progress(
        `${inputs.versionTag} was rolled back, ${live ? `${live} is live again` : "nothing is live now"}`,
    );
    const alarm =
        still === undefined ? "" : `THE ROLLBACK DID NOT HELP: with ${live} live again the bot is ${still}. `;
    const further =
        still === undefined || before === undefined
            ? ""
            : `, or declare \`versionTag: "${before}"\`, which was good before, to go back to it`;
    throw new ReleaseFailure(
        `${alarm}${alarm ? "Release" : "release"} ${name} was rolled back, ${fault.reason}: ${fault.finding}. ` +
            `${live ? `${live} is live again` : "Nothing is live there now"}. ` +
            `Mend the flow and release it under a new \`versionTag\`${further}.`,
        stateOf(
            inputs,
            { ...stood, ...compact({ liveVersionTag: live }), status: "rolled_back" },
            { health: fault.health },
        ),
    );
}

/** How often the bot may look unhealthy after a rollback: it takes a moment to come back. */
const LENIENCE = { successesRequired: 1, failuresAllowed: 2, errorsAllowed: 2 };

/** A rollback is proved too. @returns how the bot is, in a clause, when it is not healthy; undefined when it is. */
async function stillUnhealthy(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    deploymentId: string,
    liveVersionTag: string,
): Promise<string | undefined> {
    const lenient = { ...inputs, health: { ...inputs.health, ...LENIENCE } };
    const { health, finding } = await checkHealth(pipeline, lenient, {
        after: "rollback",
        deploymentId,
        liveVersionTag,
    });
    return health.verdict === "healthy" ? undefined : finding;
}

/** What stands after a rollback. */
interface Aftermath {
    /** The version that is live. */
    live: string | undefined;
    /** Its release, as the state keeps it. */
    stood: Omit<Outcome, "status">;
    /** The version that was good before it. */
    before?: string | undefined;
}

/** Looks at what is live after a rollback. That one is done: who cannot be asked now does not change it. */
async function standingAfter(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    { deploymentId, previousVersionTag }: Attempt,
    prior: ReleaseState | undefined,
): Promise<Aftermath> {
    const aftermath: Aftermath = { live: previousVersionTag, stood: standingIn(prior) };
    try {
        const standing = await standingAt(pipeline, inputs, deploymentId);
        const { live } = standing;
        aftermath.live = live?.versionTag;
        if (live && live.deploymentId !== aftermath.stood.deploymentId) {
            const version = { ...inputs, versionTag: live.versionTag };
            const release = await ownRelease(pipeline.ledger, version, live.deploymentId);
            aftermath.stood = release ? outcomeIn(release, live.deploymentId) : aftermath.stood;
        }
        aftermath.before = (await lastGood(pipeline, inputs, standing))?.versionTag;
    } catch (error) {
        if (!(error instanceof ReleaseError)) {
            throw error;
        }
    }
    return aftermath;
}

const ENDS = {
    failed: "the platform reports that it failed",
    rolled_back: "it was rolled back on the platform",
    gone: "the platform no longer knows it",
    superseded: "it was complete, and is not what is live now",
};

/** A deployment that the platform ended itself: nothing of it is live. */
export async function giveUp(
    pipeline: Pipeline,
    inputs: CheckedInputs,
    attempt: Attempt,
    prior: ReleaseState | undefined,
    end: keyof typeof ENDS,
): Promise<never> {
    const summary = ENDS[end];
    const { live } = await standingAt(pipeline, inputs, attempt.deploymentId);
    if (!(await endedAs(pipeline, inputs, attempt.deploymentId, "completed"))) {
        await record(pipeline, inputs, "deployment_execution", "failed", {
            ...detailsOf(attempt),
            deployment_id: attempt.deploymentId,
            reason: "deployment_failed",
            summary,
        });
    }
    throw new ReleaseFailure(
        `release ${releaseName(inputs)} failed, deployment_failed: deployment ${attempt.deploymentId} was started, and ` +
            `${summary}. ${live ? `${live.versionTag} stays live` : "Nothing is live there"}. ` +
            "Look at the deployment on the platform, then run `pulumi up` again.",
        stateOf(inputs, {
            ...standingIn(prior),
            ...compact({ liveVersionTag: live?.versionTag }),
            status: "failed",
        }),
    );
}
