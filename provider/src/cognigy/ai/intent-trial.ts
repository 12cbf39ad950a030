import type { Clock } from "../../clock.js";
import type { SimulationStep } from "../../release/gates.js";
import type { TestCase } from "../../release/inputs.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import { PlaybookRun, type RunEnd } from "./playbook-run.js";
import type { Stage, Trial } from "./trial.js";

/** What the playbooks of test cases are called; nobody else calls one so. */
export const SIMULATION_PLAYBOOK = "pulumi-cognigy simulation";
/** What is older belongs to a run that did not see its end, in milliseconds. */
const ABANDONED = 3_600_000;
const EDIT = { needs: "edit playbooks" };

/**
 * A test case: a playbook of one message that asserts the intent. Each has one of its own, for in a conversation an answer
 * depends on what was said before.
 */
export class IntentTrial implements Trial {
    steps: readonly SimulationStep[] | undefined;
    private playbook: string | undefined;
    private run: PlaybookRun | undefined;

    constructor(
        private readonly api: AiApi,
        private readonly stage: Stage,
        private readonly testCase: TestCase,
    ) {}

    async advance(): Promise<void> {
        this.playbook ??= await this.write();
        this.run ??= new PlaybookRun(this.api, this.stage, this.playbook);
        const end = await this.run.advance();
        if (end) {
            await this.clear();
            this.steps = [stepOf(end, this.testCase)];
        }
    }

    async clear(): Promise<void> {
        if (this.playbook !== undefined && !this.steps) {
            await remove(this.api, this.playbook);
        }
    }

    private async write(): Promise<string> {
        const { projectId, timeout } = this.stage;
        const { input, expectedIntent } = this.testCase;
        const step = { text: input, asserts: [{ type: "assertIntent", params: { intent: expectedIntent } }] };
        const name = `${SIMULATION_PLAYBOOK}: ${input}`.slice(0, 200).toWellFormed();
        const made = await this.api.post("/playbooks", answers.playbook, {
            json: { projectId, name, abortOnError: false, timeout, steps: [step] },
            ...EDIT,
        });
        if ((made.steps?.length ?? 0) === 0) {
            await this.writeStep(made._id, step);
        }
        return made._id;
    }

    /** Some versions take no steps with the playbook, and no asserts with a step. */
    private async writeStep(playbook: string, step: { text: string; asserts: object[] }): Promise<void> {
        const path = `/playbooks/${part(playbook)}/steps`;
        const made = await this.api.post(path, answers.playbookStep, { json: step, ...EDIT });
        for (const assert of made.asserts?.length ? [] : step.asserts) {
            const asserts = `${path}/${part(made._id)}/asserts`;
            await this.api.post(asserts, answers.anything, { json: assert, ...EDIT });
        }
    }
}

/** Removes the playbooks of test cases that runs have left which did not see their end. */
export async function removeAbandonedPlaybooks(api: AiApi, projectId: string, clock: Clock): Promise<void> {
    const found = await api.all("/playbooks", answers.playbook, {
        query: { projectId, filter: SIMULATION_PLAYBOOK },
        needs: "read playbooks",
    });
    const abandoned = found.filter(
        ({ name, createdAt }) =>
            name.startsWith(SIMULATION_PLAYBOOK) &&
            createdAt !== undefined &&
            clock.now() - createdAt * 1000 > ABANDONED,
    );
    await Promise.all(abandoned.map(({ _id }) => remove(api, _id)));
}

async function remove(api: AiApi, playbook: string): Promise<void> {
    await api.http.status(
        { method: "DELETE", path: `/new/v2.0/playbooks/${part(playbook)}`, ...EDIT },
        [404],
    );
}

function stepOf(end: RunEnd, { input, expectedIntent }: TestCase): SimulationStep {
    if ("failReason" in end) {
        return {
            status: "failed",
            input,
            expectedIntent,
            reason: `the playbook did not run: ${end.failReason}`,
        };
    }
    const { status, stepResults } = end.run;
    const [first] = stepResults ?? [];
    const assert = first?.asserts?.find(({ type }) => type === "assertIntent");
    const actualIntent = assert === undefined ? undefined : intentIn(assert.actual);
    const asked = { input, expectedIntent, ...(actualIntent === undefined ? {} : { actualIntent }) };
    if (status === "successful") {
        return { status: "passed", ...asked };
    }
    return {
        status: "failed",
        ...asked,
        ...(first?.timeout ? { reason: "the bot did not answer in time" } : {}),
    };
}

/** What a run says was recognised: the intent's name, or a record that holds it. */
function intentIn(actual: unknown): string | null | undefined {
    const value =
        typeof actual === "object" && actual !== null ? (actual as Record<string, unknown>).intent : actual;
    return typeof value === "string" ? value : value === null ? null : undefined;
}
