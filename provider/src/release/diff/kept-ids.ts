import { type GraphNode, holdTheSame } from "./node.js";
import type { Pair, Pairs } from "./pairs.js";
import { LOOKALIKE, type Vocabulary } from "./similarity.js";

/** What the ids of two flows tell. */
export interface SharedIds {
    /** Nodes of the same id, where that is each time the only one. */
    namesakes: Pair[];
    /** Of both flows, the nodes without a namesake that holds the same. */
    rest: readonly [before: GraphNode[], after: GraphNode[]];
    /** Whether nodes of the same id are the same node: not in a copy whose ids were dealt anew. */
    kept: boolean;
    /** Whether that holds for most nodes, so that a node of another id is probably another node. */
    most: boolean;
}

/** Looks at the ids that two flows share. */
export function sharedIds(before: readonly GraphNode[], after: readonly GraphNode[]): SharedIds {
    const byId = single(after, ({ id }) => id);
    const namesakes: Pair[] = [];
    // Most nodes hold the same: what the others hold is read, and compared with each other only.
    const same = new Set<GraphNode>();
    single(before, ({ id }) => id).forEach((node, id) => {
        const namesake = byId.get(id);
        if (namesake) {
            namesakes.push([node, namesake]);
        }
        if (namesake && holdTheSame(node, namesake)) {
            same.add(node).add(namesake);
        }
    });
    const rest = [before, after].map((nodes) => nodes.filter((node) => !same.has(node))) as [
        GraphNode[],
        GraphNode[],
    ];
    const texts = new Set(rest[1].map(({ content }) => content.text));
    const elsewhere = namesakes.filter(([one]) => !same.has(one) && texts.has(one.content.text));
    const kept = same.size >= 2 * elsewhere.length;
    const most = kept && namesakes.length * 2 >= Math.min(before.length, after.length);
    return { namesakes, rest, kept, most };
}

/** Pairs nodes of the same id, unless they have nothing else in common or what they hold has changed places. */
export function pairNamesakes({ namesakes, rest }: SharedIds, vocabulary: Vocabulary, pairs: Pairs): void {
    const [before, after] = rest.map((nodes) => single(nodes, ({ content }) => content.text)) as [
        Map<string, GraphNode>,
        Map<string, GraphNode>,
    ];
    const swapped = ([one, other]: Pair) =>
        !holdTheSame(one, other) && before.has(other.content.text) && after.has(one.content.text);
    for (const pair of namesakes) {
        const one = pair[0];
        const other = pair[1];
        const related = one.type === other.type || vocabulary.similarity(one, other) >= LOOKALIKE;
        if (related && !swapped(pair)) {
            pairs.add(one, other);
        }
    }
}

/** The nodes that are the only ones with their key. */
export function single<K>(
    nodes: readonly GraphNode[],
    keyOf: (node: GraphNode) => K | undefined,
): Map<K, GraphNode> {
    const only = new Map<K, GraphNode>();
    const several = new Set<K>();
    nodes.forEach((node) => {
        const key = keyOf(node);
        if (key === undefined || several.has(key)) {
            return;
        }
        if (only.delete(key)) {
            several.add(key);
        } else {
            only.set(key, node);
        }
    });
    return only;
}
