import type { FastifyInstance } from "fastify";
import { Refusal } from "../../refusal";
import type { ConversationScript } from "../conversations";
import type { EndpointPatch } from "../endpoints";
import type { AiPlatform } from "../platform";
import { endpointPatchSchema } from "../routes/endpoints";
import type { Finder } from "./find";

const answer = {
    anyOf: [
        { enum: ["computed", "silent", "error"] },
        {
            type: "object",
            required: ["text"],
            additionalProperties: false,
            properties: { text: { type: "string" } },
        },
    ],
};

const conversationSchema = {
    type: "object",
    required: ["sequence"],
    additionalProperties: false,
    properties: { sequence: { type: "array", items: answer }, afterwards: answer },
};

const switchSchema = {
    ...endpointPatchSchema,
    properties: { ...endpointPatchSchema.properties, entrypoint: { type: "string", minLength: 1 } },
};

/** Switching endpoints by hand, and saying what they answer. */
export function registerEndpointControl(
    control: FastifyInstance,
    platform: AiPlatform,
    finder: Finder,
): void {
    control.patch<{ Params: { endpoint: string }; Body: EndpointPatch }>(
        "/endpoints/:endpoint",
        { schema: { body: switchSchema } },
        ({ params, body }, reply) => {
            const { project, resource } = finder.resource("endpoint", params.endpoint);
            const { entrypoint: word, ...rest } = body;
            const entrypoint = word === undefined ? {} : { entrypoint: entrypointOf(word, finder) };
            platform.endpoints.patch(project, resource, { ...rest, ...entrypoint }, project.createdBy);
            return reply.code(204).send();
        },
    );

    control.put<{ Params: { endpoint: string }; Body: ConversationScript }>(
        "/endpoints/:endpoint/conversation",
        { schema: { body: conversationSchema } },
        ({ params, body }, reply) => {
            platform.conversations.script(finder.resource("endpoint", params.endpoint).resource._id, body);
            return reply.code(204).send();
        },
    );
}

/** The `_id` of the snapshot or of the project that is meant. */
function entrypointOf(word: string, finder: Finder): string {
    try {
        return finder.snapshot(word)._id;
    } catch (error) {
        if (error instanceof Refusal && error.kind === "not_found") {
            return finder.project(word)._id;
        }
        throw error;
    }
}
