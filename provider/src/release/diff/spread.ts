import type { GraphNode } from "./node.js";
import { groupedBy } from "./order.js";
import type { Pair, Pairs } from "./pairs.js";

/** Among so many neighbours a partner is looked for. */
const MOST_CANDIDATES = 16;

/** Tells whether two nodes at the same place are the same one although they differ. */
type TakenFor = (before: GraphNode, after: GraphNode) => boolean;

/**
 * Pairs the neighbours of those that have a partner: those that hold the same, and those that are taken for the same
 * where they stand.
 *
 * @param free the nodes of both flows without a partner.
 */
export function spread(
    pairs: Pairs,
    [before, after]: readonly [before: readonly GraphNode[], after: readonly GraphNode[]],
    takenFor: TakenFor,
): void {
    const [ours, theirs] = [beside(before), beside(after)];
    const known: Pair[] = [...pairs].filter((pair) => ours.has(pair[0]) && theirs.has(pair[1]));
    // The list grows while it is walked.
    for (const pair of known) {
        if (!hasFreeNeighbour(pair[0], pairs) || !hasFreeNeighbour(pair[1], pairs)) {
            continue;
        }
        for (const [left, right] of neighbours(...pair)) {
            for (const pairing of [equals, alike]) {
                const free = left.filter((node) => !pairs.has(node));
                const others = right.filter((node) => !pairs.has(node));
                for (const found of pairing(free, others, takenFor)) {
                    if (!pairs.has(found[0]) && !pairs.has(found[1])) {
                        pairs.add(...found);
                        known.push(found);
                    }
                }
            }
        }
    }
}

/** What stands around some nodes. */
function beside(nodes: readonly GraphNode[]): Set<GraphNode> {
    return new Set(
        nodes.flatMap(({ links, incoming }) => [
            ...links.map(({ to }) => to),
            ...incoming.map(({ from }) => from),
        ]),
    );
}

function hasFreeNeighbour({ links, incoming }: GraphNode, pairs: Pairs): boolean {
    return links.some(({ to }) => !pairs.has(to)) || incoming.some(({ from }) => !pairs.has(from));
}

/** What stands around two nodes, by the path that leads there. */
function neighbours(before: GraphNode, after: GraphNode): [GraphNode[], GraphNode[]][] {
    const ahead = besides(before.links, after.links).map(([left, right]): [GraphNode[], GraphNode[]] => [
        left.map(({ to }) => to),
        right.map(({ to }) => to),
    ]);
    const behind = besides(before.incoming, after.incoming).map(
        ([left, right]): [GraphNode[], GraphNode[]] => [
            left.map(({ from }) => from),
            right.map(({ from }) => from),
        ],
    );
    return [...ahead, ...behind];
}

function besides<T extends { path: string }>(left: readonly T[], right: readonly T[]): [T[], T[]][] {
    const others = groupedBy(right, ({ path }) => path);
    return [...groupedBy(left, ({ path }) => path)].map(([path, edges]) => [edges, others.get(path) ?? []]);
}

function equals(left: readonly GraphNode[], right: readonly GraphNode[]): Pair[] {
    const byText = groupedBy([...right].reverse(), ({ content }) => content.text);
    return left.flatMap((node): Pair[] => {
        const equal = byText.get(node.content.text)?.pop();
        return equal ? [[node, equal]] : [];
    });
}

function alike(left: readonly GraphNode[], right: readonly GraphNode[], takenFor: TakenFor): Pair[] {
    return left.slice(0, MOST_CANDIDATES).flatMap((before): Pair[] => {
        const after = right.slice(0, MOST_CANDIDATES).find((node) => takenFor(before, node));
        return after ? [[before, after]] : [];
    });
}
