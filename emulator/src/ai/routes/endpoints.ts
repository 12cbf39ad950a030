import type { FastifyInstance } from "fastify";
import { jsonBody } from "../../bodies";
import type { EndpointPatch } from "../endpoints";
import type { AiPlatform } from "../platform";
import { callerOf } from "./caller";
import type { Reach } from "./reach";

const text = { type: "string" };
const flag = { type: "boolean" };
const object = { type: "object" };

/** All that can be patched of an endpoint. */
export const endpointPatchSchema = {
    type: "object",
    additionalProperties: false,
    properties: {
        name: { type: "string", minLength: 1 },
        channel: { type: "string", minLength: 1 },
        active: flag,
        entrypoint: { type: "string", pattern: "^[a-z0-9]{24}$" },
        flowId: text,
        localeId: text,
        nluConnectorId: text,
        overrideSnapshotConnections: flag,
        useAnalytics: flag,
        useConversations: flag,
        useContactProfiles: flag,
        maskIPAddress: flag,
        maskAnalytics: flag,
        maskLogging: flag,
        settings: object,
        transformer: object,
        handoverSettings: object,
        translationSettings: object,
        foreignId: text,
    },
};

/** Changing where an endpoint leads to, and the rest of it. At once, without a task. */
export function registerEndpointRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.patch<{ Params: { id: string }; Body: EndpointPatch }>(
        "/endpoints/:id",
        { preValidation: jsonBody, schema: { body: endpointPatchSchema } },
        (request, reply) => {
            const { project, resource: endpoint } = reach.resource(request, "endpoint", request.params.id);
            const caller = callerOf(request);
            platform.endpoints.patch(project, endpoint, request.body, caller._id);
            platform.audit.record(caller, {
                type: "patch",
                chain: [{ elementId: endpoint._id, elementType: "endpoint" }],
                projectId: project._id,
            });
            return platform.variants.now.endpointPatchAnswer === "empty"
                ? reply.code(204).send()
                : reply.send({});
        },
    );
}
