import type { GraphNode, Link } from "./node.js";

/** More ways on than this are not told apart. */
const MOST_EXITS = 4;

/**
 * Where a conversation goes on after nodes that are in one flow only: the next nodes that are in both, the likeliest first.
 *
 * @param alone the nodes that are in one flow only, in the order of the conversation.
 * @param partnerOf the node of the next flow for one that is in both.
 */
export function exitsOf(
    alone: readonly GraphNode[],
    partnerOf: (node: GraphNode) => GraphNode | undefined,
): ReadonlyMap<GraphNode, ReadonlySet<GraphNode>> {
    const exits = new Map(alone.map((node) => [node, new Set<GraphNode>()]));
    const add = (node: GraphNode, exit: GraphNode) => {
        const own = exits.get(node);
        if (!own || own.size === MOST_EXITS || own.has(exit)) {
            return false;
        }
        own.add(exit);
        return true;
    };
    // From the last one on: what comes after a node is mostly known when its turn comes.
    for (const node of alone.toReversed()) {
        for (const { to } of likeliestFirst(node.links)) {
            const partner = partnerOf(to);
            for (const exit of partner ? [partner] : (exits.get(to) ?? [])) {
                add(node, exit);
            }
        }
    }
    const waiting = [...exits].flatMap(([node, own]) => [...own].map((exit) => ({ node, exit })));
    for (let next = waiting.pop(); next; next = waiting.pop()) {
        for (const { from } of next.node.incoming) {
            if (add(from, next.exit)) {
                waiting.push({ node: from, exit: next.exit });
            }
        }
    }
    return exits;
}

/** What comes straight on, what branches off, and then what is jumped to. */
function likeliestFirst(links: readonly Link[]): Link[] {
    const unlikelihood = ({ path, onward }: Link) => (/(?:^|\.)next$/.test(path) ? 0 : onward ? 1 : 2);
    return links.toSorted((one, other) => unlikelihood(one) - unlikelihood(other));
}
