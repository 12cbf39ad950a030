import type { FastifyReply, FastifyRequest } from "fastify";
import type { AiPlatform } from "../platform";
import type { Task } from "../tasks";
import { createdTaskView } from "../views";
import { callerOf } from "./caller";

/** What an action was done to. */
export interface ActedOn {
    readonly type: string;
    readonly id: string;
}

/** Records the action that has started a task, and answers with the task. */
export function answerTask(
    request: FastifyRequest,
    reply: FastifyReply,
    platform: AiPlatform,
    actionType: string,
    element: ActedOn,
    task: Task,
): FastifyReply {
    platform.audit.record(callerOf(request), {
        type: "action",
        actionType,
        chain: [{ elementId: element.id, elementType: element.type }],
        projectId: task.projectId,
    });
    return reply.code(202).send(createdTaskView(task));
}
