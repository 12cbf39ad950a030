import { type GraphNode, holdTheSame, type Link } from "./node.js";
import { groupedBy } from "./order.js";
import type { Pair, Pairs } from "./pairs.js";

/** So many nodes are tried as the partner of one. */
const MOST_TRIES = 8;

/**
 * Pairs nodes that are the same but for their ids, as those of a copy are: side by side along the edges, from the start
 * on. Nodes of the second flow may be left over.
 *
 * @param before in the order of the conversation.
 * @param after likewise.
 * @param colours of the nodes of both.
 * @param pairs where they are added.
 * @returns whether all of the first flow are in the second one; if not, nothing is added.
 */
export function sameButForIds(
    before: readonly GraphNode[],
    after: readonly GraphNode[],
    colours: ReadonlyMap<GraphNode, number>,
    pairs: Pairs,
): boolean {
    const left = groupedBy(before, (node) => colours.get(node));
    const right = groupedBy(after, (node) => colours.get(node));
    if (![...left].every(([colour, nodes]) => right.get(colour)?.length === nodes.length)) {
        return false;
    }
    const byId = new Map(after.map((node) => [node.id, node]));
    const added: Pair[] = [];
    for (const node of before) {
        const colour = colours.get(node);
        if (!pairs.has(node)) {
            const namesake = byId.get(node.id);
            const likely = namesake && colours.get(namesake) === colour ? [namesake] : [];
            const others = firstFree(right.get(colour) ?? [], pairs);
            if (![...likely, ...others].some((other) => pairFrom([node, other], pairs, added))) {
                undo(pairs, added);
                return false;
            }
        }
    }
    return true;
}

/** The first few without a partner. Who has one at the front of the list is taken off it, so that it is not met again. */
function firstFree(group: GraphNode[], pairs: Pairs): GraphNode[] {
    while (group[0] && pairs.has(group[0])) {
        group.shift();
    }
    return group
        .slice(0, MOST_TRIES * MOST_TRIES)
        .filter((node) => !pairs.has(node))
        .slice(0, MOST_TRIES);
}

/**
 * Pairs two nodes and all that they lead to.
 *
 * @param added what was paired, for it to be undone.
 * @returns whether that works out; if not, nothing is paired.
 */
function pairFrom(start: Pair, pairs: Pairs, added: Pair[]): boolean {
    const own: Pair[] = [];
    const waiting = [start];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [one, other] = next;
        const partner = pairs.after(one);
        if (partner === other) {
            continue;
        }
        if (partner || pairs.before(other) || !areTheSame(one, other)) {
            undo(pairs, own);
            return false;
        }
        pairs.add(one, other);
        own.push(next);
        one.links.forEach(({ to }, place) => {
            waiting.push([to, (other.links[place] as Link).to]);
        });
    }
    for (const pair of own) {
        added.push(pair);
    }
    return true;
}

function undo(pairs: Pairs, added: readonly Pair[]): void {
    for (const [before, after] of added) {
        pairs.remove(before, after);
    }
}

function areTheSame(one: GraphNode, other: GraphNode): boolean {
    return (
        holdTheSame(one, other) &&
        one.links.length === other.links.length &&
        one.links.every(({ path }, place) => path === other.links[place]?.path)
    );
}
