import type { GraphNode } from "./node.js";

/** How far around a node is looked, in edges. */
export const FARTHEST = 3;

/**
 * Colours nodes so that two of one colour hold the same, and so does all around them: by refining the colours of the
 * nodes around, again and again (Weisfeiler and Leman's).
 *
 * @returns for each distance from 0, the colour of each node as far as it tells. The same number means the same in all
 * flows that are coloured together.
 */
export function coloursOf(nodes: readonly GraphNode[]): Map<GraphNode, number>[] {
    const palette = new Palette();
    let colours = new Map(nodes.map((node) => [node, palette.colour(node.content.text)]));
    const all = [colours];
    for (let distance = 1; distance <= FARTHEST; distance += 1) {
        const nearer = colours;
        colours = new Map(nodes.map((node) => [node, palette.colour(surroundings(node, nearer))]));
        all.push(colours);
    }
    return all;
}

function surroundings(node: GraphNode, colours: ReadonlyMap<GraphNode, number>): string {
    const ahead = node.links.map(({ path, to }) => `${path}>${colours.get(to)}`);
    const behind = node.incoming.map(({ path, from }) => `${path}<${colours.get(from)}`).sort();
    return `${colours.get(node)} ${ahead.join(" ")} ${behind.join(" ")}`;
}

/** A number for each text. */
class Palette {
    private readonly numbers = new Map<string, number>();

    colour(text: string): number {
        const known = this.numbers.get(text) ?? this.numbers.size;
        this.numbers.set(text, known);
        return known;
    }
}
