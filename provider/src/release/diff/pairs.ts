import type { GraphNode } from "./node.js";

/** A node of the live flow, and the same one of the next. */
export type Pair = readonly [before: GraphNode, after: GraphNode];

/** Which node of the live flow is which one of the next: each at most once. */
export class Pairs {
    private readonly forward = new Map<GraphNode, GraphNode>();
    private readonly backward = new Map<GraphNode, GraphNode>();

    /** Pairs two nodes; neither may have a partner. */
    add(before: GraphNode, after: GraphNode): void {
        this.forward.set(before, after);
        this.backward.set(after, before);
    }

    remove(before: GraphNode, after: GraphNode): void {
        this.forward.delete(before);
        this.backward.delete(after);
    }

    /** What a live node is in the next flow. */
    after(before: GraphNode): GraphNode | undefined {
        return this.forward.get(before);
    }

    /** What a node of the next flow is in the live one. */
    before(after: GraphNode): GraphNode | undefined {
        return this.backward.get(after);
    }

    /** Whether either has a partner. */
    has(node: GraphNode): boolean {
        return this.forward.has(node) || this.backward.has(node);
    }

    [Symbol.iterator](): IterableIterator<Pair> {
        return this.forward.entries();
    }
}
