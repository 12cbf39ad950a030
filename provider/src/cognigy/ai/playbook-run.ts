import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import type { Stage } from "./trial.js";

const RUN = { needs: "run playbooks" };

/** How a run of a playbook ended: with results, or without having run. */
export type RunEnd = { run: answers.PlaybookRun } | { failReason: string };

/** One run of a playbook: begun, then found, then over. Each of these takes its time. */
export class PlaybookRun {
    private task: string | undefined;
    private run: string | undefined;

    constructor(
        private readonly api: AiApi,
        private readonly stage: Stage,
        private readonly playbook: string,
    ) {}

    /** Goes one step further. @returns how it ended; undefined while it goes on. */
    async advance(): Promise<RunEnd | undefined> {
        if (this.task === undefined) {
            this.task = await this.schedule();
            return undefined;
        }
        if (this.run === undefined) {
            const { status, failReason, data } = await this.api.get(
                `/tasks/${part(this.task)}`,
                answers.task,
                RUN,
            );
            if (status === "error" || status === "cancelled") {
                return { failReason: failReason || status };
            }
            this.run = typeof data?.playbookRunId === "string" ? data.playbookRunId : undefined;
        }
        return this.run === undefined ? undefined : this.result(this.run);
    }

    private async schedule(): Promise<string> {
        const { entrypoint, flowId, localeId } = this.stage;
        const path = `/playbooks/${part(this.playbook)}/schedule`;
        const { _id } = await this.api.post(path, answers.taskStarted, {
            json: { entrypoint, flowId, localeId },
            ...RUN,
        });
        return _id;
    }

    /** The run is there some time after its task is done, and has its result some time after that. */
    private async result(id: string): Promise<RunEnd | undefined> {
        const path = `/playbooks/${part(this.playbook)}/runs/${part(id)}`;
        const run = await this.api.find(path, answers.playbookRun, RUN);
        return run?.status === "successful" || run?.status === "failed" ? { run } : undefined;
    }
}
