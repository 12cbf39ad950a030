import type { FlowGraph } from "./graph.js";
import { matchNodes } from "./matching.js";
import type { GraphNode } from "./node.js";
import { Pairs } from "./pairs.js";
import { Places } from "./places.js";

/** A flow as a graph, and where each of its nodes stands. */
export interface Side {
    graph: FlowGraph;
    places: Places;
    /** Its nodes in the order of the conversation. */
    nodes: readonly GraphNode[];
}

export function sideOf(graph: FlowGraph): Side {
    const places = new Places(graph);
    return { graph, places, nodes: places.order };
}

/** Nodes in the order of the conversation. */
export function inOrder(nodes: readonly GraphNode[], places: Places): GraphNode[] {
    return [...nodes].sort((one, other) => places.rankOf(one) - places.rankOf(other));
}

/** Tells what of the live flow is what of the next one: the flow itself, its nodes, and what it lists. */
export function pairFlows(live: Side, next: Side): Pairs {
    const pairs = new Pairs();
    pairs.add(live.graph.flow, next.graph.flow);
    matchNodes(live.nodes, next.nodes, pairs);
    for (const [name, list] of live.graph.lists) {
        matchNodes(list, next.graph.lists.get(name) ?? [], pairs);
    }
    return pairs;
}
