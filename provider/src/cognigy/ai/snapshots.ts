import * as z from "zod";
import type { Clock } from "../../clock.js";
import { ReleaseError } from "../../release/failure.js";
import { isPlatformError, PlatformError } from "../errors.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import { TaskFailed, type Tasks } from "./tasks.js";

/** How many snapshots a project may have; an installation of one's own may allow others. */
export const SNAPSHOT_LIMIT = 10;
/** How long a snapshot that has to make room may take to go, in milliseconds. */
const DELETION = 120_000;

const READ = { needs: "read snapshots" };
const CALL = "POST /new/v2.0/snapshots";

/** The frozen versions of projects. */
export class Snapshots {
    constructor(
        private readonly api: AiApi,
        private readonly tasks: Tasks,
        private readonly clock: Clock,
    ) {}

    /** All snapshots of a project. */
    of(projectId: string): Promise<answers.Snapshot[]> {
        return this.api.all("/snapshots", answers.snapshot, { query: { projectId }, ...READ });
    }

    /** The snapshot of exactly this name, which no other one of the project has. */
    async find(projectId: string, name: string): Promise<answers.Snapshot | undefined> {
        // The filter finds parts of names.
        const found = await this.api.all("/snapshots", answers.snapshot, {
            query: { projectId, filter: name },
            ...READ,
        });
        return found.find((snapshot) => snapshot.name === name);
    }

    /** Whether a snapshot is still there. */
    async exists(id: string): Promise<boolean> {
        return (await this.api.find(`/snapshots/${part(id)}`, z.unknown(), READ)) !== undefined;
    }

    /** What a snapshot holds of one kind. */
    contents(id: string, resourceType: "flow" | "locale") {
        return this.api.all(`/snapshots/${part(id)}/resources`, answers.snapshotResource, {
            query: { resourceType },
            ...READ,
        });
    }

    /**
     * Freezes the draft of a project, unless that was done before.
     *
     * @param deadline milliseconds, by the clock that nobody sets.
     * @throws SnapshotLimitReached; a PlatformError whose outcome is unknown where nobody can tell whether it will be there.
     */
    async create(projectId: string, name: string, description: string, deadline: number): Promise<Made> {
        await this.endOfEarlierTry(projectId, name, deadline);
        const there = await this.find(projectId, name);
        if (there) {
            return { snapshot: there, isOwn: false };
        }
        const failure = await this.freeze({ projectId, name, description }, deadline);
        // A name that is taken, a lost answer: what is there now decides.
        const snapshot = await this.find(projectId, name);
        if (snapshot) {
            return { snapshot, isOwn: failure === undefined };
        }
        throw (
            failure ??
            new PlatformError(
                "unavailable",
                CALL,
                `${CALL} was carried out, and there is no snapshot ${name}.`,
            )
        );
    }

    /** @returns why nobody can say that the snapshot was made here. */
    private async freeze(
        json: { projectId: string; name: string; description: string },
        deadline: number,
    ): Promise<PlatformError | SnapshotLimitReached | undefined> {
        try {
            const { _id } = await this.api.post("/snapshots", answers.taskStarted, {
                json,
                needs: "create snapshots",
                once: true,
            });
            await this.tasks.end(_id, CALL, deadline);
            return undefined;
        } catch (error) {
            if (error instanceof TaskFailed && /limit/i.test(error.reason)) {
                return new SnapshotLimitReached(error.reason);
            }
            if (isPlatformError(error)) {
                return error;
            }
            throw error;
        }
    }

    /** Deletes a snapshot, and waits until it is gone. */
    async remove(id: string): Promise<void> {
        const path = `/snapshots/${part(id)}`;
        const call = `DELETE /new/v2.0${path}`;
        const { _id } = await this.api.http.json(
            { method: "DELETE", path: `/new/v2.0${path}`, needs: "delete snapshots", once: true },
            answers.taskStarted,
        );
        await this.tasks.end(_id, call, this.clock.monotonic() + DELETION);
    }

    /** Waits for a snapshot of this name that is on its way, begun by a run that did not see its end. */
    private async endOfEarlierTry(projectId: string, name: string, deadline: number): Promise<void> {
        for (const { _id, name: kind, data } of await this.tasks.running(projectId)) {
            // Where a task does not tell what it makes, it may be this one.
            const made = data?.name ?? name;
            if (/createSnapshot/i.test(kind ?? "") && made === name) {
                await this.tasks.end(_id, CALL, deadline).catch((error: unknown) => {
                    if (!(error instanceof TaskFailed)) {
                        throw error;
                    }
                });
            }
        }
    }
}

/** A snapshot, and whether it was made by the call that gives it. */
export interface Made {
    snapshot: answers.Snapshot;
    isOwn: boolean;
}

/** There is no room for one more snapshot. */
export class SnapshotLimitReached extends ReleaseError {
    override name = "SnapshotLimitReached";
}
