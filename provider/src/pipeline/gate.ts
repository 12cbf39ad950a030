import { type Evidence, evidenceKey, type Verdict } from "../evidence/evidence.js";
import { digest } from "../release/canonical.js";
import { contentChanged } from "../release/content-changed.js";
import { contentHash } from "../release/content-hash.js";
import type { FlowDefinition } from "../release/flow.js";
import {
    type Blocked,
    conversationsIn,
    type DependencyReport,
    type GateSummary,
    judgeDependencies,
    judgeSimulation,
    simulationSummary,
} from "../release/gates.js";
import type { ReleaseInputs } from "../release/inputs.js";
import { MOST_FINDINGS, refuse } from "./blocked.js";
import { Listing } from "./listing.js";
import { attributesOf } from "./observed.js";
import type { Pipeline } from "./pipeline.js";
import { record } from "./record.js";
import { simulate, simulationTimeout } from "./simulate.js";
import { toldOfSteps } from "./told.js";
import { validate } from "./validate.js";

/** A content that passed its gates, as it was read from the platform. */
export interface Gated {
    evidence: Evidence;
    flow: FlowDefinition;
    /** What it needs, and where; left out where that is not validated. */
    listing?: Listing | undefined;
}

/** What is asked of the gates. */
export interface Question {
    /** Names the only content that may pass; left out, any. */
    expected?: string | undefined;
    /** Names who asks: what was refused to this one is not judged anew. */
    asker?: string | undefined;
}

/**
 * Makes sure that the flow as it stands now has passed the declared gates: with evidence from before, or by running them.
 *
 * @throws GateBlocked when a gate refuses; the message says what was found and what is live.
 */
export async function evidenceFor(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    question: Question = {},
): Promise<Gated> {
    const { verdict, ...read } = await verdictOn(pipeline, inputs, question);
    return "blocked" in verdict
        ? refuse(verdict.blocked, pipeline, inputs, contentHash(read.flow))
        : { evidence: verdict.evidence, ...read };
}

/** What the gates say of the flow as it stands now: from before, or by running them. */
export async function verdictOn(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { expected, asker }: Question,
): Promise<{ verdict: Verdict } & Omit<Gated, "evidence">> {
    const { platform, evidence: store } = pipeline;
    const reading = platform.flow(inputs);
    const listing = inputs.dependencies.validate ? new Listing(pipeline, inputs) : undefined;
    const flow = await reading;
    const hash = contentHash(flow);
    if (expected !== undefined && hash !== expected) {
        throw contentChanged(inputs, expected, hash);
    }
    const key = keyOf(pipeline, inputs, hash);
    const needs = async () => digest((await listing?.all) ?? []);
    const verdict = await store.obtain(
        key,
        async () => {
            const judged = await pipeline.trace("cognigy.gates", attributesOf(inputs), () =>
                runGates(pipeline, inputs, hash, listing),
            );
            if ("blocked" in judged) {
                return judged;
            }
            await expectUnchanged(pipeline, inputs, hash);
            return { evidence: { contentHash: hash, dependencies: await needs(), gates: judged } };
        },
        { counts: async (kept) => kept.dependencies === (await needs()), asker },
    );
    return { verdict, flow, listing };
}

/** Names the evidence for a content that passes the declared gates. */
function keyOf({ platform }: Pipeline, inputs: ReleaseInputs, hash: string): string {
    return evidenceKey({
        platform: platform.address,
        botId: inputs.botId,
        flowId: inputs.flowId,
        versionTag: inputs.versionTag,
        contentHash: hash,
        gates: {
            dependencies: inputs.dependencies,
            ...(inputs.simulation ? { simulation: inputs.simulation } : {}),
        },
    });
}

/**
 * The evidence for a content that `check` has looked at a moment ago. The flow is not read for it: that is done afterwards,
 * right before the deployment.
 *
 * @param checked names the content; where it is not known the gates tell.
 * @throws GateBlocked when the evidence no longer counts, and a gate refuses.
 */
export async function evidenceAt(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    checked: string | undefined,
): Promise<Evidence> {
    const kept = checked && (await pipeline.evidence.kept(keyOf(pipeline, inputs, checked)));
    return kept || (await evidenceFor(pipeline, inputs, { expected: checked })).evidence;
}

/** Refuses when a flow is no longer what it was: the message names both contents. */
export async function expectUnchanged(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    expected: string,
): Promise<FlowDefinition> {
    const flow = await pipeline.platform.flow(inputs);
    const found = contentHash(flow);
    if (found !== expected) {
        throw contentChanged(inputs, expected, found);
    }
    return flow;
}

/** Runs the gates one after another: the first one that refuses ends it. */
async function runGates(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    hash: string,
    listing: Listing | undefined,
): Promise<GateSummary | { blocked: Blocked }> {
    const summary: GateSummary = { dependencies: { validated: false, checked: 0 } };
    if (listing) {
        const report = await pipeline.trace("cognigy.gate.dependencies", {}, () =>
            validate(pipeline, inputs.botId, listing),
        );
        const blocked = judgeDependencies(report);
        await record(pipeline, inputs, "dependency_validation", blocked ? "failed" : "passed", {
            content_hash: hash,
            ...countsOf(report),
        });
        if (blocked) {
            return { blocked };
        }
        summary.dependencies = { validated: true, checked: report.checked_count };
    }
    const { simulation } = inputs;
    if (simulation) {
        const { testCases, timeoutSeconds, minPassRate } = simulation;
        const conversations = conversationsIn(simulation);
        const { id, run } = await pipeline.trace("cognigy.gate.simulation", {}, () =>
            simulate(pipeline, inputs, simulation),
        );
        if (!run) {
            await record(pipeline, inputs, "simulation", "failed", {
                content_hash: hash,
                simulation_id: id,
                reason: "timeout",
            });
            return { blocked: simulationTimeout(id, timeoutSeconds) };
        }
        const { steps } = run;
        const blocked = judgeSimulation(steps, testCases, minPassRate, conversations);
        const counts = simulationSummary(steps, conversations, minPassRate);
        await record(pipeline, inputs, "simulation", blocked ? "failed" : "passed", {
            content_hash: hash,
            ...counts,
            ...toldOfSteps(steps, testCases),
            ...(blocked ? { findings: blocked.findings.slice(0, MOST_FINDINGS) } : {}),
        });
        if (blocked) {
            return { blocked };
        }
        summary.simulation = counts;
    }
    return summary;
}

function countsOf({ checked_count, missing_resources, broken_references }: DependencyReport) {
    return {
        checked_count,
        missing_resources: missing_resources.slice(0, MOST_FINDINGS),
        broken_references: broken_references.slice(0, MOST_FINDINGS),
    };
}
