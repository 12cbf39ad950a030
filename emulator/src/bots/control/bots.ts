import type { FastifyInstance } from "fastify";
import type { DefinitionData, HealthData } from "../../data/platform-data";
import { definitionSchema, dependencyRowsSchema, healthSchema } from "../../data/schema";
import { type Access, accesses, type DependencyRow, type ResourceKind, resourceKinds } from "../definition";
import type { FlowPatch } from "../flow-edits";
import type { BotsPlatform } from "../platform";

const id = { type: "string", minLength: 1 };

const resourceParamsSchema = {
    type: "object",
    properties: { bot: id, kind: { enum: resourceKinds }, id },
};

const resourceSchema = {
    type: "object",
    required: ["access"],
    additionalProperties: false,
    properties: { access: { enum: accesses } },
};

const examplesSchema = { type: "array", items: { type: "string", minLength: 1 } };

const patchSchema = {
    type: "object",
    required: ["nodes"],
    additionalProperties: false,
    properties: {
        nodes: { type: "object", minProperties: 1, additionalProperties: { type: ["object", "null"] } },
    },
};

/** Editing a bot as its authors would: drafts, intents, resources; and what its health probes answer. */
export function registerBotControl(control: FastifyInstance, platform: BotsPlatform): void {
    control.put<{ Params: { bot: string }; Body: HealthData }>(
        "/bots/:bot/health",
        { schema: { body: healthSchema } },
        ({ params, body }, reply) => {
            platform.scriptHealth(params.bot, body);
            return reply.code(204).send();
        },
    );

    control.put<{ Params: { bot: string; kind: ResourceKind; id: string }; Body: { access: Access } }>(
        "/bots/:bot/resources/:kind/:id",
        { schema: { params: resourceParamsSchema, body: resourceSchema } },
        ({ params, body }, reply) => {
            platform.catalog.setResource(params.bot, params.kind, params.id, body.access);
            return reply.code(204).send();
        },
    );

    control.put<{ Params: { bot: string; intent: string }; Body: string[] }>(
        "/bots/:bot/intents/:intent/examples",
        { schema: { body: examplesSchema } },
        ({ params, body }, reply) => {
            platform.catalog.setExamples(params.bot, params.intent, body);
            return reply.code(204).send();
        },
    );

    control.get<{ Params: { bot: string; flow: string } }>("/bots/:bot/flows/:flow", ({ params }, reply) =>
        reply.send(platform.catalog.flow(params.bot, params.flow).definition),
    );

    control.put<{ Params: { bot: string; flow: string }; Body: DefinitionData }>(
        "/bots/:bot/flows/:flow",
        { schema: { body: definitionSchema } },
        ({ params, body }, reply) => reply.send(platform.catalog.putFlow(params.bot, params.flow, body)),
    );

    control.patch<{ Params: { bot: string; flow: string }; Body: FlowPatch }>(
        "/bots/:bot/flows/:flow",
        { schema: { body: patchSchema } },
        ({ params, body }, reply) => reply.send(platform.catalog.patchFlow(params.bot, params.flow, body)),
    );

    control.post<{ Params: { bot: string; flow: string }; Body: DependencyRow[] }>(
        "/bots/:bot/flows/:flow/dependencies",
        { schema: { body: dependencyRowsSchema } },
        ({ params, body }, reply) => {
            platform.catalog.addDependencies(params.bot, params.flow, body);
            return reply.code(204).send();
        },
    );
}
