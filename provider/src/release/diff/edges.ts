import { isRecord } from "../canonical.js";
import { EDGE_SOURCES, isBackward } from "./names.js";
import type { GraphNode } from "./node.js";

/** A record that tells of a node apart from it. */
export interface EdgeRecord {
    /** The property of the flow that lists it. */
    list: string;
    /** Without the node that it is about. */
    record: Record<string, unknown>;
}

/**
 * Finds lists of edges: each of their records names a node as that which it is about, as in
 * `relations: [{ node: "n1", next: "n2", children: ["n3"] }]`.
 *
 * @param flow what the flow holds beside its nodes.
 * @returns the records of each node; and what is left of the flow.
 */
export function edgesIn(
    flow: Record<string, unknown>,
    byId: ReadonlyMap<string, GraphNode>,
): { edges: Map<GraphNode, EdgeRecord[]>; rest: Record<string, unknown> } {
    const edges = new Map<GraphNode, EdgeRecord[]>();
    const rest: [string, unknown][] = [];
    for (const [name, list] of Object.entries(flow)) {
        const found = Array.isArray(list) ? edgeList(name, list, byId) : undefined;
        if (!found) {
            rest.push([name, list]);
            continue;
        }
        for (const { owner, edge } of found) {
            const others = edges.get(owner);
            if (others) {
                others.push(edge);
            } else {
                edges.set(owner, [edge]);
            }
        }
    }
    return { edges, rest: Object.fromEntries(rest) };
}

function edgeList(list: string, items: readonly unknown[], byId: ReadonlyMap<string, GraphNode>) {
    const found = items.map((item) => {
        if (!isRecord(item)) {
            return undefined;
        }
        const source = EDGE_SOURCES.find((name) => byId.has(String(item[name])));
        const owner = source && byId.get(String(item[source]));
        const record = Object.entries(item).filter(([name]) => name !== source);
        return owner && { owner, edge: { list, record: Object.fromEntries(record) } };
    });
    const edges = found.filter((edge) => edge !== undefined);
    return edges.length === items.length ? edges : undefined;
}

/**
 * Tells which node a record comes after by its own word, as in `parentId: "n1"`.
 *
 * @returns those nodes; and the record without them.
 */
export function backwardIn(
    record: Record<string, unknown>,
    byId: ReadonlyMap<string, GraphNode>,
): { before: GraphNode[]; rest: Record<string, unknown> } {
    const before: GraphNode[] = [];
    for (const name in record) {
        const node = nodeBefore(record, name, byId);
        if (node) {
            before.push(node);
        }
    }
    const isAhead = ([name]: [string, unknown]) => nodeBefore(record, name, byId) === undefined;
    return {
        before,
        rest: before.length === 0 ? record : Object.fromEntries(Object.entries(record).filter(isAhead)),
    };
}

function nodeBefore(record: Record<string, unknown>, name: string, byId: ReadonlyMap<string, GraphNode>) {
    const value = record[name];
    return typeof value === "string" && isBackward(name) ? byId.get(value) : undefined;
}
