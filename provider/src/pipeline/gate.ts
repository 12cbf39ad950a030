import { type Evidence, evidenceKey } from "../evidence/evidence.js";
import { contentHash } from "../release/content-hash.js";
import { ReleaseError } from "../release/failure.js";
import type { FlowDefinition } from "../release/flow.js";
import {
    type Blocked,
    type Dependency,
    type DependencyReport,
    type DependencyState,
    dependencyReport,
    type GateSummary,
    judgeDependencies,
    judgeSimulation,
    type SimulationProgress,
    simulationEnded,
    simulationSummary,
} from "../release/gates.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import { lastEvent } from "./history.js";
import { standingAt } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { poll } from "./poll.js";
import { record } from "./record.js";

/** More findings than this are cut, with a count. */
const MOST_FINDINGS = 20;

/** A content that passed its gates, as it was read from the platform. */
export interface Gated {
    evidence: Evidence;
    flow: FlowDefinition;
}

/** A release that its gates do not let through. */
export class GateBlocked extends ReleaseError {
    override name = "GateBlocked";
}

/**
 * Makes sure that the flow as it stands now has passed the declared gates: with evidence from before, or by running them.
 *
 * @param expected names the only content that may pass; left out, any.
 * @throws GateBlocked when a gate refuses; the message says what was found and what is live.
 */
export async function evidenceFor(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    expected?: string,
): Promise<Gated> {
    const { platform, evidence: store } = pipeline;
    const [flow, dependencies] = await Promise.all([
        platform.flow(inputs),
        inputs.dependencies.validate ? listDependencies(pipeline, inputs) : [],
    ]);
    const hash = contentHash(flow);
    if (expected !== undefined && hash !== expected) {
        throw contentChanged(inputs, expected, hash);
    }
    const key = evidenceKey({
        platform: platform.address,
        botId: inputs.botId,
        flowId: inputs.flowId,
        versionTag: inputs.versionTag,
        contentHash: hash,
        dependencies,
        gates: {
            dependencies: inputs.dependencies,
            ...(inputs.simulation ? { simulation: inputs.simulation } : {}),
        },
    });
    const evidence = await store.obtain(key, async () => {
        const gates = await runGates(pipeline, inputs, hash, dependencies);
        await expectUnchanged(pipeline, inputs, hash);
        return { contentHash: hash, gates };
    });
    return { evidence, flow };
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

/** The refusal of content that is not what was validated. */
export function contentChanged(inputs: ReleaseInputs, expected: string, found: string): ReleaseError {
    return new ReleaseError(
        `release ${releaseName(inputs)} is refused: the flow was edited after it was validated. ` +
            `Validated was ${expected}, the platform now has ${found}. Nothing was deployed. ` +
            "Run `pulumi preview` again to validate the flow as it is now.",
    );
}

async function runGates(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    hash: string,
    dependencies: readonly Dependency[],
): Promise<GateSummary> {
    const summary: GateSummary = { dependencies: { validated: false, checked: 0 } };
    if (inputs.dependencies.validate) {
        const report = await validate(pipeline, inputs.botId, dependencies);
        const blocked = judgeDependencies(report);
        await record(pipeline, inputs, "dependency_validation", blocked ? "failed" : "passed", {
            content_hash: hash,
            ...countsOf(report),
        });
        if (blocked) {
            return refuse(blocked, pipeline, inputs, hash);
        }
        summary.dependencies = { validated: true, checked: report.checked_count };
    }
    if (inputs.simulation) {
        const { testCases, timeoutSeconds, minPassRate } = inputs.simulation;
        const { id, run } = await simulate(pipeline, inputs, inputs.simulation);
        if (!run) {
            await record(pipeline, inputs, "simulation", "failed", {
                content_hash: hash,
                simulation_id: id,
                reason: "timeout",
            });
            return refuse(simulationTimeout(id, timeoutSeconds), pipeline, inputs, hash);
        }
        const { steps } = run;
        const blocked = judgeSimulation(steps, testCases, minPassRate);
        const counts = simulationSummary(steps, testCases.length, minPassRate);
        await record(pipeline, inputs, "simulation", blocked ? "failed" : "passed", {
            content_hash: hash,
            ...counts,
            ...(blocked ? { findings: blocked.findings.slice(0, MOST_FINDINGS) } : {}),
        });
        if (blocked) {
            return refuse(blocked, pipeline, inputs, hash);
        }
        summary.simulation = counts;
    }
    return summary;
}

async function listDependencies({ platform }: Pipeline, inputs: ReleaseInputs): Promise<Dependency[]> {
    const all: Dependency[] = [];
    for await (const page of platform.dependencies(inputs)) {
        all.push(...page);
    }
    return all;
}

/** Checks every dependency, side by side, each distinct resource once. */
async function validate(
    { platform, limit }: Pipeline,
    botId: string,
    dependencies: readonly Dependency[],
): Promise<DependencyReport> {
    const states = new Map<string, Promise<DependencyState>>();
    let failure: unknown;
    const check = async (dependency: Dependency) => {
        // After the first error the answers of the others are of no use.
        if (failure) {
            throw failure;
        }
        return platform.dependencyState(botId, dependency).catch((error: unknown) => {
            failure = error;
            throw error;
        });
    };
    const stateOf = (dependency: Dependency) => {
        const key = JSON.stringify([dependency.resourceType, dependency.resourceId]);
        const state = states.get(key) ?? limit(() => check(dependency));
        states.set(key, state);
        return state;
    };
    const found = await Promise.all(
        dependencies.map(async (dependency) => ({ dependency, state: await stateOf(dependency) })),
    );
    return dependencyReport(found);
}

/** A simulation of which nobody knows how it would end. */
function simulationTimeout(id: string, timeoutSeconds: number): Blocked {
    return {
        gate: "simulation_failed",
        summary: `simulation ${id} did not end within ${timeoutSeconds} s`,
        findings: [],
        advice: "Raise `simulation.timeoutSeconds`, or look at the simulation on the platform",
    };
}

async function simulate(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { testCases, timeoutSeconds }: NonNullable<ReleaseInputs["simulation"]>,
): Promise<{ id: string; run: SimulationProgress | undefined }> {
    const { platform } = pipeline;
    const id = await platform.startSimulation(inputs.flowId, testCases, timeoutSeconds);
    const run = await poll(pipeline, timeoutSeconds, async () => {
        const progress = await platform.simulation(id);
        return simulationEnded(progress, testCases.length) ? progress : undefined;
    });
    return { id, run };
}

async function refuse(
    blocked: Blocked,
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    hash: string,
): Promise<never> {
    await recordBlocked(pipeline, inputs, blocked, hash);
    const { live } = await standingAt(pipeline, inputs);
    const findings = blocked.findings.slice(0, MOST_FINDINGS).map((finding) => `  - ${finding}`);
    const more = blocked.findings.length - findings.length;
    throw new GateBlocked(
        [
            `release ${releaseName(inputs)} is blocked, ${blocked.gate}: ${blocked.summary}.`,
            ...findings,
            ...(more > 0 ? [`  … and ${more} more`] : []),
            `Nothing was deployed; ${live ? `${live.versionTag} stays live` : "nothing is live there yet"}. ` +
                `${blocked.advice}, then run \`pulumi preview\` again.`,
        ].join("\n"),
    );
}

/** Counts a blocked release once, however often the same content is tried again. */
async function recordBlocked(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    blocked: Blocked,
    hash: string,
): Promise<void> {
    const last = await lastEvent(pipeline.ledger, inputs, ["deployment_execution"]);
    if (
        last?.status === "blocked" &&
        last.details.content_hash === hash &&
        last.details.reason === blocked.gate
    ) {
        return;
    }
    await record(pipeline, inputs, "deployment_execution", "blocked", {
        content_hash: hash,
        reason: blocked.gate,
        summary: blocked.summary,
    });
}

function countsOf({ checked_count, missing_resources, broken_references }: DependencyReport) {
    return {
        checked_count,
        missing_resources: missing_resources.slice(0, MOST_FINDINGS),
        broken_references: broken_references.slice(0, MOST_FINDINGS),
    };
}
