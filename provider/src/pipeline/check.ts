import { isPlatformError } from "../cognigy/errors.js";
import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import { sameValue } from "../release/canonical.js";
import { contentHash } from "../release/content-hash.js";
import type { Rejection, ReleaseContext } from "../release/context.js";
import { linesOf } from "../release/diff/cut.js";
import { diffFlows } from "../release/diff/diff.js";
import { ReleaseError } from "../release/failure.js";
import { type FlowDefinition, isSealed, nodesIn } from "../release/flow.js";
import { IDENTITY, type ReleaseInputs, releaseName } from "../release/inputs.js";
import { sharedLines, sharedUse } from "../release/shared.js";
import { type CheckedFindings, type CheckedInputs, compact } from "../release/state.js";
import { tagTaken } from "./deploy.js";
import { expectNoFreeze } from "./freeze.js";
import { evidenceFor } from "./gate.js";
import { type WayBack, wayBack } from "./going-back.js";
import { contentHistory, lastEvent, ownRelease, unfinishedAttempt } from "./history.js";
import type { Listing } from "./listing.js";
import { glance, type Standing, standingIn } from "./live.js";
import { sharedWithOthers } from "./other-flows.js";
import type { Pipeline } from "./pipeline.js";

/** What decides whether a gate must run: which release it is, and what it must pass. */
const DECISIVE = [...IDENTITY, "versionTag", "dependencies", "simulation"] as const;

/** Tells whether nothing that decides the gates has changed since an earlier check. */
export function sameRelease(inputs: ReleaseInputs, earlier: Partial<CheckedInputs>): boolean {
    return (
        earlier.contentHash !== undefined && DECISIVE.every((name) => sameValue(inputs[name], earlier[name]))
    );
}

/**
 * The findings of a release that has not changed since it went live. No gate runs, and a platform that is away or may
 * not be asked is no obstacle: there is nothing to do.
 *
 * @returns undefined when its last attempt never went live, or did not stay.
 * @throws ReleaseError when it went live, and something else is live now.
 */
export async function findingsKept(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    earlier: Partial<CheckedInputs>,
): Promise<CheckedFindings | undefined> {
    const last = () => lastEvent(pipeline.ledger, inputs, ["deployment_intent", "deployment_execution"]);
    try {
        const { live, byTag } = standingIn(await glance(pipeline, inputs.botId), inputs);
        if (live?.versionTag === inputs.versionTag) {
            return standing(earlier);
        }
        if ((await last())?.status === "completed") {
            throw noLongerLive(inputs, live);
        }
        return byTag.has(inputs.versionTag) ? standing(earlier) : undefined;
    } catch (error) {
        if (!isPlatformError(error)) {
            throw error;
        }
        // What was rolled back, or refused, is not taken for live because nobody can look.
        const status = (await last())?.status;
        return status === undefined || status === "completed" || status === "started"
            ? standing(earlier)
            : undefined;
    }
}

/**
 * Runs the gates of a release that would go live, and tells what it would change.
 *
 * @param earlier the inputs of the last `up`, with their findings.
 * @param asker names who started to find it out before, if somebody did: then it is found out once.
 * @throws ReleaseError for everything that stands in the release's way.
 */
export async function findingsFor(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    earlier: Partial<CheckedInputs>,
    asker?: string,
): Promise<CheckedFindings> {
    const find = () => findingsNow(pipeline, inputs, earlier, asker);
    const findings = await (asker === undefined ? find() : pipeline.handover.obtain(asker, find));
    return withChangelog(findings, earlier);
}

/** The state knows the changelog of what is live, also where the ledger did not come along. */
function withChangelog(findings: CheckedFindings, earlier: Partial<CheckedInputs>): CheckedFindings {
    const { context } = findings;
    if (context?.previous === undefined || context.previous.versionTag !== earlier.versionTag) {
        return findings;
    }
    const previous = { ...context.previous, ...compact({ changelog: earlier.changelog }) };
    return { ...findings, context: { ...context, previous } };
}

async function findingsNow(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    earlier: Partial<CheckedInputs>,
    asker: string | undefined,
): Promise<CheckedFindings> {
    const completed = await pipeline.platform.deployments(
        inputs.botId,
        "completed",
        inputs.targetEnvironment,
    );
    const { live } = standingIn(completed, inputs);
    if (live?.versionTag === inputs.versionTag) {
        const kept = onlyGatesChanged(inputs, earlier)
            ? standing(earlier)
            : findingsIn(await ownRelease(pipeline.ledger, inputs, live.deploymentId));
        if (kept) {
            return kept;
        }
        if (inputs.adopt) {
            return adoptable(pipeline, inputs);
        }
    }
    return findingsAhead(pipeline, inputs, completed, asker);
}

/**
 * The findings of a release that is not live: of what going back to it takes back, or of its gates and what it changes.
 *
 * @param completed the complete deployments of the bot.
 * @param asker names who asks, if somebody will ask the same again.
 * @throws ReleaseError for everything that stands in the release's way.
 */
export async function findingsAhead(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    completed: readonly Deployment[],
    asker?: string,
): Promise<CheckedFindings> {
    const { live, byTag } = standingIn(completed, inputs);
    const way = live && (await wayBack(pipeline, inputs, { live, byTag }));
    if (way) {
        return findingsOnTheWayBack(pipeline, inputs, { live, completed }, way);
    }
    await expectReleasable(pipeline, inputs, { live, byTag });
    await pipeline.platform.expectDeployable(inputs);
    const { evidence, flow, listing } = await evidenceFor(pipeline, inputs, { asker });
    const history = await contentHistory(pipeline.ledger, inputs, evidence.contentHash);
    expectNotRejected(inputs, evidence.contentHash, history.rejected);
    const { impact, ...changes } = await changesFrom(pipeline, inputs, { live, completed }, flow, listing);
    const context: ReleaseContext = {
        deploys: true,
        ...(live ? { previous: await previousFrom(pipeline, inputs, live) } : {}),
        ...(impact ? { impact } : {}),
        ...history,
    };
    return { contentHash: evidence.contentHash, gates: evidence.gates, ...changes, context };
}

/**
 * Refuses a release that may not be deployed, whatever its gates say. What is on its way already is seen through.
 *
 * @throws ReleaseError when its tag is taken, or a freeze holds.
 */
export async function expectReleasable(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { live, byTag }: Standing,
): Promise<void> {
    if (!(await unfinishedAttempt(pipeline.ledger, inputs))) {
        await expectFreeTag(pipeline, inputs, live, byTag.get(inputs.versionTag));
        expectNoFreeze(pipeline, inputs);
    }
}

/** The findings that checked inputs, or a state, carry. */
export function findingsOf({
    contentHash,
    changes,
    risk,
    gates,
    context,
}: Partial<CheckedInputs>): CheckedFindings {
    return compact({ contentHash, changes, risk, gates, context });
}

/** The findings of a release that stands as it is declared. */
function standing(earlier: Partial<CheckedInputs>): CheckedFindings {
    const { context, ...findings } = findingsOf(earlier);
    return { ...findings, context: { proven: [], ...context, deploys: false } };
}

/** What the ledger knows of a version of ours that is live: going back to it deploys nothing. */
function findingsIn(event: LedgerEvent | undefined): CheckedFindings | undefined {
    return (
        event &&
        findingsOf({
            ...(event.details as Pick<CheckedFindings, "gates">),
            contentHash: String(event.content_hash),
            changes: [`${event.version_tag} is live already: nothing is deployed`],
            context: { deploys: false, proven: [] },
        })
    );
}

/** What going back to an earlier release takes back. It passed its gates when it went live, and no rollback waits for them. */
async function findingsOnTheWayBack(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { live, completed }: Place & { live: Deployment },
    { target, release, newer }: WayBack,
): Promise<CheckedFindings> {
    const { platform, ledger } = pipeline;
    const goal = await platform.releasedFlow(inputs, target.versionTag);
    const { changes, risk, impact } = goal
        ? await changesFrom(pipeline, inputs, { live, completed }, goal)
        : notShown(target);
    return findingsOf({
        ...(release.details as Pick<CheckedFindings, "gates">),
        contentHash: String(release.content_hash),
        changes: [
            ...newer.map(
                ({ versionTag, deploymentId }) =>
                    `going back: ${versionTag} is rolled back (deployment ${deploymentId})`,
            ),
            ...changes,
        ],
        ...(risk ? { risk } : {}),
        context: {
            deploys: true,
            previous: await previousFrom(pipeline, inputs, live),
            ...(impact ? { impact } : {}),
            ...(await contentHistory(ledger, inputs, String(release.content_hash))),
        },
    });
}

/** What is live under the declared tag, to be taken over. Its gates run where the flow is still what was released. */
async function adoptable(pipeline: Pipeline, inputs: ReleaseInputs): Promise<CheckedFindings> {
    const { platform } = pipeline;
    const [released, flow] = await Promise.all([
        platform.releasedFlow(inputs, inputs.versionTag),
        platform.flow(inputs),
    ]);
    const hash = contentHash(released ?? flow);
    const gates =
        hash === contentHash(flow)
            ? (await evidenceFor(pipeline, inputs, { expected: hash })).evidence.gates
            : undefined;
    return {
        contentHash: hash,
        ...(gates ? { gates } : {}),
        changes: [`${inputs.versionTag} is live already and is taken over: nothing is deployed`],
        context: { deploys: false, proven: [] },
    };
}

/** A version that is live stays as it is when its gates are declared anew: they count from the next version on. */
function onlyGatesChanged(inputs: ReleaseInputs, earlier: Partial<CheckedInputs>): boolean {
    return (
        earlier.contentHash !== undefined &&
        [...IDENTITY, "versionTag" as const].every((name) => inputs[name] === earlier[name])
    );
}

interface Changes extends Pick<CheckedFindings, "risk">, Pick<ReleaseContext, "impact"> {
    changes: string[];
}

/** A version that the platform does not export cannot be compared. */
function notShown({ versionTag }: { versionTag: string }): Changes {
    return { changes: [`the platform does not show the content of ${versionTag}: nodes are not compared`] };
}

/** What is live: of the flow, and of the whole bot. */
interface Place {
    live: Deployment | undefined;
    completed: readonly Deployment[];
}

/** @param listing what the next flow needs, where that is known. */
async function changesFrom(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { live, completed }: Place,
    next: FlowDefinition,
    listing?: Listing,
): Promise<Changes> {
    if (!live) {
        return { changes: [`first release to ${inputs.targetEnvironment}: ${nodesIn(next)} nodes`] };
    }
    if (isSealed(next)) {
        return notShown(inputs);
    }
    const released = await pipeline.platform.releasedFlow(inputs, live.versionTag);
    if (!released) {
        return notShown(live);
    }
    const diff = diffFlows(released, next);
    const { changes, risk, risks, impact } = diff;
    const shared = await sharedWithOthers(pipeline, inputs, {
        diff,
        live: released,
        next,
        listed: listing && (() => listing.all),
        completed,
    });
    return {
        changes:
            changes.length > 0
                ? [...linesOf(changes), ...(shared ? sharedLines(shared) : [])]
                : [`nothing changes in the conversation since ${live.versionTag}`],
        risk,
        impact: { ...impact, risks, ...(shared ? { shared: sharedUse(shared) } : {}) },
    };
}

/** What is live, with its changelog where the ledger knows it. */
async function previousFrom(
    { ledger }: Pipeline,
    inputs: ReleaseInputs,
    { versionTag }: Deployment,
): Promise<NonNullable<ReleaseContext["previous"]>> {
    const event = await lastEvent(ledger, { ...inputs, versionTag }, ["deployment_execution"]);
    const changelog = event?.details.changelog;
    return { versionTag, ...(typeof changelog === "string" ? { changelog } : {}) };
}

/** Refuses a tag that was deployed before, unless it is a deployment of ours that is to be proved again. */
async function expectFreeTag(
    { ledger, platform }: Pipeline,
    inputs: ReleaseInputs,
    live: Deployment | undefined,
    taken: Deployment | undefined,
): Promise<void> {
    const last = await lastEvent(ledger, inputs, ["deployment_execution"]);
    if (taken) {
        if (last?.status !== "failed" || last.details.deployment_id !== taken.deploymentId) {
            throw tagTaken(inputs, taken, live);
        }
        return;
    }
    const used = last?.status === "completed" ? String(last.details.deployment_id) : undefined;
    const status = used === undefined ? undefined : await platform.deploymentStatus(used);
    if (status !== undefined) {
        throw new ReleaseError(
            `release ${releaseName(inputs)} cannot be deployed: the version tag ${inputs.versionTag} was used by deployment ` +
                `${used}, which the platform says is ${status}, and a tag is deployed once. Nothing was deployed. ` +
                "Choose a new `versionTag`.",
        );
    }
}

function noLongerLive(inputs: ReleaseInputs, live: Deployment | undefined): ReleaseError {
    const now = live ? `${live.versionTag} is, by deployment ${live.deploymentId}` : "nothing is";
    return new ReleaseError(
        `release ${releaseName(inputs)} is no longer live: ${now}. Nothing was changed. ` +
            "Run `pulumi refresh` to see it in the state, and release a new `versionTag`.",
    );
}

function expectNotRejected(
    inputs: ReleaseInputs,
    contentHash: string,
    rejected: Rejection | undefined,
): void {
    if (rejected && inputs.deployment.retryRejected === undefined) {
        throw new ReleaseError(
            `release ${releaseName(inputs)} is refused, rejected-content: the same content (${contentHash}) was rolled back ` +
                `as ${rejected.versionTag} on ${rejected.at}: ${rejected.reason}. Nothing was deployed. Mend the flow, or set ` +
                "`deployment.retryRejected` to the reason why it is to go live all the same, under a new `versionTag`.",
        );
    }
}
