import type { FastifyInstance } from "fastify";
import { jsonBody } from "../../bodies";
import type { BotsPlatform } from "../platform";
import type { TestCase } from "../simulations";

interface SimulationBody {
    readonly flowId: string;
    readonly testCases: readonly TestCase[];
    readonly timeout_seconds: number;
}

const text = { type: "string", minLength: 1 };

const simulationSchema = {
    type: "object",
    required: ["flowId", "testCases", "timeout_seconds"],
    additionalProperties: false,
    properties: {
        flowId: text,
        testCases: {
            type: "array",
            minItems: 1,
            items: {
                type: "object",
                required: ["input", "expectedIntent"],
                additionalProperties: false,
                properties: { input: text, expectedIntent: text },
            },
        },
        timeout_seconds: { type: "number", exclusiveMinimum: 0 },
    },
};

/** Starting a simulation, and looking how far it is. */
export function registerSimulationRoutes(api: FastifyInstance, platform: BotsPlatform): void {
    api.post<{ Body: SimulationBody }>(
        "/simulations",
        { config: { scope: "simulation:run" }, preValidation: jsonBody, schema: { body: simulationSchema } },
        ({ body }, reply) => {
            const { flowId, testCases, timeout_seconds } = body;
            const simulationId = platform.simulations.start({
                flowId,
                testCases,
                timeoutSeconds: timeout_seconds,
            });
            return reply.send({ simulationId });
        },
    );

    api.get<{ Params: { id: string } }>(
        "/simulations/:id/results",
        { config: { scope: "simulation:run" } },
        ({ params }, reply) => reply.send(platform.simulations.results(params.id)),
    );
}
