import type { FastifyInstance } from "fastify";
import type { DeploymentScript } from "../deployments";
import type { BotsPlatform } from "../platform";

const text = { type: "string", minLength: 1 };
const milliseconds = { type: "number", minimum: 0 };

const scriptSchema = {
    type: "object",
    required: ["script"],
    additionalProperties: false,
    properties: {
        script: {
            type: "object",
            additionalProperties: false,
            properties: {
                durationMs: milliseconds,
                outcome: { enum: ["completed", "failed", "stuck"] },
                statuses: { type: "array", items: text },
            },
        },
        times: { type: "integer", minimum: 1 },
    },
};

interface ByHandBody {
    readonly flowId: string;
    readonly versionTag: string;
    readonly targetEnvironment: string;
    readonly changelog?: string;
    readonly durationMs?: number;
}

const byHandSchema = {
    type: "object",
    required: ["flowId", "versionTag", "targetEnvironment"],
    additionalProperties: false,
    properties: {
        flowId: text,
        versionTag: { type: "string", format: "version-tag" },
        targetEnvironment: text,
        changelog: { type: "string" },
        durationMs: milliseconds,
    },
};

/** Saying how deployments go, and doing what others do past the release: deploy, roll back, lose. */
export function registerDeploymentControl(control: FastifyInstance, platform: BotsPlatform): void {
    control.post<{ Body: { script: DeploymentScript; times?: number } }>(
        "/deployment-scripts",
        { schema: { body: scriptSchema } },
        ({ body }, reply) => {
            platform.deployments.addScript(body.script, body.times);
            return reply.code(204).send();
        },
    );

    control.post<{ Params: { bot: string }; Body: ByHandBody }>(
        "/bots/:bot/deployments",
        { schema: { body: byHandSchema } },
        ({ params, body }, reply) => {
            const { durationMs, changelog = "", ...target } = body;
            const deploymentId = platform.deployments.deployByHand(
                { botId: params.bot, ...target, changelog, createdBy: "somebody else" },
                durationMs,
            );
            return reply.code(201).send({ deploymentId });
        },
    );

    control.post<{ Params: { id: string } }>("/deployments/:id/rollback", ({ params }, reply) =>
        reply.send({
            rollbackId: platform.deployments.rollBack(params.id, "Rolled back by hand.").rollbackId,
        }),
    );

    control.delete<{ Params: { id: string } }>("/deployments/:id", ({ params }, reply) => {
        platform.deployments.forget(params.id);
        return reply.code(204).send();
    });
}
