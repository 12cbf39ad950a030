import type { Clock } from "../../clock.js";
import type { SimulationProgress, SimulationStep } from "../../release/gates.js";
import type { TestCase } from "../../release/inputs.js";
import { isPlatformError, PlatformError } from "../errors.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";

/** What the playbooks of a simulation are called; nobody else calls one so. */
const NAME = "pulumi-cognigy simulation";
/** How many conversations run at a time: a tenant runs ten, and others want to run some, too. */
const AT_A_TIME = 5;
/** What is older belongs to a run that did not see its end, in milliseconds. */
const ABANDONED = 3_600_000;
const EDIT = { needs: "edit playbooks" };
const RUN = { needs: "run playbooks" };

/** What a playbook is run on. */
export interface Stage {
    projectId: string;
    /** The `_id` of a snapshot, or of a project: its draft. */
    entrypoint: string;
    /** The referenceId of a flow. */
    flowId: string;
    /** The referenceId of a locale. */
    localeId: string;
    /** Milliseconds. */
    timeout: number;
}

/** One conversation on its way. */
interface Conversation {
    readonly testCase: TestCase;
    playbook?: string;
    task?: string;
    run?: string | undefined;
    step?: SimulationStep;
}

/** Conversations that the platform plays: each in a playbook of its own, so that none goes on where another one ended. */
export class Playbooks {
    private readonly simulations = new Map<string, { stage: Stage; conversations: Conversation[] }>();

    constructor(
        private readonly api: AiApi,
        private readonly clock: Clock,
    ) {}

    /** Starts a simulation. @returns its id. */
    async start(stage: Stage, testCases: readonly TestCase[]): Promise<string> {
        await this.removeAbandoned(stage.projectId);
        const conversations = testCases.map((testCase): Conversation => ({ testCase }));
        const id = await this.guarded(conversations, async () => {
            await this.advance(stage, conversations);
            return conversations[0]?.playbook ?? "";
        });
        this.simulations.set(id, { stage, conversations });
        return id;
    }

    /** How far a simulation has come; looking takes it further. */
    async progress(id: string): Promise<SimulationProgress> {
        const simulation = this.simulations.get(id);
        if (!simulation) {
            throw new PlatformError("not_found", id, `there is no simulation ${id}.`);
        }
        const { stage, conversations } = simulation;
        await this.guarded(conversations, () => this.advance(stage, conversations));
        const steps = conversations.flatMap(({ step }) => step ?? []);
        if (steps.length < conversations.length) {
            return { status: "running", steps };
        }
        this.simulations.delete(id);
        return { status: "completed", steps };
    }

    /** Takes the first conversations that have not ended one step further. */
    private async advance(stage: Stage, conversations: readonly Conversation[]): Promise<void> {
        const open = conversations.filter(({ step }) => !step).slice(0, AT_A_TIME);
        await Promise.all(open.map((one) => this.next(stage, one)));
    }

    private async next(stage: Stage, one: Conversation): Promise<void> {
        if (one.playbook === undefined) {
            one.playbook = await this.write(stage, one.testCase);
        }
        if (one.task === undefined) {
            one.task = await this.schedule(stage, one.playbook);
            return;
        }
        one.run ??= await this.runOf(one);
        const step = one.step ?? (one.run === undefined ? undefined : await this.result(one, one.run));
        if (step) {
            await this.remove(one.playbook);
            one.step = step;
        }
    }

    private async write({ projectId, timeout }: Stage, { input, expectedIntent }: TestCase): Promise<string> {
        const steps = [
            { text: input, asserts: [{ type: "assertIntent", params: { intent: expectedIntent } }] },
        ];
        const name = `${NAME}: ${input}`.slice(0, 200).toWellFormed();
        const made = await this.api.post("/playbooks", answers.playbook, {
            json: { projectId, name, abortOnError: false, timeout, steps },
            ...EDIT,
        });
        if ((made.steps?.length ?? 0) === 0) {
            await this.writeStep(made._id, steps[0]);
        }
        return made._id;
    }

    /** Some versions take no steps with the playbook, and no asserts with a step. */
    private async writeStep(
        playbook: string,
        step: { text: string; asserts: object[] } | undefined,
    ): Promise<void> {
        const path = `/playbooks/${part(playbook)}/steps`;
        const made = await this.api.post(path, answers.playbookStep, { json: step, ...EDIT });
        for (const assert of made.asserts?.length ? [] : (step?.asserts ?? [])) {
            await this.api.post(`${path}/${part(made._id)}/asserts`, answers.anything, {
                json: assert,
                ...EDIT,
            });
        }
    }

    private async schedule({ entrypoint, flowId, localeId }: Stage, playbook: string): Promise<string> {
        const { _id } = await this.api.post(`/playbooks/${part(playbook)}/schedule`, answers.taskStarted, {
            json: { entrypoint, flowId, localeId },
            ...RUN,
        });
        return _id;
    }

    /** The run that a task has made; a task that failed is a conversation that failed. */
    private async runOf(one: Conversation): Promise<string | undefined> {
        const { status, failReason, data } = await this.api.get(
            `/tasks/${part(one.task ?? "")}`,
            answers.task,
            RUN,
        );
        if (status === "error" || status === "cancelled") {
            one.step = failed(one.testCase, `the playbook did not run: ${failReason || status}`);
            return undefined;
        }
        const run = data?.playbookRunId;
        return typeof run === "string" ? run : undefined;
    }

    /** How a run went. It is there some time after its task, and has its result some time after that. */
    private async result(
        { playbook = "", testCase }: Conversation,
        run: string,
    ): Promise<SimulationStep | undefined> {
        const found = await this.api.find(
            `/playbooks/${part(playbook)}/runs/${part(run)}`,
            answers.playbookRun,
            RUN,
        );
        return found?.status === "successful" || found?.status === "failed"
            ? stepOf(found, testCase)
            : undefined;
    }

    /** Nothing of a simulation that breaks off is left behind. */
    private async guarded<T>(conversations: readonly Conversation[], work: () => Promise<T>): Promise<T> {
        try {
            return await work();
        } catch (error) {
            // What the platform does while it is away goes on, and is asked for again.
            if (!isPlatformError(error, "unavailable", "rate_limited")) {
                const left = conversations.flatMap(({ playbook, step }) => (step ? [] : (playbook ?? [])));
                await Promise.all(left.map((playbook) => this.remove(playbook).catch(() => {})));
            }
            throw error;
        }
    }

    private async removeAbandoned(projectId: string): Promise<void> {
        const found = await this.api.all("/playbooks", answers.playbook, {
            query: { projectId, filter: NAME },
            ...RUN,
        });
        const abandoned = found.filter(
            ({ name, createdAt = 0 }) =>
                name.startsWith(NAME) && this.clock.now() - createdAt * 1000 > ABANDONED,
        );
        await Promise.all(abandoned.map(({ _id }) => this.remove(_id)));
    }

    private async remove(playbook: string): Promise<void> {
        await this.api.http.status(
            { method: "DELETE", path: `/new/v2.0/playbooks/${part(playbook)}`, ...EDIT },
            [404],
        );
    }
}

function stepOf(
    { status, stepResults }: answers.PlaybookRun,
    { input, expectedIntent }: TestCase,
): SimulationStep {
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

function failed({ input, expectedIntent }: TestCase, reason: string): SimulationStep {
    return { status: "failed", input, expectedIntent, reason };
}
