import type { Clock } from "../clock";
import { type Archive, openSnapshot, sealSnapshot } from "./archive";
import { copiesFor, hashOf, snapshottable } from "./copies";
import { type Downloads, fileLifetimeMs, type Prepared } from "./downloads";
import { newObjectId, referenceIdFor } from "./ids";
import type { Project, Projects } from "./project";
import type { Resource } from "./resource";
import { Shelf } from "./shelf";
import { type Task, TaskFailure, type Tasks } from "./tasks";
import { secondsOf } from "./time";
import type { VariantBook } from "./variants";

/** How many snapshots a project may have. */
export const snapshotLimit = 10;

/** A frozen copy of a project. */
export interface Snapshot {
    readonly _id: string;
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly hash: string;
    /** Seconds since 1970. */
    readonly createdAt: number;
    readonly createdBy: string;
    readonly resources: readonly Resource[];
}

/** What a snapshot is called. */
export interface SnapshotName {
    readonly name: string;
    readonly description: string;
}

/** The parts of the platform that snapshots need. */
export interface SnapshotParts {
    readonly projects: Projects;
    readonly tasks: Tasks;
    readonly downloads: Downloads;
    readonly variants: VariantBook;
    readonly clock: Clock;
}

/** All snapshots of all projects. */
export class Snapshots extends Shelf<Snapshot> {
    private readonly files = new Map<string, Prepared>();

    constructor(
        start: readonly Snapshot[],
        private readonly parts: SnapshotParts,
    ) {
        super("snapshot", start);
    }

    /** The prepared file of a snapshot, while it is kept. */
    file(id: string): Prepared | null {
        const file = this.files.get(id);
        return file === undefined || file.expiresAt <= this.parts.clock.now() ? null : file;
    }

    /** Freezes the project at the end of the task, which does not tell the snapshot's `_id`. */
    create(project: Project, { name, description }: SnapshotName, userId: string): Task {
        return this.parts.tasks.start({
            type: "createSnapshot",
            projectId: project._id,
            parameters: { projectId: project._id, name, description },
            createdBy: userId,
            effect: ({ at }) => {
                this.take(project, { name, description }, userId, at);
                return {};
            },
        });
    }

    /** Freezes the project at once. @throws TaskFailure when the name is taken or there are too many */
    take(project: Project, name: SnapshotName, userId: string, at: number): Snapshot {
        return this.add(project, { ...name, resources: snapshottable(project.all()) }, userId, at);
    }

    /** Deletes it at the end of the task, unless an endpoint leads to it. */
    remove(snapshot: Snapshot, userId: string): Task {
        return this.parts.tasks.start({
            type: "deleteSnapshot",
            projectId: snapshot.projectId,
            parameters: { snapshotId: snapshot._id },
            createdBy: userId,
            effect: () => {
                this.mustBeThere(snapshot);
                const [endpoint] = this.attachedTo(snapshot);
                if (endpoint !== undefined) {
                    throw new TaskFailure(
                        `The snapshot "${snapshot.name}" is attached to an endpoint: "${endpoint}".`,
                    );
                }
                this.forget(snapshot._id);
                return {};
            },
        });
    }

    override forget(id: string): void {
        super.forget(id);
        this.files.delete(id);
    }

    /** The names of the endpoints that lead to it. */
    attachedTo({ _id, projectId }: Snapshot): string[] {
        return this.parts.projects
            .find(projectId)
            .of("endpoint")
            .filter(({ entrypoint }) => entrypoint === _id)
            .map(({ name }) => name);
    }

    /** Prepares the file of a snapshot. */
    package(snapshot: Snapshot, userId: string): Task {
        return this.parts.tasks.start({
            type: "packageSnapshot",
            projectId: snapshot.projectId,
            parameters: { snapshotId: snapshot._id },
            createdBy: userId,
            effect: (end) => {
                this.mustBeThere(snapshot);
                const { name, description, resources } = snapshot;
                this.files.set(snapshot._id, {
                    bytes: sealSnapshot({ name, description, resources }),
                    end,
                    expiresAt: end.at + fileLifetimeMs,
                });
                return {};
            },
        });
    }

    /** A link to the prepared file that works once. @throws Refusal when there is none, or not yet */
    downloadLink({ _id }: Snapshot): string {
        const needsKey = this.parts.variants.now.snapshotLinks === "authenticated";
        return this.parts.downloads.link(this.file(_id), ["refused", "placeholder", "half"], needsKey);
    }

    /** Adds the snapshot in a file to a project, at the end of the task. */
    upload(project: Project, bytes: Buffer, userId: string): Task {
        return this.parts.tasks.start({
            type: "uploadSnapshotPackage",
            projectId: project._id,
            parameters: { projectId: project._id },
            createdBy: userId,
            effect: ({ at }) => {
                this.add(project, this.rereferenced(openSnapshot(bytes)), userId, at);
                return {};
            },
        });
    }

    /**
     * Replaces what the project holds by what the snapshot holds, under new `_id`s; endpoints stay, and speak the
     * primary locale.
     */
    restore(snapshot: Snapshot, userId: string): Task {
        const project = this.parts.projects.find(snapshot.projectId);
        return this.parts.tasks.start({
            type: "restoreSnapshot",
            projectId: project._id,
            parameters: { snapshotId: snapshot._id },
            createdBy: userId,
            effect: () => {
                this.mustBeThere(snapshot);
                for (const { _id } of snapshottable(project.all())) {
                    project.remove(_id);
                }
                for (const resource of copiesFor(newObjectId(), snapshot.resources)) {
                    project.put(resource);
                }
                const localeId = project.primaryLocale()?.referenceId ?? "";
                for (const endpoint of project.of("endpoint")) {
                    project.put({ ...endpoint, localeId });
                }
                return {};
            },
        });
    }

    /** It may have been deleted while the task was waiting. */
    private mustBeThere({ _id, name }: Snapshot): void {
        if (this.get(_id) === undefined) {
            throw new TaskFailure(`The snapshot "${name}" was not found.`);
        }
    }

    private add(
        project: Project,
        { name, description, resources }: Archive,
        userId: string,
        at: number,
    ): Snapshot {
        const siblings = this.of(project._id);
        if (siblings.some((snapshot) => snapshot.name === name)) {
            throw new TaskFailure(`Conflict: a snapshot with the name "${name}" already exists.`);
        }
        if (siblings.length >= snapshotLimit) {
            throw new TaskFailure(`Limit of allowed Snapshots (${snapshotLimit}) is reached.`);
        }
        const _id = newObjectId();
        const hash = hashOf(resources);
        const snapshot: Snapshot = {
            _id,
            projectId: project._id,
            name,
            description,
            hash: this.parts.variants.now.snapshotHash === "content" ? hash : `${hash.slice(0, 40)}${_id}`,
            createdAt: secondsOf(at),
            createdBy: userId,
            resources: copiesFor(_id, resources),
        };
        this.put(snapshot);
        return snapshot;
    }

    private rereferenced(archive: Archive): Archive {
        if (this.parts.variants.now.uploadedReferenceIds === "kept") {
            return archive;
        }
        const salt = newObjectId();
        const text = JSON.stringify(archive.resources);
        const renewed = archive.resources.reduce(
            (json, { referenceId }) => json.replaceAll(referenceId, referenceIdFor(salt, referenceId)),
            text,
        );
        return { ...archive, resources: JSON.parse(renewed) as Resource[] };
    }
}
