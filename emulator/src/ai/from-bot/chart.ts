import type { FlowNode } from "../../bots/definition";
import { isJsonObject, type Json, type JsonObject } from "../../json";
import type { Chart, ChartNode, ChartRelation } from "../chart";
import type { BotIds } from "./bot-ids";

/** The `_id` of a step. */
export function nodeIdOf(ids: BotIds, flowId: string, nodeId: string): string {
    return ids.id("node", flowId, nodeId);
}

/** The steps of a bot's flow as the product connects them. */
export function chartFrom(ids: BotIds, flowId: string, nodes: readonly FlowNode[]): Chart {
    return {
        nodes: nodes.map((node) => nodeFrom(ids, flowId, node)),
        relations: nodes.map((node) => relationFrom(ids, flowId, node)),
    };
}

function nodeFrom(ids: BotIds, flowId: string, { id, type, label, config }: FlowNode): ChartNode {
    return {
        _id: nodeIdOf(ids, flowId, id),
        referenceId: nodeReferenceOf(ids, flowId, id),
        type,
        extension: "@cognigy/basic-nodes",
        label: typeof label === "string" ? label : id,
        comment: "",
        commentColor: "",
        analyticsLabel: "",
        isEntryPoint: type === "start",
        isDisabled: false,
        config: configFrom(ids, flowId, type, isJsonObject(config) ? config : {}),
    };
}

/** Jumps name their target as the product does; all else stays as it is. */
function configFrom(ids: BotIds, flowId: string, type: string, config: JsonObject): JsonObject {
    const { target, flow, ...rest } = config;
    if (type === "goTo" && typeof target === "string") {
        const node = nodeReferenceOf(ids, flowId, target);
        return { ...rest, flowNode: { flow: ids.reference("flow", flowId), node, isGoto: true } };
    }
    if (type === "executeFlow" && typeof flow === "string") {
        return { ...rest, flowNode: { flow: ids.reference("flow", flow), node: "" } };
    }
    return config;
}

/** Where a bot's step has several steps after it, the product has branches below it. */
function relationFrom(ids: BotIds, flowId: string, { id, next = null }: FlowNode): ChartRelation {
    return {
        _id: ids.id("relation", flowId, id),
        node: nodeIdOf(ids, flowId, id),
        children: branchesOf(next).map((child) => nodeIdOf(ids, flowId, child)),
        next: typeof next === "string" ? nodeIdOf(ids, flowId, next) : null,
    };
}

function branchesOf(next: Json): string[] {
    return typeof next === "object" && next !== null
        ? Object.values(next).filter((id): id is string => typeof id === "string")
        : [];
}

function nodeReferenceOf(ids: BotIds, flowId: string, nodeId: string): string {
    return ids.reference("node", flowId, nodeId);
}
