import { createHash } from "node:crypto";
import { objectIdFor } from "./ids";
import type { Resource } from "./resource";

/** What snapshots leave out. */
const outside: ReadonlySet<Resource["type"]> = new Set(["endpoint", "knowledgeStore"]);

/** What of a project's resources goes into a snapshot. */
export function snapshottable(resources: readonly Resource[]): Resource[] {
    return resources.filter(({ type }) => !outside.has(type));
}

/** The same resources with other `_id`s, always the same for the same owner. */
export function copiesFor(owner: string, resources: readonly Resource[]): Resource[] {
    return resources.map((resource) => ({ ...resource, _id: objectIdFor(owner, resource._id) }));
}

/** Tells contents apart: equal resources give equal hashes, whatever their `_id`s and dates. */
export function hashOf(resources: readonly Resource[]): string {
    const contents = resources
        .map(({ _id, createdAt, createdBy, lastChanged, lastChangedBy, ...content }) =>
            JSON.stringify(content),
        )
        .sort();
    return createHash("sha256").update(contents.join("\n")).digest("hex");
}
