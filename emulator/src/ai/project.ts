import type { Access } from "../bots/definition";
import { Refusal } from "../refusal";
import { ofType, type Resource, type ResourceOf, type ResourceType } from "./resource";

/** What a project is made from. */
export interface ProjectStart {
    readonly _id: string;
    readonly name: string;
    /** Seconds since 1970. */
    readonly createdAt: number;
    /** The `_id` of the user who made it. */
    readonly createdBy: string;
    readonly resources: readonly Resource[];
    /** The `_id`s of resources that nobody may look at. */
    readonly forbidden: readonly string[];
}

/** A project as it stands in the editor: its draft. */
export class Project {
    readonly _id: string;
    readonly name: string;
    readonly createdAt: number;
    readonly createdBy: string;
    /** The `_id`s of resources that nobody may look at. */
    readonly forbidden: Set<string>;
    private readonly resources: Map<string, Resource>;
    private readonly missing = new Map<string, Resource>();

    constructor({ resources, forbidden, ...start }: ProjectStart) {
        this._id = start._id;
        this.name = start.name;
        this.createdAt = start.createdAt;
        this.createdBy = start.createdBy;
        this.forbidden = new Set(forbidden);
        this.resources = new Map(resources.map((resource) => [resource._id, resource]));
    }

    /** All that is in it, oldest first. */
    all(): readonly Resource[] {
        return [...this.resources.values()];
    }

    of<Type extends ResourceType>(type: Type): ResourceOf<Type>[] {
        return ofType(this.all(), type);
    }

    get(id: string): Resource | undefined {
        return this.resources.get(id);
    }

    /** The locale that is used where none is named. */
    primaryLocale(): ResourceOf<"locale"> | undefined {
        return this.of("locale").find(({ primary }) => primary);
    }

    /** Adds a resource, or replaces the one with its `_id`. */
    put(resource: Resource): void {
        this.resources.set(resource._id, resource);
    }

    remove(id: string): void {
        this.resources.delete(id);
        this.forbidden.delete(id);
    }

    /** What was made missing by `setAccess`. */
    allMissing(): readonly Resource[] {
        return [...this.missing.values()];
    }

    /** Makes a resource accessible, forbidden or missing; a missing one can come back. */
    setAccess(resource: Resource, access: Access): void {
        this.missing.delete(resource._id);
        this.remove(resource._id);
        if (access === "missing") {
            this.missing.set(resource._id, resource);
            return;
        }
        this.put(resource);
        if (access === "forbidden") {
            this.forbidden.add(resource._id);
        }
    }
}

/** All projects of the organisation. */
export class Projects {
    private readonly projects: ReadonlyMap<string, Project>;

    constructor(starts: readonly ProjectStart[]) {
        this.projects = new Map(starts.map((start) => [start._id, new Project(start)]));
    }

    list(): readonly Project[] {
        return [...this.projects.values()];
    }

    get(id: string): Project | undefined {
        return this.projects.get(id);
    }

    /** The project that is known to exist. @throws Refusal when it does not */
    find(id: string): Project {
        const project = this.projects.get(id);
        if (project === undefined) {
            throw Refusal.notFound(`The project "${id}" does not exist.`);
        }
        return project;
    }

    /** The project that holds a resource. */
    holding(resourceId: string): { readonly project: Project; readonly resource: Resource } | undefined {
        for (const project of this.projects.values()) {
            const resource = project.get(resourceId);
            if (resource !== undefined) {
                return { project, resource };
            }
        }
        return undefined;
    }

    /** The endpoint with a token, and its project. */
    endpoint(
        urlToken: string,
    ): { readonly project: Project; readonly endpoint: ResourceOf<"endpoint"> } | undefined {
        for (const project of this.projects.values()) {
            const endpoint = project.of("endpoint").find(({ URLToken }) => URLToken === urlToken);
            if (endpoint !== undefined) {
                return { project, endpoint };
            }
        }
        return undefined;
    }
}
