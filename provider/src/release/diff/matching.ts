import { coloursOf } from "./colours.js";
import { pairNamesakes, sharedIds, single } from "./kept-ids.js";
import { pairLookalikes } from "./lookalikes.js";
import { type GraphNode, holdTheSame } from "./node.js";
import { once } from "./once.js";
import { groupedBy } from "./order.js";
import type { Pair, Pairs } from "./pairs.js";
import { sameButForIds } from "./same-but-for-ids.js";
import { ALIKE, LOOKALIKE, Vocabulary } from "./similarity.js";
import { spread } from "./spread.js";

/**
 * Tells which node of the live flow is which one of the next: by their ids, where those were kept, then by what they
 * hold and where they stand.
 *
 * @param before the nodes of the live flow, in the order of the conversation.
 * @param after those of the next one, likewise.
 * @param pairs where they are added.
 */
export function matchNodes(before: readonly GraphNode[], after: readonly GraphNode[], pairs: Pairs): void {
    const shared = sharedIds(before, after);
    const { namesakes, kept, most } = shared;
    const colours = once(() => coloursOf([...before, ...after]));
    const mayBeCopy = !most || onlyEdgesDiffer(namesakes, before, after);
    if (mayBeCopy && sameButForIds(before, after, colours().at(-1) ?? new Map(), pairs)) {
        return;
    }
    const vocabulary = new Vocabulary();
    if (kept) {
        pairNamesakes(shared, vocabulary, pairs);
    }
    let left: Sides = [before, after];
    const free = () => {
        const isFree = (node: GraphNode) => !pairs.has(node);
        left = [left[0].filter(isFree), left[1].filter(isFree)];
        return left;
    };
    if (free().some((nodes) => nodes.length === 0)) {
        return;
    }
    for (const distance of most ? [] : colours().toReversed()) {
        pairOnly(free(), (node) => distance.get(node), pairs);
    }
    pairOnly(free(), ({ content }) => content.text, pairs);
    const takenFor = (one: GraphNode, other: GraphNode) =>
        one.type === other.type &&
        (vocabulary.similarity(one, other) >= ALIKE || (!most && standAtOnePlace(one, other, pairs)));
    spread(pairs, free(), takenFor);
    pairOnly(free(), ({ type, label }) => label && `${type} ${label}`, pairs);
    pairLookalikes(...free(), vocabulary, LOOKALIKE, pairs);
    spread(pairs, free(), takenFor);
    pairEquals(free(), pairs);
}

/** Whether all nodes are there and hold what they held, and lead elsewhere: some may only have got each other's ids. */
function onlyEdgesDiffer(
    namesakes: readonly Pair[],
    before: readonly GraphNode[],
    after: readonly GraphNode[],
): boolean {
    return (
        namesakes.length === before.length &&
        namesakes.length === after.length &&
        namesakes.every(([one, other]) => holdTheSame(one, other)) &&
        namesakes.some(([one, other]) =>
            one.links.some(({ to }, place) => to.id !== other.links[place]?.to.id),
        )
    );
}

const MOST_EDGES = 8;

type Sides = [before: readonly GraphNode[], after: readonly GraphNode[]];

/** Pairs those that are the only ones with their key on either side. */
function pairOnly<K>([before, after]: Sides, keyOf: (node: GraphNode) => K | undefined, pairs: Pairs): void {
    const others = single(after, keyOf);
    for (const [key, node] of single(before, keyOf)) {
        const other = others.get(key);
        if (other) {
            pairs.add(node, other);
        }
    }
}

/** Pairs what holds the same, one after the other. */
function pairEquals([before, after]: Sides, pairs: Pairs): void {
    const others = groupedBy(after, ({ content }) => content.text);
    for (const [text, nodes] of groupedBy(before, (node) => node.content.text)) {
        const equal = others.get(text) ?? [];
        nodes.slice(0, equal.length).forEach((node, place) => {
            pairs.add(node, equal[place] as GraphNode);
        });
    }
}

/** Whether what comes before two nodes is the same, and what comes after them. */
function standAtOnePlace(before: GraphNode, after: GraphNode, pairs: Pairs): boolean {
    const areLast = before.links.length + after.links.length === 0;
    return (
        haveOneInCommon(edgesBehind(before), edgesBehind(after), pairs) &&
        (areLast || haveOneInCommon(edgesAhead(before), edgesAhead(after), pairs))
    );
}

/** An edge by its other end. */
interface Edge {
    path: string;
    end: GraphNode;
}

/** Of many edges, the first few are looked at. */
function edgesBehind({ incoming }: GraphNode): Edge[] {
    return incoming.slice(0, MOST_EDGES).map(({ path, from }) => ({ path, end: from }));
}

function edgesAhead({ links }: GraphNode): Edge[] {
    return links.slice(0, MOST_EDGES).map(({ path, to }) => ({ path, end: to }));
}

function haveOneInCommon(before: readonly Edge[], after: readonly Edge[], pairs: Pairs): boolean {
    return before.some(({ path, end }) =>
        after.some((edge) => edge.path === path && edge.end === pairs.after(end)),
    );
}
