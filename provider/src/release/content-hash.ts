import { digest, isRecord } from "./canonical.js";
import type { FlowDefinition } from "./flow.js";

/** When something was touched, not what it is. */
const STAMPS = new Set([
    "created_at",
    "createdAt",
    "created_by",
    "createdBy",
    "updated_at",
    "updatedAt",
    "updated_by",
    "updatedBy",
    "last_modified",
    "lastModified",
    "lastChanged",
    "lastChangedBy",
]);

/** Where a node is drawn, not what it does. */
const LAYOUT = new Set(["position", "layout"]);

/**
 * Names the content of a flow: what it says, asks, matches and calls.
 *
 * Time stamps, layout, the order of keys and the order in which nodes are listed are no content.
 *
 * @returns `sha256:<64 hex digits>`.
 */
export function contentHash(flow: FlowDefinition): string {
    return digest(contentOf(flow));
}

/** The flow without what is no content. */
export function contentOf(flow: FlowDefinition): Record<string, unknown> {
    const content = strip(flow) as Record<string, unknown>;
    return { ...content, nodes: byId(content.nodes as unknown[]) };
}

function strip(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(strip);
    }
    if (!isRecord(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => !STAMPS.has(key) && !LAYOUT.has(key))
            .map(([key, inner]) => [key, strip(inner)]),
    );
}

function byId(nodes: unknown[]): unknown[] {
    const idOf = (node: unknown) => (isRecord(node) ? String(node.id ?? "") : "");
    return [...nodes].sort((one, other) => (idOf(one) < idOf(other) ? -1 : Number(idOf(one) > idOf(other))));
}
