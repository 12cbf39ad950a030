import type { FastifyInstance } from "fastify";
import { quotaSchema } from "../data/schema";
import type { AiPlatform } from "../platform";
import type { QuotaSettings } from "../quota";
import type { SimulatorSettings } from "../simulator";
import type { TaskScript } from "../tasks";
import { type Variants, variantsSchema } from "../variants";
import type { Finder } from "./find";

const text = { type: "string", minLength: 1 };
const milliseconds = { type: "number", minimum: 0 };
const texts = { type: "array", items: text };

const taskScriptSchema = {
    type: "object",
    required: ["script"],
    additionalProperties: false,
    properties: {
        script: {
            type: "object",
            additionalProperties: false,
            properties: {
                type: text,
                outcome: { enum: ["done", "error", "stuck"] },
                failReason: text,
                takesEffect: { type: "boolean" },
                queuedMs: milliseconds,
                durationMs: milliseconds,
                settleMs: milliseconds,
                data: { type: "object" },
            },
        },
        times: { type: "integer", minimum: 1 },
    },
};

const playbooksSchema = {
    type: "object",
    required: ["fail"],
    additionalProperties: false,
    properties: { fail: texts },
};

const simulatorSchema = {
    type: "object",
    additionalProperties: false,
    properties: { runMs: milliseconds, fail: texts },
};

const credentialsSchema = {
    type: "object",
    required: ["problem"],
    additionalProperties: false,
    properties: { problem: { type: ["string", "null"], minLength: 1 } },
};

/** The state at a glance, and how the platform behaves from now on. */
export function registerSettingsControl(
    control: FastifyInstance,
    platform: AiPlatform,
    finder: Finder,
): void {
    control.get("/state", (_request, reply) => reply.send(platform.state()));

    control.patch<{ Body: Partial<Variants> }>(
        "/variants",
        { schema: { body: variantsSchema } },
        ({ body }, reply) => {
            platform.variants.set(body);
            return reply.code(204).send();
        },
    );

    control.put<{ Body: QuotaSettings | null }>(
        "/quota",
        { schema: { body: quotaSchema } },
        ({ body }, reply) => {
            platform.quota.set(body);
            return reply.code(204).send();
        },
    );

    control.post<{ Body: { script: TaskScript; times?: number } }>(
        "/task-scripts",
        { schema: { body: taskScriptSchema } },
        ({ body }, reply) => {
            platform.tasks.addScript(body.script, body.times);
            return reply.code(204).send();
        },
    );

    control.patch<{ Body: { fail: string[] } }>(
        "/playbooks",
        { schema: { body: playbooksSchema } },
        ({ body }, reply) => {
            platform.playbooks.failOn(body.fail);
            return reply.code(204).send();
        },
    );

    control.patch<{ Body: SimulatorSettings }>(
        "/simulator",
        { schema: { body: simulatorSchema } },
        ({ body }, reply) => {
            platform.simulator.configure(body);
            return reply.code(204).send();
        },
    );

    control.put<{ Params: { model: string }; Body: { problem: string | null } }>(
        "/language-models/:model/credentials",
        { schema: { body: credentialsSchema } },
        ({ params, body }, reply) => {
            const { resource } = finder.resource("largeLanguageModel", params.model);
            platform.credentials.set(resource.referenceId, body.problem);
            return reply.code(204).send();
        },
    );
}
