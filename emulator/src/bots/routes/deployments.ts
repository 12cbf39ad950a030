import type { FastifyInstance } from "fastify";
import { jsonBody } from "../../bodies";
import { deploymentStatuses } from "../deployments";
import type { BotsPlatform } from "../platform";
import { type DeployBody, deployBodySchema, deploymentRequestOf } from "./deploy-body";
import { choice, queryOf, required } from "./query";

const rollbackSchema = {
    type: "object",
    required: ["reason"],
    additionalProperties: false,
    properties: { reason: { type: "string", minLength: 1, pattern: "\\S" } },
};

/** Listing deployments, starting one, looking how far it is, taking it back. */
export function registerDeploymentRoutes(api: FastifyInstance, platform: BotsPlatform): void {
    const config = { scope: "deployment:execute" } as const;

    api.get("/deployments", { config }, (request, reply) => {
        const query = queryOf(request, ["botId", "status"]);
        const status = choice(query, "status", deploymentStatuses);
        return reply.send({ items: platform.deployments.list(required(query, "botId"), status) });
    });

    api.post<{ Body: DeployBody }>(
        "/deployments",
        { config, preValidation: jsonBody, schema: { body: deployBodySchema } },
        ({ body }, reply) => {
            const deploymentId = platform.deployments.start(deploymentRequestOf(body));
            return reply.code(202).send({ deploymentId });
        },
    );

    api.get<{ Params: { id: string } }>("/deployments/:id/status", { config }, ({ params }, reply) => {
        const { item, word } = platform.deployments.progress(params.id);
        return reply.send({ ...item, status: word });
    });

    api.post<{ Params: { id: string }; Body: { reason: string } }>(
        "/deployments/:id/rollback",
        { config, preValidation: jsonBody, schema: { body: rollbackSchema } },
        ({ params, body }, reply) => {
            const { rollbackId } = platform.deployments.rollBack(params.id, body.reason);
            return reply.send({ rollbackId });
        },
    );
}
