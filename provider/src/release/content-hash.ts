import { digest } from "./canonical.js";
import { type FlowDefinition, SEALED } from "./flow.js";

/** Names under which stands when a flow or a node was touched, or where it is drawn: not what it does. */
export const NO_CONTENT: ReadonlySet<string> = new Set([
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
    "position",
    "layout",
]);

/**
 * Names the content of a flow: what it says, asks, matches and calls.
 *
 * Time stamps, layout, the order of keys and the order in which nodes are listed are no content.
 *
 * @returns `sha256:<64 hex digits>`.
 */
export function contentHash(flow: FlowDefinition): string {
    return flow[SEALED]?.contentHash ?? digest(contentOf(flow));
}

/** The flow without what is no content: deeper inside, a property of the same name is the author's own. */
export function contentOf(flow: FlowDefinition): Record<string, unknown> {
    return { ...content(flow), nodes: byId(flow.nodes.map(content)) };
}

function content(record: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(record).filter(([name]) => !NO_CONTENT.has(name)));
}

function byId(nodes: Record<string, unknown>[]): Record<string, unknown>[] {
    const idOf = (node: Record<string, unknown>) => String(node.id ?? "");
    return [...nodes].sort((one, other) => (idOf(one) < idOf(other) ? -1 : Number(idOf(one) > idOf(other))));
}
