import type { FastifyInstance } from "fastify";
import type { AiPlatform } from "../platform";
import { optionalJsonBody } from "./bodies";
import type { Reach } from "./reach";

/** Trying the credentials of a language model. */
export function registerLanguageModelRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.post<{ Params: { id: string } }>(
        "/largelanguagemodels/:id/test",
        { preValidation: optionalJsonBody },
        (request, reply) => {
            const { project, resource: model } = reach.resource(
                request,
                "largeLanguageModel",
                request.params.id,
            );
            return reply.send(platform.credentials.test(model, project.all()));
        },
    );
}
