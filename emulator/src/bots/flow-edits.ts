import { nodeSchema } from "../data/schema";
import type { JsonObject } from "../json";
import { mergePatch } from "../merge-patch";
import { Refusal } from "../refusal";
import { compileGuard } from "../schema";
import type { FlowDefinition, FlowNode } from "./definition";

/** Changes to the nodes of a flow, by node id; null removes the node, an unknown id adds one. */
export interface FlowPatch {
    readonly nodes: Readonly<Record<string, JsonObject | null>>;
}

const guardNode = compileGuard(nodeSchema, "The node");

/**
 * The definition with the patch applied to each node as a JSON merge patch (RFC 7386).
 * @throws Refusal when a node that is to be removed does not exist, or a changed node is no valid one
 */
export function patchNodes(definition: FlowDefinition, patch: FlowPatch): FlowDefinition {
    const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
    for (const [id, change] of Object.entries(patch.nodes)) {
        if (change !== null) {
            nodes.set(id, changedNode(id, nodes.get(id), change));
        } else if (!nodes.delete(id)) {
            throw Refusal.notFound(`nodes.${id}: the flow "${definition.id}" has no such node.`);
        }
    }
    return { ...definition, nodes: [...nodes.values()] };
}

function changedNode(id: string, node: FlowNode | undefined, change: JsonObject): FlowNode {
    const changed = mergePatch(node ?? { id }, change) as FlowNode;
    guardNode(changed);
    if (changed.id !== id) {
        throw Refusal.invalid(`nodes.${id}.id must stay "${id}".`);
    }
    return changed;
}
