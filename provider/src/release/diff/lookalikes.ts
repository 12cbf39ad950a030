import type { GraphNode } from "./node.js";
import type { Pair, Pairs } from "./pairs.js";
import type { Vocabulary } from "./similarity.js";

/** A word that more nodes have than this does not help to find one of them. */
const MOST_BEARERS = 8;
/** By so many of its rarest words a node is looked for. */
const MOST_CLUES = 12;

/**
 * Pairs nodes that have most in common, wherever they stand: the most similar first.
 *
 * @param least how similar they must be, from 0 to 1.
 */
export function pairLookalikes(
    before: readonly GraphNode[],
    after: readonly GraphNode[],
    vocabulary: Vocabulary,
    least: number,
    pairs: Pairs,
): void {
    const bearers = bearersOf(after, vocabulary);
    const found = before.flatMap((node) =>
        suspects(node, vocabulary, bearers)
            .filter(({ type }) => type === node.type)
            .map((other) => ({ pair: [node, other] as Pair, similarity: vocabulary.similarity(node, other) }))
            .filter(({ similarity }) => similarity >= least),
    );
    for (const { pair } of found.sort((one, other) => other.similarity - one.similarity)) {
        if (!pairs.has(pair[0]) && !pairs.has(pair[1])) {
            pairs.add(...pair);
        }
    }
}
/** Which nodes have a word. */
function bearersOf(nodes: readonly GraphNode[], vocabulary: Vocabulary): Map<string, GraphNode[]> {
    const bearers = new Map<string, GraphNode[]>();
    for (const node of nodes) {
        for (const word of vocabulary.of(node)) {
            const others = bearers.get(word);
            if (others) {
                others.push(node);
            } else {
                bearers.set(word, [node]);
            }
        }
    }
    return bearers;
}

/** The nodes that share rare words with one. */
function suspects(
    node: GraphNode,
    vocabulary: Vocabulary,
    bearers: ReadonlyMap<string, readonly GraphNode[]>,
): GraphNode[] {
    const clues = [...vocabulary.of(node)]
        .map((word) => bearers.get(word) ?? [])
        .filter(({ length }) => length > 0 && length <= MOST_BEARERS)
        .sort((one, other) => one.length - other.length);
    return [...new Set(clues.slice(0, MOST_CLUES).flat())];
}
