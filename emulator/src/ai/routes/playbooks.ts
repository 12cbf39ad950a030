import type { FastifyInstance, FastifyRequest } from "fastify";
import { jsonBody } from "../../bodies";
import { Refusal } from "../../refusal";
import type { AiPlatform } from "../platform";
import { assertFrom, type PlaybookDraft, type StepDraft, stepFrom } from "../playbooks";
import type { Project } from "../project";
import {
    assertTypes,
    type Binding,
    type Playbook,
    type PlaybookAssert,
    type PlaybookStep,
} from "../resource";
import { fullView } from "../views";
import { answerTask } from "./answer-task";
import { callerOf } from "./caller";
import type { Reach } from "./reach";

type Id = { Params: { id: string } };
type StepId = { Params: { id: string; step: string } };

const assertSchema = {
    type: "object",
    required: ["type", "params"],
    additionalProperties: false,
    properties: { type: { enum: assertTypes }, params: { type: "object" } },
};

const stepSchema = {
    type: "object",
    additionalProperties: false,
    properties: {
        text: { type: "string" },
        data: {},
        asserts: { type: "array", items: assertSchema },
    },
};

const fields = {
    name: { type: "string", minLength: 1 },
    abortOnError: { type: "boolean" },
    timeout: { type: "integer", minimum: 1 },
    steps: { type: "array", items: stepSchema },
};

const createSchema = {
    type: "object",
    required: ["projectId"],
    additionalProperties: false,
    properties: { projectId: { type: "string" }, ...fields },
};

const changeSchema = { type: "object", additionalProperties: false, properties: fields };

const scheduleSchema = {
    type: "object",
    required: ["entrypoint", "flowId", "localeId"],
    additionalProperties: false,
    properties: {
        entrypoint: { type: "string" },
        flowId: { type: "string" },
        localeId: { type: "string" },
        // The vendor's own client repeats the id of the path in the body.
        playbookId: { type: "string" },
    },
};

/** Playbooks: creating, changing, deleting and running them. */
export function registerPlaybookRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.post<{ Body: PlaybookDraft & { projectId: string } }>(
        "/playbooks",
        { preValidation: jsonBody, schema: { body: createSchema } },
        (request, reply) => {
            const { projectId, steps, ...draft } = request.body;
            const project = reach.project(request, projectId);
            const isKept = platform.variants.now.inlinePlaybookSteps === "kept" && steps !== undefined;
            const fresh = platform.playbooks.fresh(callerOf(request)._id);
            const playbook = save(request, project, fresh, isKept ? { ...draft, steps } : draft);
            record(request, "create", playbook, project);
            return reply.code(201).send(fullView(playbook, project.all(), platform.variants.now));
        },
    );

    api.patch<Id & { Body: PlaybookDraft }>(
        "/playbooks/:id",
        { preValidation: jsonBody, schema: { body: changeSchema } },
        (request, reply) => {
            const { project, resource } = reach.resource(request, "playbook", request.params.id);
            record(request, "patch", save(request, project, resource, request.body), project);
            return reply.code(204).send();
        },
    );

    api.delete<Id>("/playbooks/:id", (request, reply) => {
        const { project, resource } = reach.resource(request, "playbook", request.params.id);
        project.remove(resource._id);
        record(request, "delete", resource, project);
        return reply.code(204).send();
    });

    api.post<Id & { Body: StepDraft }>(
        "/playbooks/:id/steps",
        { preValidation: jsonBody, schema: { body: stepSchema } },
        (request, reply) => {
            const { project, resource } = reach.resource(request, "playbook", request.params.id);
            const step = stepFrom(request.body);
            save(request, project, { ...resource, steps: [...resource.steps, step] }, {});
            record(request, "patch", resource, project);
            return reply.code(201).send(step);
        },
    );

    api.post<StepId & { Body: Omit<PlaybookAssert, "_id"> }>(
        "/playbooks/:id/steps/:step/asserts",
        { preValidation: jsonBody, schema: { body: assertSchema } },
        (request, reply) => {
            const { project, resource } = reach.resource(request, "playbook", request.params.id);
            const step = stepIn(resource, request.params.step);
            const assert = assertFrom(request.body);
            const changed = { ...step, asserts: [...step.asserts, assert] };
            const steps = resource.steps.map((other) => (other === step ? changed : other));
            save(request, project, { ...resource, steps }, {});
            record(request, "patch", resource, project);
            return reply.code(201).send(assert);
        },
    );

    api.post<Id & { Body: Binding }>(
        "/playbooks/:id/schedule",
        { preValidation: jsonBody, schema: { body: scheduleSchema } },
        (request, reply) => {
            const { project, resource } = reach.resource(request, "playbook", request.params.id);
            const task = platform.playbooks.schedule(project, resource, request.body, callerOf(request)._id);
            const element = { type: "playbook", id: resource._id };
            return answerTask(request, reply, platform, "schedulePlaybook", element, task);
        },
    );

    function save(
        request: FastifyRequest,
        project: Project,
        playbook: Playbook,
        draft: PlaybookDraft,
    ): Playbook {
        return platform.playbooks.save(project, playbook, draft, callerOf(request)._id);
    }

    function record(
        request: FastifyRequest,
        type: "create" | "patch" | "delete",
        { _id }: Playbook,
        project: Project,
    ): void {
        platform.audit.record(callerOf(request), {
            type,
            chain: [{ elementId: _id, elementType: "playbook" }],
            projectId: project._id,
        });
    }
}

function stepIn({ steps }: Playbook, id: string): PlaybookStep {
    const step = steps.find(({ _id }) => _id === id);
    if (step === undefined) {
        throw Refusal.notFound(`The step "${id}" does not exist.`);
    }
    return step;
}
