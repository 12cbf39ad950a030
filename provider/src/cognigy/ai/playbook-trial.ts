import type { SimulationStep } from "../../release/gates.js";
import * as answers from "./answers.js";
import type { AiApi } from "./api.js";
import { onlyOne } from "./only-one.js";
import { PlaybookRun, type RunEnd } from "./playbook-run.js";
import type { Stage, Trial } from "./trial.js";

/** A playbook of the project, as its authors have written it: one conversation. */
export class PlaybookTrial implements Trial {
    steps: readonly SimulationStep[] | undefined;
    private run: PlaybookRun | undefined;

    constructor(
        private readonly api: AiApi,
        private readonly stage: Stage,
        private readonly name: string,
    ) {}

    async advance(): Promise<void> {
        this.run ??= new PlaybookRun(this.api, this.stage, await this.find());
        const end = await this.run.advance();
        if (end) {
            this.steps = [stepOf(end, this.name)];
        }
    }

    /** It is not ours. */
    async clear(): Promise<void> {}

    private async find(): Promise<string> {
        const found = await this.api.all("/playbooks", answers.playbook, {
            query: { projectId: this.stage.projectId, filter: this.name },
            needs: "read playbooks",
        });
        const same = found.filter(({ name, _id }) => name === this.name || _id === this.name);
        return onlyOne(same, "playbook", this.name)._id;
    }
}

function stepOf(end: RunEnd, name: string): SimulationStep {
    const subject = `playbook "${name}"`;
    if ("failReason" in end) {
        return { status: "failed", subject, reason: `it did not run: ${end.failReason}` };
    }
    const { status, stepResults } = end.run;
    if (status === "successful") {
        return { status: "passed", subject };
    }
    const at = (stepResults ?? []).findIndex((step) => step.status === "failed");
    const step = stepResults?.[at];
    const failed = step?.asserts?.find((assert) => assert.status === "failed");
    const what = step?.timeout ? "no answer in time" : failed ? `${failed.type} does not hold` : "it failed";
    return {
        status: "failed",
        subject,
        ...(step
            ? { reason: `step ${at + 1}${step.text ? ` ("${step.text.slice(0, 100)}")` : ""}: ${what}` }
            : {}),
    };
}
