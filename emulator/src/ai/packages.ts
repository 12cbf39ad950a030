import { randomUUID } from "node:crypto";
import type { JsonObject } from "../json";
import { type Archive, unzipPackage, zipPackage } from "./archive";
import { copiesFor, hashOf } from "./copies";
import { type Downloads, fileLifetimeMs } from "./downloads";
import { newObjectId } from "./ids";
import type { Project } from "./project";
import type { Resource } from "./resource";
import { Shelf } from "./shelf";
import { type Task, type TaskEnd, TaskFailure, type Tasks } from "./tasks";
import { secondsOf } from "./time";
import type { VariantBook } from "./variants";

/** Some resources of a project, to be merged into another one. */
export interface Package {
    readonly _id: string;
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly hash: string;
    /** Seconds since 1970. */
    readonly createdAt: number;
    readonly createdBy: string;
    readonly resources: readonly Resource[];
    readonly end: TaskEnd;
}

/** What a package is made of. */
export interface PackageRequest {
    readonly name: string;
    readonly description: string;
    readonly resourceIds: readonly string[];
}

/** What happens to a resource of which the project already has one with the same referenceId. */
export const identityConflictStrategies = ["replace", "re-identify", "abort", "merge"] as const;

/** How one resource is merged. */
export interface MergeStrategy {
    readonly _id: string;
    readonly rename?: string;
    /** @default true */
    readonly autoRename?: boolean;
    /** @default abort */
    readonly identityConflictStrategy?: (typeof identityConflictStrategies)[number];
    /** Accepted, and of no effect: a merged resource takes the content of the package. */
    readonly mergeStrategy?: JsonObject;
}

/** What of a package goes into the project, and how. */
export interface MergeRequest {
    readonly resourceIds: readonly string[];
    /** `_id`s. */
    readonly localeMapping: readonly { readonly agentLocaleId: string; readonly packageLocaleId: string }[];
    readonly strategies?: readonly MergeStrategy[];
}

/** The parts of the platform that packages need. */
export interface PackageParts {
    readonly tasks: Tasks;
    readonly downloads: Downloads;
    readonly variants: VariantBook;
}

/** All packages of all projects. */
export class Packages extends Shelf<Package> {
    constructor(private readonly parts: PackageParts) {
        super("package");
    }

    /** Packs resources at the end of the task, whose data then tells the `packageId`. */
    create(project: Project, request: PackageRequest, userId: string): Task {
        const { name, description, resourceIds } = request;
        return this.parts.tasks.start({
            type: "createPackageNFS",
            projectId: project._id,
            parameters: { projectId: project._id, name, description, resourceIds },
            createdBy: userId,
            effect: (end) =>
                this.add(
                    project,
                    { name, description, resources: chosen(project.all(), resourceIds) },
                    userId,
                    end,
                ),
        });
    }

    /** Adds the package in a file to a project, at the end of the task. */
    upload(project: Project, bytes: Buffer, userId: string): Task {
        return this.parts.tasks.start({
            type: "uploadPackage",
            projectId: project._id,
            parameters: { projectId: project._id },
            createdBy: userId,
            effect: (end) => this.add(project, unzipPackage(bytes), userId, end),
        });
    }

    remove(found: Package, userId: string): Task {
        return this.parts.tasks.start({
            type: "deletePackage",
            projectId: found.projectId,
            parameters: { packageId: found._id },
            createdBy: userId,
            effect: () => {
                this.forget(found._id);
                return {};
            },
        });
    }

    /** A link to the file that works once. */
    downloadLink({ name, description, resources, end }: Package): string {
        const file = {
            bytes: zipPackage({ name, description, resources }),
            end,
            expiresAt: end.at + fileLifetimeMs,
        };
        const needsKey = this.parts.variants.now.packageLinks === "authenticated";
        return this.parts.downloads.link(file, ["empty", "half"], needsKey);
    }

    /** Merges resources of the package into its project, at the end of the task: all of them, or none. */
    merge(found: Package, project: Project, request: MergeRequest, userId: string): Task {
        return this.parts.tasks.start({
            type: "mergePackage",
            projectId: project._id,
            parameters: { packageId: found._id, ...(request as unknown as JsonObject) },
            createdBy: userId,
            effect: () => {
                for (const resource of merged(project, found, request)) {
                    project.put(resource);
                }
                return {};
            },
        });
    }

    private add(project: Project, archive: Archive, userId: string, end: TaskEnd): JsonObject {
        const _id = newObjectId();
        this.put({
            _id,
            projectId: project._id,
            name: archive.name,
            description: archive.description,
            hash: hashOf(archive.resources),
            createdAt: secondsOf(end.at),
            createdBy: userId,
            resources: copiesFor(_id, archive.resources),
            end,
        });
        return { packageId: _id };
    }
}

function chosen(resources: readonly Resource[], ids: readonly string[]): Resource[] {
    return ids.map((id) => {
        const found = resources.find(({ _id }) => _id === id);
        if (found === undefined) {
            throw new TaskFailure(`The resource "${id}" was not found.`);
        }
        return found;
    });
}

function merged(project: Project, found: Package, request: MergeRequest): Resource[] {
    const locales = localesOf(project, found, request);
    const strategies = new Map(request.strategies?.map((strategy) => [strategy._id, strategy]));
    const names = new Set(project.all().map(nameKey));
    return chosen(found.resources, request.resourceIds).map((resource) => {
        const strategy = strategies.get(resource._id) ?? { _id: resource._id };
        const result = placed(project, localized(resource, locales), strategy, names);
        names.add(nameKey(result));
        return result;
    });
}

/** Which referenceId of the project stands for which of the package. */
function localesOf(
    project: Project,
    found: Package,
    { localeMapping }: MergeRequest,
): ReadonlyMap<string, string> {
    return new Map(
        localeMapping.map(({ agentLocaleId, packageLocaleId }) => {
            const ours = project.get(agentLocaleId);
            const theirs = found.resources.find(({ _id }) => _id === packageLocaleId);
            if (ours?.type !== "locale" || theirs?.type !== "locale") {
                throw new TaskFailure("The locale mapping names a locale that does not exist.");
            }
            return [theirs.referenceId, ours.referenceId];
        }),
    );
}

function localized(resource: Resource, locales: ReadonlyMap<string, string>): Resource {
    if (resource.type !== "flow") {
        return resource;
    }
    const locale = locales.get(resource.locale);
    if (locale === undefined) {
        throw new TaskFailure(`The locale of the flow "${resource.name}" is not mapped.`);
    }
    return { ...resource, locale };
}

function placed(
    project: Project,
    resource: Resource,
    strategy: MergeStrategy,
    names: ReadonlySet<string>,
): Resource {
    const { identityConflictStrategy = "abort", rename, autoRename = true } = strategy;
    const existing = project
        .all()
        .find(({ type, referenceId }) => type === resource.type && referenceId === resource.referenceId);
    if (existing === undefined || identityConflictStrategy === "re-identify") {
        const referenceId = existing === undefined ? resource.referenceId : randomUUID();
        const name = freeName(rename ?? resource.name, resource, autoRename, names);
        return { ...resource, _id: newObjectId(), referenceId, name };
    }
    if (identityConflictStrategy === "abort") {
        throw new TaskFailure(
            `Identity conflict: the project already has the ${resource.type} "${existing.name}".`,
        );
    }
    return { ...resource, _id: existing._id, name: rename ?? resource.name };
}

function freeName(
    wanted: string,
    resource: Resource,
    autoRename: boolean,
    names: ReadonlySet<string>,
): string {
    const isTaken = (name: string) => names.has(nameKey({ ...resource, name }));
    if (!isTaken(wanted)) {
        return wanted;
    }
    if (!autoRename) {
        throw new TaskFailure(`Conflict: the project already has a ${resource.type} "${wanted}".`);
    }
    let counter = 1;
    while (isTaken(`${wanted} (${counter})`)) {
        counter += 1;
    }
    return `${wanted} (${counter})`;
}

function nameKey({ type, name }: Resource): string {
    return JSON.stringify([type, name]);
}
