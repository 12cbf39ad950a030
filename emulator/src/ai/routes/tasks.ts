import type { FastifyInstance } from "fastify";
import type { AiPlatform } from "../platform";
import { taskView } from "../views";
import { optionalJsonBody } from "./bodies";
import { callerOf } from "./caller";
import { sendPage } from "./list";
import type { Reach } from "./reach";

type Id = { Params: { id: string } };

/** What runs in the background: looking how far it is, stopping it. */
export function registerTaskRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    const config = { hal: { one: "task", many: "tasks" } };

    api.get("/tasks", { config }, (request, reply) => {
        const projects = new Set(reach.queriedProjects(request).map(({ _id }) => _id));
        const tasks = platform.tasks.list().filter(({ projectId }) => projects.has(projectId));
        const items = tasks.map((task) => taskView(task, platform.now()));
        const hasFieldFilters = platform.variants.now.taskFilters === "applied";
        return sendPage(request, reply, platform, items, { hasFieldFilters });
    });

    api.get<Id>("/tasks/:id", { config }, (request, reply) =>
        reply.send(taskView(reach.task(request, request.params.id), platform.now())),
    );

    api.post<Id>("/tasks/:id/cancel", { preValidation: optionalJsonBody }, (request, reply) => {
        const task = reach.task(request, request.params.id);
        platform.tasks.cancel(task._id);
        platform.audit.record(callerOf(request), {
            type: "action",
            actionType: "cancelTask",
            chain: [{ elementId: task._id, elementType: "task" }],
            projectId: task.projectId,
        });
        return reply.code(204).send();
    });
}
