import type { Clock } from "../../clock.js";
import { nextPoll } from "../../release/polling.js";
import { PlatformError } from "../errors.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import { SPARING } from "./rhythm.js";

/** Tasks that change what a project holds: while one is on its way, nobody knows what that will be. */
export const CHANGES_THE_PROJECT = /restore|merge|upload/i;

/** A task that ended without having done its work. */
export class TaskFailed extends PlatformError {
    override name = "TaskFailed";

    constructor(
        call: string,
        /** What the platform says. */
        readonly reason: string,
    ) {
        super(
            "rejected",
            call,
            `${call} was accepted and then failed: ${reason || "the platform gives no reason"}.`,
        );
    }
}

/** Work that the platform does after it has answered. */
export class Tasks {
    constructor(
        private readonly api: AiApi,
        private readonly clock: Clock,
    ) {}

    /**
     * Waits for the end of a task.
     *
     * @param call what started it, for messages.
     * @param deadline milliseconds, by the clock that nobody sets.
     * @throws TaskFailed; a PlatformError whose outcome is unknown where nobody can tell how it ended.
     */
    async end(id: string, call: string, deadline: number): Promise<answers.Task> {
        const began = this.clock.monotonic();
        for (;;) {
            const task = await this.api.get(`/tasks/${part(id)}`, answers.task, { needs: "read tasks" });
            if (task.status === "done") {
                return task;
            }
            if (task.status === "error" || task.status === "cancelled") {
                throw new TaskFailed(
                    call,
                    task.failReason || (task.status === "cancelled" ? "it was cancelled" : ""),
                );
            }
            const now = this.clock.monotonic();
            if (now >= deadline) {
                const seconds = Math.round((now - began) / 1000);
                throw new PlatformError(
                    "unavailable",
                    call,
                    `${call} is still ${task.status} after ${seconds} s.`,
                );
            }
            await this.clock.sleep(Math.min(nextPoll(now - began, SPARING), deadline - now));
        }
    }

    /** What is on its way and would change a project under a release. */
    async changing(projectId: string): Promise<answers.Task[]> {
        return (await this.running(projectId)).filter(({ name }) => CHANGES_THE_PROJECT.test(name ?? ""));
    }

    /** What is on its way in a project. */
    async running(projectId: string): Promise<answers.Task[]> {
        // Only the newest: what is on its way began a short time ago, and whether a list can be filtered is not sure.
        const { items } = await this.api.get("/tasks", answers.page(answers.task), {
            query: { projectId, limit: "100", sort: "createdAt:desc" },
            needs: "read tasks",
        });
        return items.filter(isRunning);
    }
}

/** Whether a task has not ended. */
export function isRunning({ status }: answers.Task): boolean {
    return status === "queued" || status === "active" || status === "cancelling";
}
