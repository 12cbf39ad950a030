import type { FastifyRequest } from "fastify";
import { Refusal } from "../../refusal";
import { isObjectId } from "../ids";
import type { Package } from "../packages";
import type { AiPlatform } from "../platform";
import type { Project } from "../project";
import type { ResourceOf, ResourceType } from "../resource";
import type { Snapshot } from "../snapshots";
import type { Task } from "../tasks";
import { isMember } from "../users";
import { callerOf } from "./caller";

/**
 * What a caller can reach. Every method throws a `Refusal`: the id is malformed (400), there is no such thing (404), or
 * it is not the caller's (403).
 */
export class Reach {
    constructor(private readonly platform: AiPlatform) {}

    project(request: FastifyRequest, id: string): Project {
        checkId(id, "projectId");
        const project = this.platform.projects.find(id);
        if (!isMember(callerOf(request), project)) {
            throw new Refusal("forbidden", "forbidden", `You are no member of the project "${id}".`);
        }
        return project;
    }

    /** All projects of which the caller is a member. */
    projects(request: FastifyRequest): Project[] {
        return this.platform.projects.list().filter((project) => isMember(callerOf(request), project));
    }

    /** The project that the query names, or all. */
    queriedProjects(request: FastifyRequest): Project[] {
        const { projectId } = request.query as { readonly projectId?: string };
        return projectId === undefined ? this.projects(request) : [this.project(request, projectId)];
    }

    resource<Type extends ResourceType>(
        request: FastifyRequest,
        type: Type,
        id: string,
    ): { readonly project: Project; readonly resource: ResourceOf<Type> } {
        checkId(id, `${type}Id`);
        const held = this.platform.projects.holding(id);
        if (held === undefined || held.resource.type !== type) {
            throw Refusal.notFound(`The ${type} "${id}" does not exist.`);
        }
        const project = this.project(request, held.project._id);
        if (project.forbidden.has(id)) {
            throw new Refusal("forbidden", "forbidden", `You may not read the ${type} "${id}".`);
        }
        return { project, resource: held.resource as ResourceOf<Type> };
    }

    snapshot(request: FastifyRequest, id: string): Snapshot {
        checkId(id, "snapshotId");
        return this.own(request, this.platform.snapshots.find(id));
    }

    package(request: FastifyRequest, id: string): Package {
        checkId(id, "packageId");
        return this.own(request, this.platform.packages.find(id));
    }

    task(request: FastifyRequest, id: string): Task {
        checkId(id, "taskId");
        return this.own(request, this.platform.tasks.find(id));
    }

    private own<Thing extends { readonly projectId: string }>(request: FastifyRequest, thing: Thing): Thing {
        this.project(request, thing.projectId);
        return thing;
    }
}

function checkId(id: string, name: string): void {
    if (!isObjectId(id)) {
        throw Refusal.invalid(`${name} must be 24 letters and digits.`);
    }
}
