import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { confidenceThreshold, type Understanding, understand } from "../match";
import { Refusal } from "../refusal";
import { accessOf, type Bot, usableIntents } from "./bot";
import type { Catalog } from "./catalog";
import type { FlowDefinition } from "./definition";
import { routingOf } from "./routing";

/** What somebody says, and what it should mean. */
export interface TestCase {
    readonly input: string;
    readonly expectedIntent: string;
}

/** What a simulation is asked to do. */
export interface SimulationRequest {
    readonly flowId: string;
    readonly testCases: readonly TestCase[];
    readonly timeoutSeconds: number;
}

/** One test case and how it went. */
export interface SimulationStep extends TestCase {
    readonly index: number;
    /** Null while pending, and when the utterance was not understood. */
    readonly actualIntent: string | null;
    /** 0 to 1; null while pending. */
    readonly confidence: number | null;
    readonly status: "passed" | "failed" | "pending";
    /** Why it failed. */
    readonly reason?: string;
}

/** How far a simulation is. */
export interface SimulationResults {
    readonly simulationId: string;
    readonly flowId: string;
    readonly status: "running" | "completed";
    readonly steps: readonly SimulationStep[];
}

/** How the next simulations go. What is left out stays as it is. */
export interface SimulationSettings {
    /** How long the whole simulation takes. */
    readonly durationMs?: number;
    /** Utterances that fail whatever the flow does. */
    readonly fail?: readonly string[];
}

interface Simulation {
    readonly flowId: string;
    readonly startedAt: number;
    readonly durationMs: number;
    readonly timeoutMs: number;
    readonly steps: readonly SimulationStep[];
}

/** The simulations that were started. Their verdicts are on the draft as it was at that moment. */
export class Simulations {
    private readonly simulations = new Map<string, Simulation>();
    private readonly scriptedToFail = new Set<string>();

    constructor(
        private durationMs: number,
        private readonly catalog: Catalog,
        private readonly clock: Clock,
    ) {}

    /** Changes how the next simulations go. */
    configure({ durationMs, fail }: SimulationSettings): void {
        this.durationMs = durationMs ?? this.durationMs;
        if (fail !== undefined) {
            this.scriptedToFail.clear();
            for (const utterance of fail) {
                this.scriptedToFail.add(utterance);
            }
        }
    }

    /** @returns the simulation's id. @throws Refusal when no bot has the flow */
    start({ flowId, testCases, timeoutSeconds }: SimulationRequest): string {
        const { bot, flow } = this.catalog.findFlow(flowId);
        const simulationId = `sim_${randomUUID().slice(0, 13)}`;
        this.simulations.set(simulationId, {
            flowId,
            startedAt: this.clock.now(),
            durationMs: this.durationMs,
            timeoutMs: timeoutSeconds * 1000,
            steps: testCases.map((testCase, index) => ({
                index,
                ...testCase,
                ...this.judge(bot, flow.definition, testCase),
            })),
        });
        return simulationId;
    }

    /** @throws Refusal when there is no such simulation */
    results(simulationId: string): SimulationResults {
        const simulation = this.simulations.get(simulationId);
        if (simulation === undefined) {
            throw Refusal.notFound(`The simulation "${simulationId}" does not exist.`);
        }
        const { flowId, steps } = simulation;
        const elapsed = this.clock.now() - simulation.startedAt;
        const isOver = elapsed >= Math.min(simulation.durationMs, simulation.timeoutMs);
        return {
            simulationId,
            flowId,
            status: isOver ? "completed" : "running",
            steps: steps.map((step) => asSeen(step, simulation, elapsed)),
        };
    }

    private judge(bot: Bot, definition: FlowDefinition, { input, expectedIntent }: TestCase): Verdict {
        const { reached } = routingOf(definition);
        const routed = usableIntents(bot).filter((intent) => reached.has(intent.id));
        const understood = understand(input, routed);
        const isClear = understood !== null && understood.confidence >= confidenceThreshold;
        const seen = {
            actualIntent: isClear ? understood.intent : null,
            confidence: understood?.confidence ?? 0,
        };
        if (this.scriptedToFail.has(input)) {
            return { ...seen, status: "failed", reason: "This utterance is set to fail." };
        }
        if (seen.actualIntent === expectedIntent) {
            return { ...seen, status: "passed" };
        }
        return {
            ...seen,
            status: "failed",
            reason: reasonInFlow(bot, definition, expectedIntent) ?? reasonInWords(understood, isClear),
        };
    }
}

type Verdict = Omit<SimulationStep, "index" | keyof TestCase>;

/** A step turns when its share of the duration has passed, or at the time-out. */
function asSeen(
    step: SimulationStep,
    { steps, durationMs, timeoutMs }: Simulation,
    elapsed: number,
): SimulationStep {
    const turnsAt = (durationMs * (step.index + 1)) / steps.length;
    if (turnsAt <= timeoutMs && elapsed >= turnsAt) {
        return step;
    }
    const { index, input, expectedIntent } = step;
    const unknown = { index, input, expectedIntent, actualIntent: null, confidence: null };
    return elapsed >= timeoutMs
        ? { ...unknown, status: "failed", reason: "timed out" }
        : { ...unknown, status: "pending" };
}

function reasonInFlow(bot: Bot, definition: FlowDefinition, intent: string): string | null {
    const access = accessOf(bot, "intent", intent);
    if (access !== "ok") {
        return access === "missing"
            ? `The bot "${bot.id}" has no intent "${intent}".`
            : `The intent "${intent}" of bot "${bot.id}" is not accessible.`;
    }
    const { reached, stranded } = routingOf(definition);
    if (reached.has(intent)) {
        return null;
    }
    const lost = stranded.get(intent);
    return lost === undefined
        ? `No node of the flow "${definition.id}" routes the intent "${intent}".`
        : `The node "${lost}" routes the intent "${intent}", but nothing leads from the start to it.`;
}

function reasonInWords(understood: Understanding | null, isClear: boolean): string {
    if (understood === null) {
        return "No example sentence of a routed intent shares a word with it.";
    }
    const { intent, example, confidence } = understood;
    return isClear
        ? `It was understood as "${intent}" (${confidence}), because of the example "${example}".`
        : `The nearest example, "${example}" of the intent "${intent}", reaches ${confidence} of the ${confidenceThreshold} needed.`;
}
