import { graphOf } from "../../src/release/diff/graph.js";
import type { GraphNode } from "../../src/release/diff/node.js";
import type { FlowDefinition, FlowNode } from "../../src/release/flow.js";

/** A flow of some nodes. */
export function flowWith(nodes: object[], more: Record<string, unknown> = {}): FlowDefinition {
    return { id: "flow_1", updated_at: "now", nodes: nodes as FlowNode[], ...more };
}

/** Its nodes as a comparison has them, in the order of their ids. */
export function drawn(nodes: object[]): GraphNode[] {
    return [...graphOf(flowWith(nodes)).nodes];
}
