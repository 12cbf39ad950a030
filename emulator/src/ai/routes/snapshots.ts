import type { FastifyInstance, FastifyRequest } from "fastify";
import { jsonBody } from "../../bodies";
import { Refusal } from "../../refusal";
import type { Item } from "../listing";
import type { AiPlatform } from "../platform";
import { missingArgument } from "../problem";
import type { Snapshot, SnapshotName } from "../snapshots";
import { contentView, snapshotView } from "../views";
import { answerTask } from "./answer-task";
import { fileLimit, optionalJsonBody, uploadOf } from "./bodies";
import { callerOf } from "./caller";
import { linkTo } from "./downloads";
import { sendPage } from "./list";
import type { Reach } from "./reach";

type Id = { Params: { id: string } };

const createSchema = {
    type: "object",
    required: ["projectId", "name", "description"],
    additionalProperties: false,
    properties: {
        projectId: { type: "string" },
        name: { type: "string", minLength: 1, maxLength: 200, pattern: '^[^\\\\/:*?"<>|¥]+$' },
        description: { type: "string", maxLength: 500 },
    },
};

/** What kinds of contents of a snapshot can be listed. */
const contentTypes = ["flow", "nluconnector", "locale", "flowState", "largeLanguageModel"];

/** Snapshots: looking at them, creating, deleting and restoring them. */
export function registerSnapshotRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    const config = { hal: { one: "snapshot", many: "snapshots" } };

    api.get("/snapshots", { config }, (request, reply) => {
        const items = reach
            .queriedProjects(request)
            .flatMap(({ _id }) => platform.snapshots.of(_id).map((snapshot) => viewOf(platform, snapshot)));
        return sendPage(request, reply, platform, items);
    });

    api.get<Id>("/snapshots/:id", { config }, (request, reply) => {
        const snapshot = reach.snapshot(request, request.params.id);
        const { packageExpiresAt: _expiry, ...view } = viewOf(platform, snapshot);
        return reply.send(view);
    });

    api.get<Id>("/snapshots/:id/resources", (request, reply) => {
        const snapshot = reach.snapshot(request, request.params.id);
        const wanted = contentTypeOf(request);
        const items = snapshot.resources.filter(({ type }) => type === wanted).map(contentView);
        return sendPage(request, reply, platform, items, { own: ["resourceType"] });
    });

    api.post<{ Body: SnapshotName & { projectId: string } }>(
        "/snapshots",
        { preValidation: jsonBody, schema: { body: createSchema } },
        (request, reply) => {
            const { projectId, name, description } = request.body;
            const project = reach.project(request, projectId);
            const task = platform.snapshots.create(project, { name, description }, callerOf(request)._id);
            const element = { type: "project", id: project._id };
            return answerTask(request, reply, platform, "createSnapshot", element, task);
        },
    );

    api.delete<Id>("/snapshots/:id", (request, reply) => {
        const snapshot = reach.snapshot(request, request.params.id);
        const task = platform.snapshots.remove(snapshot, callerOf(request)._id);
        return answerTask(request, reply, platform, "deleteSnapshot", elementOf(snapshot), task);
    });

    api.post<Id>("/snapshots/:id/restore", { preValidation: optionalJsonBody }, (request, reply) => {
        const snapshot = reach.snapshot(request, request.params.id);
        checkRestore(request.body as { readonly projectId?: string }, platform);
        const task = platform.snapshots.restore(snapshot, callerOf(request)._id);
        return answerTask(request, reply, platform, "restoreSnapshot", elementOf(snapshot), task);
    });
}

/** Moving snapshots: preparing a file, getting it, adding it to another project. */
export function registerSnapshotFileRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.post<Id>("/snapshots/:id/package", { preValidation: optionalJsonBody }, (request, reply) => {
        const snapshot = reach.snapshot(request, request.params.id);
        const task = platform.snapshots.package(snapshot, callerOf(request)._id);
        return answerTask(request, reply, platform, "packageSnapshot", elementOf(snapshot), task);
    });

    api.post<Id>("/snapshots/:id/downloadlink", { preValidation: optionalJsonBody }, (request, reply) => {
        const token = platform.snapshots.downloadLink(reach.snapshot(request, request.params.id));
        return reply.send({ downloadLink: linkTo(request, token) });
    });

    api.post("/snapshots/upload", { bodyLimit: fileLimit }, async (request, reply) => {
        const { projectId, file } = await uploadOf(request);
        const project = reach.project(request, projectId);
        const task = platform.snapshots.upload(project, file, callerOf(request)._id);
        const element = { type: "project", id: project._id };
        return answerTask(request, reply, platform, "uploadSnapshotPackage", element, task);
    });
}

function elementOf({ _id }: Snapshot): { readonly type: string; readonly id: string } {
    return { type: "snapshot", id: _id };
}

function viewOf({ snapshots }: AiPlatform, snapshot: Snapshot): Item {
    return snapshotView(snapshot, snapshots.file(snapshot._id)?.expiresAt ?? null);
}

function contentTypeOf({ query }: FastifyRequest): string {
    const { resourceType } = query as { readonly resourceType?: string };
    if (resourceType === undefined) {
        throw new Refusal("invalid", missingArgument, "resourceType is required.");
    }
    if (!contentTypes.includes(resourceType)) {
        throw Refusal.invalid(`resourceType must be one of ${contentTypes.join(", ")}.`);
    }
    return resourceType;
}

function checkRestore({ projectId }: { readonly projectId?: string }, { variants }: AiPlatform): void {
    const isRequired = variants.now.restoreProjectId === "required";
    if (isRequired && projectId === undefined) {
        throw new Refusal("invalid", missingArgument, "projectId is required.");
    }
    if (!isRequired && projectId !== undefined) {
        throw Refusal.invalid("projectId is given more than once: the snapshot has one already.");
    }
}
