import type { Json } from "../json";
import { isJsonObject } from "../json";
import type { FlowDefinition, FlowNode } from "./definition";

/** Which intents a flow handles. */
export interface Routing {
    /** Each intent that the conversation can get to, with the first node that mentions it. */
    readonly reached: ReadonlyMap<string, string>;
    /** Each intent that is mentioned only by nodes to which nothing leads from the start. */
    readonly stranded: ReadonlyMap<string, string>;
}

const known = new WeakMap<FlowDefinition, Routing>();

/**
 * Reads off which intents a flow routes: a node does when its `config` holds `intent: "<id>"` or
 * `intents: ["<id>", …]` at any depth. When the flow has a node of type `start`, only the nodes count to which
 * `next` (a node id, or ids in a list or an object) and `config.target` lead from there.
 */
export function routingOf(definition: FlowDefinition): Routing {
    const routing = known.get(definition) ?? read(definition);
    known.set(definition, routing);
    return routing;
}

function read(definition: FlowDefinition): Routing {
    const live = reachableNodes(definition);
    const reached = new Map<string, string>();
    const stranded = new Map<string, string>();
    for (const node of definition.nodes) {
        const found = live.has(node.id) ? reached : stranded;
        for (const intent of intentsIn(node.config)) {
            if (!found.has(intent)) {
                found.set(intent, node.id);
            }
        }
    }
    for (const intent of reached.keys()) {
        stranded.delete(intent);
    }
    return { reached, stranded };
}

function reachableNodes({ nodes }: FlowDefinition): ReadonlySet<string> {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const starts = nodes.filter((node) => node.type === "start").map((node) => node.id);
    if (starts.length === 0) {
        return new Set(byId.keys());
    }
    const reached = new Set<string>();
    const waiting = starts;
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        const node = byId.get(id);
        if (node !== undefined && !reached.has(id)) {
            reached.add(id);
            waiting.push(...successorsOf(node));
        }
    }
    return reached;
}

function successorsOf(node: FlowNode): string[] {
    const target = isJsonObject(node.config) ? node.config.target : undefined;
    return [...stringsIn(node.next), ...stringsIn(target)];
}

function stringsIn(value: Json | undefined): string[] {
    if (typeof value === "string") {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function intentsIn(value: Json | undefined): string[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([name, inner]) =>
        name === "intent" || name === "intents" ? stringsIn(inner) : intentsIn(inner),
    );
}
