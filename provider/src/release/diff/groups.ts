import type { GraphNode } from "./node.js";
import type { Places } from "./places.js";

/** Nodes that hang together, told of as one: the first, and those that are only got to through it. */
export interface Group {
    head: GraphNode;
    /** What leads to the first, of those that are not in the group. */
    after: GraphNode | undefined;
    /** The first and all others, in the order of the conversation. */
    nodes: GraphNode[];
}

/**
 * Puts nodes together that follow on each other.
 *
 * @param nodes in the order of the conversation.
 */
export function groupsOf(nodes: readonly GraphNode[], places: Places): Group[] {
    const inside = new Set(nodes);
    const groups = new Map<GraphNode, Group>();
    for (const node of nodes) {
        const before = node.incoming
            .filter(({ from }) => places.rankOf(from) < places.rankOf(node))
            .sort((one, other) => Number(other.onward) - Number(one.onward))
            .map(({ from }) => from);
        const inner = before.find((from) => inside.has(from));
        const group = inner && groups.get(inner);
        if (group) {
            group.nodes.push(node);
            groups.set(node, group);
        } else {
            groups.set(node, { head: node, after: before[0], nodes: [node] });
        }
    }
    return [...new Set(groups.values())];
}
