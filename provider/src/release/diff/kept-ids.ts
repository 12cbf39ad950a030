import type { GraphNode } from "./node.js";
import type { Pair, Pairs } from "./pairs.js";
import { LOOKALIKE, type Vocabulary } from "./similarity.js";

/** What the ids of two flows tell. */
export interface SharedIds {
    /** Nodes of the same id, where that is each time the only one. */
    namesakes: Pair[];
    /** Whether nodes of the same id are the same node: not in a copy whose ids were dealt anew. */
    kept: boolean;
    /** Whether that holds for most nodes, so that a node of another id is probably another node. */
    most: boolean;
}

/** Looks at the ids that two flows share. */
export function sharedIds(before: readonly GraphNode[], after: readonly GraphNode[]): SharedIds {
    const byId = single(after, ({ id }) => id);
    const namesakes = [...single(before, ({ id }) => id)].flatMap(([id, node]): Pair[] => {
        const namesake = byId.get(id);
        return namesake ? [[node, namesake]] : [];
    });
    const texts = new Set(after.map(({ text }) => text));
    const same = namesakes.filter(([one, other]) => one.text === other.text);
    const elsewhere = namesakes.filter(([one, other]) => one.text !== other.text && texts.has(one.text));
    const kept = namesakes.length > 0 && same.length >= elsewhere.length;
    return { namesakes, kept, most: kept && namesakes.length * 2 >= Math.min(before.length, after.length) };
}

/** Pairs nodes of the same id, unless they have nothing else in common or what they hold has changed places. */
export function pairNamesakes(
    namesakes: readonly Pair[],
    before: readonly GraphNode[],
    after: readonly GraphNode[],
    vocabulary: Vocabulary,
    pairs: Pairs,
): void {
    const byText = [single(before, ({ text }) => text), single(after, ({ text }) => text)] as const;
    const swapped = ([one, other]: Pair) =>
        one.text !== other.text && byText[0].has(other.text) && byText[1].has(one.text);
    for (const pair of namesakes) {
        const [one, other] = pair;
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
    for (const node of nodes) {
        const key = keyOf(node);
        if (key === undefined || several.has(key)) {
            continue;
        }
        if (only.delete(key)) {
            several.add(key);
        } else {
            only.set(key, node);
        }
    }
    return only;
}
