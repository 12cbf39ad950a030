import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Json, JsonObject } from "../json";
import { Refusal } from "../refusal";
import { judge } from "./asserts";
import type { Entrypoints } from "./entrypoints";
import { newObjectId } from "./ids";
import type { Project } from "./project";
import { type AssertType, type Binding, byReference, type Playbook, type PlaybookStep } from "./resource";
import { type Task, type TaskEnd, TaskFailure, type Tasks } from "./tasks";
import { secondsOf } from "./time";
import { freshState, takeTurn } from "./walk";

/** How many steps a playbook may have. */
export const stepLimit = 50;

/** How many playbooks run at once; others wait. */
export const playbooksAtOnce = 10;

/** A step as a caller gives it. */
export interface StepDraft {
    readonly text?: string;
    readonly data?: Json;
    readonly asserts?: readonly { readonly type: AssertType; readonly params: JsonObject }[];
}

/** A playbook as a caller gives it; what is left out of a change stays as it is. */
export interface PlaybookDraft {
    readonly name?: string;
    readonly abortOnError?: boolean;
    readonly timeout?: number;
    readonly steps?: readonly StepDraft[];
}

/** How an assert of a run went. */
export interface AssertResult {
    readonly _id: string;
    readonly type: AssertType;
    readonly status: RunStatus;
    readonly params: JsonObject;
    readonly negate: boolean;
    readonly actual: JsonObject;
}

/** How a step of a run went. */
export interface StepResult {
    readonly _id: string;
    readonly status: RunStatus;
    readonly text: string;
    readonly data: Json;
    readonly timeout: boolean;
    readonly asserts: readonly AssertResult[];
}

/** How a run or a part of it ended. */
export type RunStatus = "successful" | "failed";

/** A run of a playbook. */
export interface PlaybookRun extends Binding {
    readonly _id: string;
    readonly playbookId: string;
    readonly createdBy: string;
    /** Seconds since 1970. */
    readonly createdAt: number;
    readonly end: TaskEnd;
    readonly status: RunStatus;
    readonly stepResults: readonly StepResult[];
}

/** The parts of the platform that playbooks need. */
export interface PlaybookParts {
    readonly tasks: Tasks;
    readonly entrypoints: Entrypoints;
    readonly clock: Clock;
}

/** The playbooks of all projects and their runs. */
export class Playbooks {
    /** Oldest first. */
    private readonly runs = new Map<string, PlaybookRun>();
    private readonly scriptedToFail = new Set<string>();

    constructor(private readonly parts: PlaybookParts) {}

    /** The asserts of steps that say these texts fail, whatever the flow does. */
    failOn(texts: readonly string[]): void {
        this.scriptedToFail.clear();
        for (const text of texts) {
            this.scriptedToFail.add(text);
        }
    }

    /** Adds a playbook, or changes one. @throws Refusal when it would have too many steps */
    save(
        project: Project,
        playbook: Playbook,
        { steps, ...fields }: PlaybookDraft,
        userId: string,
    ): Playbook {
        const changed: Playbook = {
            ...playbook,
            ...fields,
            steps: steps === undefined ? playbook.steps : steps.map(stepFrom),
            lastChanged: secondsOf(this.parts.clock.now()),
            lastChangedBy: userId,
        };
        if (changed.steps.length > stepLimit) {
            throw Refusal.invalid(`steps must have at most ${stepLimit} items.`);
        }
        project.put(changed);
        return changed;
    }

    /** An empty playbook, not saved yet. */
    fresh(userId: string): Playbook {
        const now = secondsOf(this.parts.clock.now());
        return {
            type: "playbook",
            _id: newObjectId(),
            referenceId: randomUUID(),
            name: "New Playbook",
            abortOnError: false,
            timeout: 2000,
            steps: [],
            createdAt: now,
            lastChanged: now,
            createdBy: userId,
            lastChangedBy: userId,
        };
    }

    /**
     * Runs a playbook on what the entrypoint holds at the end of the task, whose data then tells the `playbookRunId`.
     * The run can be read a moment later, and has its result a moment after that.
     */
    schedule(project: Project, playbook: Playbook, binding: Binding, userId: string): Task {
        const { entrypoint, flowId, localeId } = binding;
        return this.parts.tasks.start({
            type: "runPlaybook",
            projectId: project._id,
            parameters: { playbookId: playbook._id, entrypoint, flowId, localeId },
            createdBy: userId,
            atOnce: playbooksAtOnce,
            effect: (end) => {
                const run: PlaybookRun = {
                    _id: newObjectId(),
                    playbookId: playbook._id,
                    createdBy: userId,
                    createdAt: secondsOf(end.at),
                    end,
                    entrypoint,
                    flowId,
                    localeId,
                    ...this.play(playbook, binding),
                };
                this.runs.set(run._id, run);
                return { playbookRunId: run._id };
            },
        });
    }

    /** The runs of a playbook that can be read by now, oldest first. */
    runsOf(playbookId: string): PlaybookRun[] {
        return [...this.runs.values()].filter((run) => run.playbookId === playbookId && this.isReadable(run));
    }

    /** @throws Refusal when there is no such run of the playbook, or not yet */
    find(playbookId: string, runId: string): PlaybookRun {
        const run = this.runs.get(runId);
        if (run === undefined || run.playbookId !== playbookId || !this.isReadable(run)) {
            throw Refusal.notFound("The playbook run does not exist.");
        }
        return run;
    }

    /** Whether the run has its result. */
    isOver({ end }: PlaybookRun): boolean {
        return this.parts.clock.now() >= end.at + 2 * end.settleMs;
    }

    forget(runId: string): void {
        this.runs.delete(runId);
    }

    private isReadable({ end }: PlaybookRun): boolean {
        return this.parts.clock.now() >= end.at + end.settleMs;
    }

    private play(
        { steps, abortOnError }: Playbook,
        { entrypoint, flowId }: Binding,
    ): Pick<PlaybookRun, "status" | "stepResults"> {
        const content = this.parts.entrypoints.open(entrypoint);
        const flow = content && byReference(content.resources, "flow", flowId);
        if (content === undefined || flow === undefined) {
            throw new TaskFailure(`The flow "${flowId}" was not found in the entrypoint "${entrypoint}".`);
        }
        const stepResults: StepResult[] = [];
        let state = freshState;
        for (const step of steps) {
            const turn = takeTurn(flow, content.resources, state, step.text);
            state = turn.state;
            const asserts = step.asserts.map(({ _id, type, params }) => {
                const { holds, actual } = judge({ _id, type, params }, turn);
                const status = statusOf(holds && !this.scriptedToFail.has(step.text));
                return { _id, type, status, params, negate: params.negate === true, actual };
            });
            const status = statusOf(asserts.every((assert) => assert.status === "successful"));
            const { _id, text, data } = step;
            stepResults.push({ _id, status, text, data, timeout: false, asserts });
            if (status === "failed" && abortOnError) {
                break;
            }
        }
        return {
            status: statusOf(stepResults.every((step) => step.status === "successful")),
            stepResults,
        };
    }
}

/** The step with ids of its own. */
export function stepFrom({ text = "", data = null, asserts = [] }: StepDraft): PlaybookStep {
    return { _id: newObjectId(), text, data, asserts: asserts.map(assertFrom) };
}

/** The assert with an id of its own. */
export function assertFrom({
    type,
    params,
}: {
    readonly type: AssertType;
    readonly params: JsonObject;
}): PlaybookStep["asserts"][number] {
    return { _id: newObjectId(), type, params };
}

function statusOf(isSuccessful: boolean): RunStatus {
    return isSuccessful ? "successful" : "failed";
}
