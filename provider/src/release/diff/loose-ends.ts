import { type Dangling, type GraphNode, isOneOfMany } from "./node.js";
import { groupedBy } from "./order.js";
import type { Pair } from "./pairs.js";
import type { Rewiring } from "./rewiring.js";

/** An edge into nothing: that there is one, or that there is one no longer. */
export interface LooseEnd {
    /** In the next flow. */
    node: GraphNode;
    edge: Dangling;
    /** Whether it is in the next flow, rather than in the live one. */
    isNew: boolean;
    /** Where the node led instead. */
    instead: GraphNode[];
}

/**
 * Finds the edges into nothing that one of two flows has alone. The edges whose place a new one took are taken off the
 * rewirings.
 */
export function takeLooseEnds(pairs: readonly Pair[], rewirings: readonly Rewiring[]): LooseEnd[] {
    const byNode = groupedBy(rewirings, ({ pair }) => pair[1]);
    const loose = pairs.filter((pair) => pair[0].dangling.length + pair[1].dangling.length > 0);
    return loose.flatMap(([before, after]) => [
        ...alone(after, before).map((edge): LooseEnd => {
            const rewiring = byNode.get(after)?.find(({ path }) => path === edge.path && !isOneOfMany(path));
            const instead = (rewiring?.lost.splice(0) ?? []).map(({ to }) => to);
            return { node: after, edge, isNew: true, instead };
        }),
        ...alone(before, after).map((edge): LooseEnd => ({ node: after, edge, isNew: false, instead: [] })),
    ]);
}

function alone(node: GraphNode, other: GraphNode): Dangling[] {
    const known = new Set(other.dangling.map(({ path, id }) => `${path} ${id}`));
    return node.dangling.filter(({ path, id }) => !known.has(`${path} ${id}`));
}
