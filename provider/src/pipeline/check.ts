import { isPlatformError } from "../cognigy/errors.js";
import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import { sameValue } from "../release/canonical.js";
import { flowChanges } from "../release/changes.js";
import type { FlowDefinition } from "../release/flow.js";
import { IDENTITY, type ReleaseInputs } from "../release/inputs.js";
import type { CheckedFindings, CheckedInputs } from "../release/state.js";
import { tagTaken } from "./deploy.js";
import { evidenceFor } from "./gate.js";
import { ownRelease, unfinishedAttempt } from "./history.js";
import { isVersion, type Standing, standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/** What decides whether a gate must run: which release it is, and what it must pass. */
const DECISIVE = [...IDENTITY, "versionTag", "dependencies", "simulation"] as const;

/** What is live is asked once for all the unchanged releases of a bot, in milliseconds. */
const GLANCE = 30_000;

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
 * @returns undefined when its last attempt never went live.
 */
export async function findingsKept(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    earlier: Partial<CheckedInputs>,
): Promise<CheckedFindings | undefined> {
    try {
        const completed = await glance(pipeline, inputs.botId);
        return completed.some((one) => isVersion(one, inputs)) ? findingsOf(earlier) : undefined;
    } catch (error) {
        if (isPlatformError(error)) {
            return findingsOf(earlier);
        }
        throw error;
    }
}

/**
 * Runs the gates of a release that would go live, and tells what it would change.
 *
 * @param earlier the inputs of the last `up`, with their findings.
 * @throws ReleaseError for everything that stands in the release's way.
 */
export async function findingsFor(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    earlier: Partial<CheckedInputs>,
): Promise<CheckedFindings> {
    const standing = await standingAt(pipeline, inputs);
    const { live } = standing;
    if (live?.versionTag === inputs.versionTag) {
        const kept = onlyGatesChanged(inputs, earlier)
            ? findingsOf(earlier)
            : findingsIn(await ownRelease(pipeline.ledger, inputs, live.deploymentId));
        if (kept) {
            return kept;
        }
    }
    const taken = standing.byTag.get(inputs.versionTag);
    if (taken && !(await unfinishedAttempt(pipeline.ledger, inputs))) {
        throw tagTaken(inputs, taken, standing.live);
    }
    const { evidence, flow } = await evidenceFor(pipeline, inputs);
    return {
        contentHash: evidence.contentHash,
        gates: evidence.gates,
        changes: await changesFrom(pipeline, inputs, standing, flow),
    };
}

interface Glance {
    until: number;
    completed: Promise<Deployment[]>;
}

const glances = new WeakMap<Pipeline, Map<string, Glance>>();

function glance(pipeline: Pipeline, botId: string): Promise<Deployment[]> {
    const ofPipeline = glances.get(pipeline) ?? new Map<string, Glance>();
    glances.set(pipeline, ofPipeline);
    const now = pipeline.clock.now();
    const last = ofPipeline.get(botId);
    if (last && now < last.until) {
        return last.completed;
    }
    const completed = pipeline.platform.deployments(botId, "completed");
    ofPipeline.set(botId, { until: now + GLANCE, completed });
    return completed;
}

/** The findings that checked inputs carry. */
export function findingsOf({ contentHash, changes, gates }: Partial<CheckedInputs>): CheckedFindings {
    return {
        ...(contentHash === undefined ? {} : { contentHash }),
        ...(changes === undefined ? {} : { changes }),
        ...(gates === undefined ? {} : { gates }),
    };
}

/** What the ledger knows of a version of ours that is live: going back to it deploys nothing. */
function findingsIn(event: LedgerEvent | undefined): CheckedFindings | undefined {
    return (
        event &&
        findingsOf({
            ...(event.details as Pick<CheckedFindings, "gates">),
            contentHash: String(event.details.content_hash),
            changes: [`${event.version_tag} is live already: nothing is deployed`],
        })
    );
}

/** A version that is live stays as it is when its gates are declared anew: they count from the next version on. */
function onlyGatesChanged(inputs: ReleaseInputs, earlier: Partial<CheckedInputs>): boolean {
    return (
        earlier.contentHash !== undefined &&
        [...IDENTITY, "versionTag" as const].every((name) => inputs[name] === earlier[name])
    );
}

async function changesFrom(
    { platform }: Pipeline,
    inputs: ReleaseInputs,
    { live }: Standing,
    next: FlowDefinition,
): Promise<string[]> {
    if (!live) {
        return [`first release to ${inputs.targetEnvironment}: ${next.nodes.length} nodes`];
    }
    const released = await platform.releasedFlow(inputs, live.versionTag);
    if (!released) {
        return [
            `the platform does not show the content of ${live.versionTag}, which is live: nodes are not compared`,
        ];
    }
    const changes = flowChanges(released, next);
    return changes.length > 0 ? changes : [`no change of content since ${live.versionTag}`];
}
