import type { FastifyInstance } from "fastify";
import { jsonBody } from "../../bodies";
import { identityConflictStrategies, type MergeRequest } from "../packages";
import type { AiPlatform } from "../platform";
import { packageView } from "../views";
import { answerTask } from "./answer-task";
import { fileLimit, optionalJsonBody, uploadOf } from "./bodies";
import { callerOf } from "./caller";
import { linkTo } from "./downloads";
import { sendPage } from "./list";
import type { Reach } from "./reach";

type Id = { Params: { id: string } };

const ids = { type: "array", items: { type: "string" } };

const createSchema = {
    type: "object",
    required: ["projectId", "name", "resourceIds"],
    additionalProperties: false,
    properties: {
        projectId: { type: "string" },
        name: { type: "string", minLength: 1 },
        description: { type: "string" },
        resourceIds: ids,
    },
};

const mergeSchema = {
    type: "object",
    required: ["resourceIds", "localeMapping"],
    additionalProperties: false,
    properties: {
        resourceIds: ids,
        localeMapping: {
            type: "array",
            items: {
                type: "object",
                required: ["agentLocaleId", "packageLocaleId"],
                additionalProperties: false,
                properties: { agentLocaleId: { type: "string" }, packageLocaleId: { type: "string" } },
            },
        },
        strategies: {
            type: "array",
            items: {
                type: "object",
                required: ["_id"],
                additionalProperties: false,
                properties: {
                    _id: { type: "string" },
                    rename: { type: "string", minLength: 1 },
                    autoRename: { type: "boolean" },
                    identityConflictStrategy: { enum: identityConflictStrategies },
                    mergeStrategy: { type: "object" },
                },
            },
        },
    },
};

interface CreateBody {
    readonly projectId: string;
    readonly name: string;
    readonly description?: string;
    readonly resourceIds: readonly string[];
}

/** Packages: looking at them, creating, moving, merging and deleting them. */
export function registerPackageRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    const config = { hal: { one: "package", many: "packages" } };

    api.get("/packages", { config }, (request, reply) => {
        const items = reach.queriedProjects(request).flatMap(({ _id }) => platform.packages.of(_id));
        return sendPage(request, reply, platform, items.map(packageView));
    });

    api.get<Id>("/packages/:id", { config }, (request, reply) =>
        reply.send(packageView(reach.package(request, request.params.id))),
    );

    api.post<{ Body: CreateBody }>(
        "/packages",
        { preValidation: jsonBody, schema: { body: createSchema } },
        (request, reply) => {
            const { projectId, description = "", ...rest } = request.body;
            const project = reach.project(request, projectId);
            const task = platform.packages.create(project, { ...rest, description }, callerOf(request)._id);
            const element = { type: "project", id: project._id };
            return answerTask(request, reply, platform, "createPackage", element, task);
        },
    );

    api.delete<Id>("/packages/:id", (request, reply) => {
        const found = reach.package(request, request.params.id);
        const task = platform.packages.remove(found, callerOf(request)._id);
        const element = { type: "package", id: found._id };
        return answerTask(request, reply, platform, "deletePackage", element, task);
    });

    api.post<Id>("/packages/:id/downloadlink", { preValidation: optionalJsonBody }, (request, reply) => {
        const token = platform.packages.downloadLink(reach.package(request, request.params.id));
        return reply.send({ downloadLink: linkTo(request, token) });
    });

    api.post("/packages/upload", { bodyLimit: fileLimit }, async (request, reply) => {
        const { projectId, file } = await uploadOf(request);
        const project = reach.project(request, projectId);
        const task = platform.packages.upload(project, file, callerOf(request)._id);
        const element = { type: "project", id: project._id };
        return answerTask(request, reply, platform, "uploadPackage", element, task);
    });

    api.post<Id & { Body: MergeRequest }>(
        "/packages/:id/merge",
        { preValidation: jsonBody, schema: { body: mergeSchema } },
        (request, reply) => {
            const found = reach.package(request, request.params.id);
            const project = reach.project(request, found.projectId);
            const task = platform.packages.merge(found, project, request.body, callerOf(request)._id);
            const element = { type: "package", id: found._id };
            return answerTask(request, reply, platform, "mergePackage", element, task);
        },
    );
}
