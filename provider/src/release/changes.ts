import { isRecord, sameValue } from "./canonical.js";
import { clip } from "./clip.js";
import { contentOf } from "./content-hash.js";
import type { FlowDefinition, FlowNode } from "./flow.js";

/** More lines than this are cut, with a count: the whole is for a report, not for a preview. */
const MOST_LINES = 20;

/** A name or a value of more characters is cut. */
const LONGEST = 80;
/** So is a line: a property may lie deep, and its name be of any length. */
const LONGEST_LINE = 1_500;

/** What a release changes in a flow. */
export interface FlowChanges {
    /** One readable line each; the same for the same two definitions. */
    lines: string[];
    /** How many nodes are added, removed or changed. */
    changedNodes: number;
}

/**
 * Compares two definitions of a flow, node by node.
 *
 * @param live the definition that is live now.
 * @param next the definition that would go live.
 */
export function flowChanges(live: FlowDefinition, next: FlowDefinition): FlowChanges {
    const before = nodesById(live);
    const after = nodesById(next);
    const removed = [...before]
        .filter(([id]) => !after.has(id))
        .map(([, node]) => `- ${nodeName(node)} removed`);
    const added = [...after].filter(([id]) => !before.has(id)).map(([, node]) => `+ ${nodeName(node)} added`);
    const changed = [...after]
        .map(([id, node]) => ({ node, found: before.has(id) ? differences(before.get(id), node) : [] }))
        .filter(({ found }) => found.length > 0);
    const settings = differences(withoutNodes(live), withoutNodes(next)).map(
        (difference) => `~ flow settings: ${difference}`,
    );
    const inNodes = changed.flatMap(({ node, found }) =>
        found.map((difference) => `~ ${nodeName(node)}: ${difference}`),
    );
    return {
        lines: cut([...removed, ...added, ...inNodes, ...settings]),
        changedNodes: removed.length + added.length + changed.length,
    };
}

function nodesById(flow: FlowDefinition): Map<string, FlowNode> {
    const seen = new Map<string, FlowNode>();
    for (const node of contentOf(flow).nodes as FlowNode[]) {
        const id = String(node.id ?? "");
        // Nodes that share an id are told apart by their place among them.
        let key = id;
        for (let copy = 2; seen.has(key); copy += 1) {
            key = `${id} (${copy})`;
        }
        seen.set(key, node);
    }
    return seen;
}

function withoutNodes(flow: FlowDefinition): Record<string, unknown> {
    const { nodes: _, ...settings } = contentOf(flow);
    return settings;
}

function nodeName(node: FlowNode): string {
    const label = node.label ? ` "${clip(String(node.label), LONGEST)}"` : "";
    return `${clip(node.type ?? "node", LONGEST)} ${clip(node.id ?? "", LONGEST)}${label}`;
}

/** The deepest properties that differ, each with its old and new value. */
function differences(before: unknown, after: unknown, path = ""): string[] {
    if (!isRecord(before) || !isRecord(after)) {
        return sameValue(before, after) ? [] : [`${path || "value"} ${show(before)} → ${show(after)}`];
    }
    // Not compared as wholes first: that would be done again for each level.
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
        differences(own(before, key), own(after, key), path ? `${path}.${key}` : key),
    );
}

/** A property that the record itself has: a flow may well name one `toString`. */
function own(record: Record<string, unknown>, key: string): unknown {
    return Object.hasOwn(record, key) ? record[key] : undefined;
}

function show(value: unknown): string {
    return value === undefined ? "nothing" : clip(JSON.stringify(value), LONGEST);
}

function cut(lines: string[]): string[] {
    const kept = lines.length <= MOST_LINES ? lines : lines.slice(0, MOST_LINES - 1);
    const more = lines.length - kept.length;
    return [
        ...kept.map((line) => clip(line, LONGEST_LINE)),
        ...(more > 0 ? [`… and ${more} more changes`] : []),
    ];
}
