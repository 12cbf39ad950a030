import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Entrypoints } from "./entrypoints";
import { newObjectId } from "./ids";
import type { LlmCredentials } from "./llm-credentials";
import { byReference, type Flow, type Resource } from "./resource";
import { secondsOf } from "./time";
import { freshState, intentOf, takeTurn } from "./walk";

/** What a conversation must bring. */
export interface SuccessCriterion {
    readonly type: "text";
    readonly params: { readonly name: string; readonly text: string };
}

/** A person with a mission. */
export interface ScenarioDraft {
    readonly name: string;
    readonly persona: string;
    readonly personaName: string;
    readonly mission: string;
    readonly successCriteria: readonly SuccessCriterion[];
    readonly maxTurns: number;
}

/** A scenario of a project. The API calls it a simulation. */
export interface Scenario extends ScenarioDraft {
    readonly id: string;
    readonly referenceId: string;
    readonly projectReference: string;
    /** Seconds since 1970. */
    readonly createdAt: number;
}

/** What a scenario is to run on. */
export interface BatchRequest {
    readonly name: string;
    readonly numberOfExecutions: number;
    readonly runConfig: {
        readonly entrypoint: string;
        readonly flowReferenceId: string;
        readonly localeReferenceId: string;
        readonly largeLanguageModelReferenceId: string;
    };
}

/** How a set of runs can stand. */
export const batchStatuses = ["STOPPED", "IN_PROGRESS", "COMPLETED", "FAILED"] as const;

/** One of `batchStatuses`. */
export type BatchStatus = (typeof batchStatuses)[number];

/** How the next batches go. What is left out stays as it is. */
export interface SimulatorSettings {
    /** How long each run takes. @default 200 */
    readonly runMs?: number;
    /** The names of scenarios whose runs miss their criteria whatever the flow does. */
    readonly fail?: readonly string[];
}

/** One conversation. */
export interface SimulationRun {
    readonly id: string;
    readonly referenceId: string;
    readonly turns: readonly { readonly inputText: string; readonly outputText: string }[];
    readonly results: readonly { readonly name: string; readonly success: boolean }[];
    /** Why it could not be held. */
    readonly error: string | null;
}

/** A set of runs. Times are milliseconds since 1970. */
export interface Batch {
    readonly id: string;
    readonly referenceId: string;
    readonly name: string;
    readonly scenario: Scenario;
    readonly createdAt: number;
    readonly runMs: number;
    readonly runs: readonly SimulationRun[];
}

/** The parts of the platform that simulations need. */
export interface SimulatorParts {
    readonly entrypoints: Entrypoints;
    readonly credentials: LlmCredentials;
    readonly clock: Clock;
}

/** Scenarios with a person played by a language model, and how they went. Here the person says its mission. */
export class Simulator {
    private readonly scenarios: Map<string, Scenario>;
    /** Oldest first. */
    private readonly batches = new Map<string, Batch>();
    private readonly scriptedToFail = new Set<string>();
    private runMs = 200;

    constructor(
        start: readonly Scenario[],
        private readonly parts: SimulatorParts,
    ) {
        this.scenarios = new Map(start.map((scenario) => [scenario.referenceId, scenario]));
    }

    configure({ runMs, fail }: SimulatorSettings): void {
        this.runMs = runMs ?? this.runMs;
        if (fail !== undefined) {
            this.scriptedToFail.clear();
            for (const name of fail) {
                this.scriptedToFail.add(name);
            }
        }
    }

    /** The scenarios of a project, oldest first. */
    of(projectId: string): Scenario[] {
        return [...this.scenarios.values()].filter(({ projectReference }) => projectReference === projectId);
    }

    /** @param reference a referenceId or an id. @throws Refusal when there is no such scenario */
    find(reference: string): Scenario {
        const scenario =
            this.scenarios.get(reference) ?? [...this.scenarios.values()].find(({ id }) => id === reference);
        if (scenario === undefined) {
            throw Refusal.notFound(`The simulation "${reference}" does not exist.`);
        }
        return scenario;
    }

    add(draft: ScenarioDraft, projectId: string): Scenario {
        const scenario: Scenario = {
            ...draft,
            id: newObjectId(),
            referenceId: randomUUID(),
            projectReference: projectId,
            createdAt: secondsOf(this.parts.clock.now()),
        };
        this.scenarios.set(scenario.referenceId, scenario);
        return scenario;
    }

    /** Starts a set of runs on what the entrypoint holds now. @throws Refusal when it does not hold the flow */
    schedule(scenario: Scenario, { name, numberOfExecutions, runConfig }: BatchRequest): Batch {
        const content = this.parts.entrypoints.open(runConfig.entrypoint);
        const flow = content && byReference(content.resources, "flow", runConfig.flowReferenceId);
        if (content === undefined || flow === undefined) {
            throw Refusal.notFound(
                `The flow "${runConfig.flowReferenceId}" does not exist in the entrypoint.`,
            );
        }
        const error = this.parts.credentials.problemOf(
            content.resources,
            runConfig.largeLanguageModelReferenceId,
        );
        const batch: Batch = {
            id: newObjectId(),
            referenceId: randomUUID(),
            name,
            scenario,
            createdAt: this.parts.clock.now(),
            runMs: this.runMs,
            runs: Array.from({ length: numberOfExecutions }, () =>
                error === null
                    ? this.hold(scenario, flow, content.resources)
                    : { id: newObjectId(), referenceId: randomUUID(), turns: [], results: [], error },
            ),
        };
        this.batches.set(batch.referenceId, batch);
        return batch;
    }

    /** All sets of runs, oldest first. */
    listBatches(): Batch[] {
        return [...this.batches.values()];
    }

    /** @param reference a referenceId or an id. @throws Refusal when there is no such batch */
    findBatch(reference: string): Batch {
        const batch = this.batches.get(reference) ?? this.listBatches().find(({ id }) => id === reference);
        if (batch === undefined) {
            throw Refusal.notFound(`The batch "${reference}" does not exist.`);
        }
        return batch;
    }

    /** The runs that are over by now: they are held one after the other. */
    finishedRuns({ createdAt, runMs, runs }: Batch): readonly SimulationRun[] {
        const elapsed = this.parts.clock.now() - createdAt;
        return runMs === 0 ? runs : runs.slice(0, Math.floor(elapsed / runMs));
    }

    /** Completed does not mean passed. */
    statusOf(batch: Batch): BatchStatus {
        if (this.finishedRuns(batch).length < batch.runs.length) {
            return "IN_PROGRESS";
        }
        return batch.runs.some(({ error }) => error !== null) ? "FAILED" : "COMPLETED";
    }

    /** A criterion is met when its text means to the flow what the mission means. */
    private hold(scenario: Scenario, flow: Flow, content: readonly Resource[]): SimulationRun {
        const { mission, maxTurns, successCriteria, name } = scenario;
        const turns: { inputText: string; outputText: string }[] = [];
        let state = freshState;
        while (turns.length < Math.min(maxTurns, 2)) {
            const turn = takeTurn(flow, content, state, mission);
            turns.push({ inputText: mission, outputText: turn.outputs.join(" ") });
            state = turn.state;
        }
        const { intent } = intentOf(flow, mission);
        return {
            id: newObjectId(),
            referenceId: randomUUID(),
            turns,
            results: successCriteria.map(({ params }) => ({
                name: params.name,
                success:
                    intent !== null &&
                    intentOf(flow, params.text).intent === intent &&
                    !this.scriptedToFail.has(name),
            })),
            error: null,
        };
    }
}

/** Whether the conversation brought all that it should. */
export function isSuccess({ error, results }: SimulationRun): boolean {
    return error === null && results.every(({ success }) => success);
}

/** How a batch went so far, in numbers. */
export function metricsOf(finished: readonly SimulationRun[]): JsonObject {
    const succeeded = finished.filter(isSuccess).length;
    const failed = finished.length - succeeded;
    const percentage = finished.length === 0 ? 0 : Math.round((100 * succeeded) / finished.length);
    return {
        successRate: percentage,
        runResults: { succeeded, failed },
        averageSuccessRateForRuns: { percentage, fraction: `${succeeded}/${finished.length}` },
    };
}
