import type { Project, Projects } from "./project";
import type { Resource } from "./resource";
import type { Snapshots } from "./snapshots";

/** What an entrypoint leads to. */
export interface EntrypointContent {
    /** The project that it belongs to. */
    readonly project: Project;
    readonly resources: readonly Resource[];
}

/** Entrypoints are ids of snapshots, or of projects: their drafts. */
export class Entrypoints {
    constructor(
        private readonly projects: Projects,
        private readonly snapshots: Snapshots,
    ) {}

    /** What is behind the id now; undefined when there is no such snapshot or project. */
    open(id: string): EntrypointContent | undefined {
        const snapshot = this.snapshots.get(id);
        if (snapshot !== undefined) {
            return { project: this.projects.find(snapshot.projectId), resources: snapshot.resources };
        }
        const project = this.projects.get(id);
        return project === undefined ? undefined : { project, resources: project.all() };
    }
}
