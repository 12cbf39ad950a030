import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { jsonBody } from "../../bodies";
import type { JsonObject } from "../../json";
import { Refusal } from "../../refusal";
import { type Item, pageOf, type Query } from "../listing";
import type { AiPlatform } from "../platform";
import {
    type Batch,
    type BatchRequest,
    isSuccess,
    metricsOf,
    type Scenario,
    type ScenarioDraft,
    type SimulationRun,
} from "../simulator";
import { secondsOf } from "../time";
import type { Reach } from "./reach";

type Ref = { Params: { ref: string } };
type BatchRef = { Params: { ref: string; batch: string } };
type RunRef = { Params: { ref: string; batch: string; run: string } };

const text = { type: "string", minLength: 1 };

const scenarioSchema = {
    type: "object",
    required: [
        "name",
        "persona",
        "personaName",
        "mission",
        "successCriteria",
        "maxTurns",
        "projectReference",
    ],
    properties: {
        name: text,
        persona: text,
        personaName: text,
        mission: text,
        successCriteria: {
            type: "array",
            items: {
                type: "object",
                required: ["type", "params"],
                properties: {
                    type: { const: "text" },
                    params: { type: "object", required: ["name", "text"], properties: { name: text, text } },
                },
            },
        },
        maxTurns: { type: "integer", minimum: 1 },
        projectReference: text,
    },
};

const scheduleSchema = {
    type: "object",
    required: ["name", "projectReference", "runConfig", "numberOfExecutions"],
    properties: {
        name: text,
        projectReference: text,
        numberOfExecutions: { type: "integer", minimum: 1 },
        runConfig: {
            type: "object",
            required: ["entrypoint", "flowReferenceId", "localeReferenceId", "largeLanguageModelReferenceId"],
            properties: {
                entrypoint: text,
                flowReferenceId: text,
                localeReferenceId: text,
                largeLanguageModelReferenceId: text,
            },
        },
    },
};

/** The default of this part of the API, and its most. */
const [defaultLimit, maximumLimit] = [20, 100];

/** Scenarios, and running them. A part of the API with formats of its own. */
export function registerSimulationRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.get("/simulations", (request, reply) => {
        const scenarios = reach.queriedProjects(request).flatMap(({ _id }) => platform.simulator.of(_id));
        return sendData(request, reply, scenarios.map(scenarioView));
    });

    api.post<{ Body: ScenarioDraft & { projectReference: string } }>(
        "/simulations",
        { preValidation: jsonBody, schema: { body: scenarioSchema } },
        (request, reply) => {
            const { name, persona, personaName, mission, successCriteria, maxTurns } = request.body;
            const project = reach.project(request, request.body.projectReference);
            const draft = { name, persona, personaName, mission, successCriteria, maxTurns };
            return reply.code(201).send(scenarioView(platform.simulator.add(draft, project._id)));
        },
    );

    api.post<Ref & { Body: BatchRequest }>(
        "/simulations/:ref/schedule",
        { preValidation: jsonBody, schema: { body: scheduleSchema } },
        (request, reply) => {
            const { entrypoint } = request.body.runConfig;
            const { simulationEntrypoint, simulationScheduleAnswer } = platform.variants.now;
            if (simulationEntrypoint === "project" && platform.projects.get(entrypoint) === undefined) {
                throw Refusal.invalid("runConfig.entrypoint must be a project.");
            }
            const batch = platform.simulator.schedule(scenarioOf(request, request.params.ref), request.body);
            return reply
                .code(201)
                .send(simulationScheduleAnswer === "batch" ? batchView(batch, platform) : {});
        },
    );

    api.get("/simulations/batches", (request, reply) => {
        const projects = new Set(reach.queriedProjects(request).map(({ _id }) => _id));
        const batches = platform.simulator
            .listBatches()
            .filter(({ scenario }) => projects.has(scenario.projectReference));
        return sendBatches(request, reply, batches);
    });

    api.get<Ref>("/simulations/:ref/batches", (request, reply) => {
        const scenario = scenarioOf(request, request.params.ref);
        const batches = platform.simulator.listBatches().filter((batch) => batch.scenario === scenario);
        return sendBatches(request, reply, batches);
    });

    api.get<BatchRef>("/simulations/:ref/batches/:batch", (request, reply) =>
        reply.send(batchView(batchOf(request, request.params), platform)),
    );

    api.get<BatchRef>("/simulations/:ref/batches/:batch/runs", (request, reply) => {
        const batch = batchOf(request, request.params);
        const runs = platform.simulator.finishedRuns(batch);
        return sendData(
            request,
            reply,
            runs.map((run) => runView(run, batch)),
        );
    });

    api.get<RunRef>("/simulations/:ref/batches/:batch/runs/:run", (request, reply) => {
        const batch = batchOf(request, request.params);
        const wanted = request.params.run;
        const run = platform.simulator
            .finishedRuns(batch)
            .find(({ id, referenceId }) => id === wanted || referenceId === wanted);
        if (run === undefined) {
            throw Refusal.notFound(`The run "${wanted}" does not exist.`);
        }
        return reply.send(runView(run, batch));
    });

    function sendBatches(
        request: FastifyRequest,
        reply: FastifyReply,
        batches: readonly Batch[],
    ): FastifyReply {
        return sendData(
            request,
            reply,
            batches.map((batch) => batchView(batch, platform)),
        );
    }

    function scenarioOf(request: FastifyRequest, reference: string): Scenario {
        const scenario = platform.simulator.find(reference);
        reach.project(request, scenario.projectReference);
        return scenario;
    }

    function batchOf(request: FastifyRequest, { ref, batch: reference }: BatchRef["Params"]): Batch {
        const scenario = scenarioOf(request, ref);
        const batch = platform.simulator.findBatch(reference);
        if (batch.scenario !== scenario) {
            throw Refusal.notFound(`The batch "${reference}" does not exist.`);
        }
        return batch;
    }
}

function sendData(request: FastifyRequest, reply: FastifyReply, data: readonly JsonObject[]): FastifyReply {
    const query = request.query as Query;
    const items = data.map((item) => ({ ...item, _id: String(item.id) }) as Item);
    const page = pageOf(items, query, { defaultLimit, own: ["projectId", "api_key"] });
    const skip = Number(query.skip ?? 0);
    const { total, nextCursor, previousCursor } = page;
    return reply.send({
        data: page.items.map(({ _id, ...item }) => item),
        pagination: {
            limit: Math.min(Number(query.limit ?? defaultLimit), maximumLimit),
            skip,
            total,
            hasNext: nextCursor !== null,
            hasPrevious: previousCursor !== null,
            next: nextCursor,
            previous: previousCursor,
        },
    });
}

function scenarioView({ successCriteria, ...scenario }: Scenario): JsonObject {
    return {
        ...scenario,
        successCriteria: successCriteria.map(({ type, params }) => ({ type, params: { ...params } })),
    };
}

function batchView(batch: Batch, { simulator }: AiPlatform): JsonObject {
    const finished = simulator.finishedRuns(batch);
    const status = simulator.statusOf(batch);
    return {
        id: batch.id,
        referenceId: batch.referenceId,
        name: batch.name,
        simulationReference: batch.scenario.referenceId,
        status,
        runs: batch.runs.length,
        completedRuns: finished.filter(({ error }) => error === null).length,
        failedRuns: finished.filter(({ error }) => error !== null).length,
        createdAt: secondsOf(batch.createdAt),
        startedAt: secondsOf(batch.createdAt),
        completedAt:
            status === "IN_PROGRESS" ? null : secondsOf(batch.createdAt + batch.runs.length * batch.runMs),
        batchMetrics: metricsOf(finished),
    };
}

function runView(run: SimulationRun, { createdAt, runMs }: Batch): JsonObject {
    const { id, referenceId, turns, results, error } = run;
    const met = results.filter(({ success }) => success).length;
    return {
        id,
        referenceId,
        turns,
        totalTurns: turns.length,
        metrics: {
            success: isSuccess(run),
            results,
            successRate: {
                percentage: results.length === 0 ? 0 : Math.round((100 * met) / results.length),
                numerator: met,
                denominator: results.length,
            },
            summary: isSuccess(run) ? "The mission was accomplished." : "The mission was not accomplished.",
            isBatchStopped: false,
            isConversationEnded: true,
            errorInfo: error === null ? null : { message: error, technicalDetails: "" },
        },
        duration: runMs,
        expiresAt: secondsOf(createdAt) + runLifetimeSeconds,
    };
}

const runLifetimeSeconds = 30 * 24 * 60 * 60;
