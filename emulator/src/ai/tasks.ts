import type { Clock } from "../clock";
import type { JsonObject } from "../json";
import { Refusal } from "../refusal";
import { newObjectId } from "./ids";

/** How a task can stand. */
export type TaskStatus = "queued" | "active" | "done" | "cancelling" | "cancelled" | "error";

/** The work of a task failed; the message becomes its `failReason`. */
export class TaskFailure extends Error {
    override readonly name = "TaskFailure";
}

/** How long things take, in milliseconds. */
export interface Timing {
    /** How long a task waits. */
    readonly queuedMs: number;
    /** How long it is active. */
    readonly taskMs: number;
    /** How long it takes, in steps of this length, until what a task made can be had in full. */
    readonly settleMs: number;
}

/** How the next tasks go. */
export interface TaskScript {
    /** The tasks that it is for, such as `createSnapshot`. @default any */
    readonly type?: string;
    /** `stuck` stays active for ever. @default done */
    readonly outcome?: "done" | "error" | "stuck";
    /** What a task with the outcome `error` says. */
    readonly failReason?: string;
    /** Whether what the task is for happens, whatever its outcome says. @default when it is done */
    readonly takesEffect?: boolean;
    /** @default as in the data */
    readonly queuedMs?: number;
    /** How long it is active. @default the `taskMs` of the data */
    readonly durationMs?: number;
    /** @default as in the data */
    readonly settleMs?: number;
    /** Joins the task's `data` when it ends. */
    readonly data?: JsonObject;
}

/** When a task ended, and how long it takes until all can be had. Milliseconds. */
export interface TaskEnd {
    readonly at: number;
    readonly settleMs: number;
}

/** What a task is to do. */
export interface TaskPlan {
    readonly type: string;
    readonly projectId: string;
    readonly parameters: JsonObject;
    /** The `_id` of the user. */
    readonly createdBy: string;
    /** How many tasks of this type may be active at once. @default any number */
    readonly atOnce?: number;
    /** Does it, at the end of the task; what it gives joins the task's `data`. @throws TaskFailure */
    readonly effect: (end: TaskEnd) => JsonObject;
}

/** A task as it stands. Times are milliseconds since 1970. */
export interface Task {
    readonly _id: string;
    readonly type: string;
    readonly projectId: string;
    readonly parameters: JsonObject;
    readonly createdBy: string;
    readonly createdAt: number;
    readonly activeAt: number;
    /** When it will end or has ended; infinite when it is stuck. */
    readonly endsAt: number;
    readonly status: TaskStatus;
    /** The parameters, and what came out. */
    readonly data: JsonObject;
    readonly failReason: string;
}

interface Entry {
    readonly _id: string;
    readonly plan: TaskPlan;
    readonly script: TaskScript;
    readonly createdAt: number;
    readonly activeAt: number;
    endsAt: number;
    ending: "cancelling" | "cancelled" | "done" | "error" | null;
    data: JsonObject;
    failReason: string;
}

/** All tasks of the organisation. Time alone moves them on: `settle` does what is due. */
export class Tasks {
    /** Oldest first. */
    private readonly entries = new Map<string, Entry>();
    private readonly pending = new Set<Entry>();
    private readonly scripts: { readonly script: TaskScript; times: number }[] = [];

    constructor(
        private readonly timing: Timing,
        private readonly clock: Clock,
    ) {}

    /** Says how the next `times` tasks go; scripts are used up in the order in which they come. */
    addScript(script: TaskScript, times = 1): void {
        this.scripts.push({ script, times });
    }

    start(plan: TaskPlan): Task {
        const script = this.nextScript(plan.type);
        const createdAt = this.clock.now();
        const activeAt = Math.max(
            createdAt + (script.queuedMs ?? this.timing.queuedMs),
            this.slotFrom(plan, createdAt),
        );
        const entry: Entry = {
            _id: newObjectId(),
            plan,
            script,
            createdAt,
            activeAt,
            endsAt:
                script.outcome === "stuck"
                    ? Number.POSITIVE_INFINITY
                    : activeAt + (script.durationMs ?? this.timing.taskMs),
            ending: null,
            data: plan.parameters,
            failReason: "",
        };
        this.entries.set(entry._id, entry);
        this.pending.add(entry);
        return this.seen(entry);
    }

    /** All tasks, oldest first. */
    list(): Task[] {
        return [...this.entries.values()].map((entry) => this.seen(entry));
    }

    /** @throws Refusal when there is no such task */
    find(id: string): Task {
        return this.seen(this.entry(id));
    }

    /** Stops a task: a queued one at once, an active one a moment later. @throws Refusal when it has ended */
    cancel(id: string): void {
        const entry = this.entry(id);
        const { status } = this.seen(entry);
        if (status !== "queued" && status !== "active") {
            throw new Refusal(
                "conflict",
                "task_ended",
                `The task "${id}" cannot be cancelled: it is ${status}.`,
            );
        }
        const now = this.clock.now();
        if (status === "queued") {
            this.pending.delete(entry);
            entry.ending = "cancelled";
            entry.endsAt = now;
        } else {
            entry.ending = "cancelling";
            entry.endsAt = now + this.timing.settleMs;
        }
    }

    /** Ends what is due, the earliest first: whether a name is taken depends on the order. */
    settle(): void {
        const now = this.clock.now();
        const due = [...this.pending]
            .filter(({ endsAt }) => endsAt <= now)
            .sort((a, b) => a.endsAt - b.endsAt);
        for (const entry of due) {
            this.pending.delete(entry);
            this.end(entry);
        }
    }

    private end(entry: Entry): void {
        if (entry.ending === "cancelling") {
            entry.ending = "cancelled";
            return;
        }
        const { outcome = "done", failReason = "The task was scripted to fail." } = entry.script;
        const takesEffect = entry.script.takesEffect ?? outcome === "done";
        try {
            const settleMs = entry.script.settleMs ?? this.timing.settleMs;
            const made = takesEffect ? entry.plan.effect({ at: entry.endsAt, settleMs }) : {};
            entry.ending = outcome === "error" ? "error" : "done";
            entry.data = { ...entry.data, ...(outcome === "done" ? made : {}), ...entry.script.data };
            entry.failReason = outcome === "error" ? failReason : "";
        } catch (error) {
            if (!(error instanceof TaskFailure)) {
                throw error;
            }
            entry.ending = "error";
            entry.failReason = error.message;
        }
    }

    /** From when on there is room for one more of its type. */
    private slotFrom({ type, atOnce }: TaskPlan, now: number): number {
        if (atOnce === undefined) {
            return now;
        }
        const ends = [...this.pending]
            .filter(({ plan }) => plan.type === type)
            .map(({ endsAt }) => endsAt)
            .sort((a, b) => a - b);
        return ends[ends.length - atOnce] ?? now;
    }

    private nextScript(type: string): TaskScript {
        const index = this.scripts.findIndex(
            ({ script }) => script.type === undefined || script.type === type,
        );
        const found = this.scripts[index];
        if (found === undefined) {
            return {};
        }
        found.times -= 1;
        if (found.times === 0) {
            this.scripts.splice(index, 1);
        }
        return found.script;
    }

    private entry(id: string): Entry {
        const entry = this.entries.get(id);
        if (entry === undefined) {
            throw Refusal.notFound(`The task "${id}" does not exist.`);
        }
        return entry;
    }

    private seen({ _id, plan, createdAt, activeAt, endsAt, ending, data, failReason }: Entry): Task {
        const { type, projectId, parameters, createdBy } = plan;
        const status = ending ?? (this.clock.now() < activeAt ? "queued" : "active");
        return {
            _id,
            type,
            projectId,
            parameters,
            createdBy,
            createdAt,
            activeAt,
            endsAt,
            status,
            data,
            failReason,
        };
    }
}
