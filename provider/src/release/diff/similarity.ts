import { wordsOf } from "./names.js";
import type { GraphNode } from "./node.js";
import { isFields, isList, type Value } from "./value.js";

/** More words than this say nothing more about what a node is. */
const MOST_WORDS = 64;

/** A single word in common is chance. */
const FEWEST_COMMON = 2;

/** From this similarity on, a node that stands where another one stood is taken for it. */
export const ALIKE = 0.5;
/** From this similarity on, a node is taken for another one wherever they stand. */
export const LOOKALIKE = 0.6;

/** What a node is about: the words in it, and its numbers and switches with their names. */
export type Words = ReadonlySet<string>;

/** The words of nodes, each looked for once. */
export class Vocabulary {
    private readonly words = new Map<GraphNode, Words>();

    of(node: GraphNode): Words {
        const words = this.words.get(node) ?? wordsIn(node);
        this.words.set(node, words);
        return words;
    }

    /** How much two nodes have in common, from 0 to 1: the words of both over the words of each (Dice's coefficient). */
    similarity(one: GraphNode, other: GraphNode): number {
        const [left, right] = [this.of(one), this.of(other)];
        let common = 0;
        for (const word of left) {
            common += Number(right.has(word));
        }
        return common < FEWEST_COMMON ? 0 : (2 * common) / (left.size + right.size);
    }
}

function wordsIn(node: GraphNode): Words {
    const words = new Set<string>();
    const waiting: [string, Value][] = [...node.content.fields].filter(([name]) => name !== "type").reverse();
    for (let next = waiting.pop(); next !== undefined && words.size < MOST_WORDS; next = waiting.pop()) {
        const [name, value] = next;
        if (typeof value === "string") {
            for (const word of wordsOf(value.slice(0, 2000))) {
                words.add(word);
            }
        } else if (isFields(value)) {
            waiting.push(...[...value].slice(0, MOST_WORDS).reverse());
        } else if (isList(value)) {
            waiting.push(
                ...value
                    .slice(0, MOST_WORDS)
                    .map((item): [string, Value] => [name, item])
                    .reverse(),
            );
        } else {
            words.add(`${name}=${value}`);
        }
    }
    return words;
}
