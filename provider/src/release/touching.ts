import { isRecord } from "./canonical.js";
import type { FlowDiff, Touched } from "./diff/change.js";
import type { FlowDefinition, FlowNode } from "./flow.js";
import type { Dependency } from "./gates.js";

/** Something of the bot that flows need, such as an external API. */
export type Resource = Pick<Dependency, "resourceType" | "resourceId">;

/** A release that is looked at for what it touches. */
export interface Comparison {
    diff: Pick<FlowDiff, "touched">;
    live: FlowDefinition;
    next: FlowDefinition;
    /** What the next flow needs, and where; left out where that is not known. */
    listed?: readonly Dependency[] | undefined;
}

/** Levels of nesting that are looked into. */
const DEEPEST = 40;
/** Under these stands what people read or hear, and no id. */
const WORDS = /^(?:type|label|comment|texts?|say|speech|messages?|prompt|reprompt|question|title|subtitle)$/i;

/**
 * Tells which resources a release touches: those that are used by a node that is new, gone or holds something else, and
 * those that the flow itself lists and changes, such as an intent with its sentences.
 *
 * Where the next flow's nodes use what is listed by the platform. What else is used is known by its id in a property.
 */
export function touching({ diff, live, next, listed }: Comparison): (resource: Resource) => boolean {
    const nodes = diff.touched.filter(({ subject }) => subject === "node");
    const byPlatform = new Set(
        (listed ?? []).filter(usedBy(new Set(nodes.flatMap(({ after }) => after ?? [])), next)).map(keyOf),
    );
    const values = new Set([
        ...textsOf(nodesOf(live, nodes, "before")),
        ...(listed ? [] : textsOf(nodesOf(next, nodes, "after"))),
    ]);
    const elements = new Set(diff.touched.filter(({ subject }) => subject !== "node").flatMap(elementKeys));
    const types = typesOf(listed ?? []);
    return (resource) => {
        const { resourceType, resourceId } = resource;
        const isType = types.get(resourceId)?.has(resourceType) ?? true;
        return (
            byPlatform.has(keyOf(resource)) ||
            elements.has(elementKey(resourceType, resourceId)) ||
            (isType && values.has(resourceId))
        );
    };
}

/** Equal for the same resource. */
export function keyOf({ resourceType, resourceId }: Resource): string {
    return JSON.stringify([resourceType, resourceId]);
}

/** Tells whether a dependency is one of some nodes, by where it is used: `nodes/n2/config/intent`, `n2.intents[0]`. */
function usedBy(ids: ReadonlySet<string>, { nodes }: FlowDefinition) {
    const known = new Set(nodes.map(({ id }) => id));
    return ({ referencePath }: Dependency): boolean => {
        const [first, place, ...rest] = referencePath.split(/[/.[\]'"]+/).filter((part) => part !== "");
        const owner = [first, place, ...rest].find((part) => part !== undefined && known.has(part));
        const placed = first === "nodes" && /^\d+$/.test(place ?? "") ? nodes[Number(place)]?.id : undefined;
        return ids.has(owner ?? placed ?? "");
    };
}

function nodesOf(
    { nodes }: FlowDefinition,
    touched: readonly Touched[],
    side: "before" | "after",
): FlowNode[] {
    const ids = new Set(touched.flatMap((one) => one[side] ?? []));
    return nodes.filter(({ id }) => id !== undefined && ids.has(id));
}

/** Every text in some nodes that may be the id of a resource: not what people read or hear. */
function textsOf(nodes: readonly FlowNode[]): string[] {
    const texts: string[] = [];
    const walk = (value: unknown, depth: number) => {
        if (typeof value === "string") {
            texts.push(value);
        } else if (depth < DEEPEST && Array.isArray(value)) {
            for (const item of value) {
                walk(item, depth + 1);
            }
        } else if (depth < DEEPEST && isRecord(value)) {
            for (const [name, inner] of Object.entries(value)) {
                if (!WORDS.test(name)) {
                    walk(inner, depth + 1);
                }
            }
        }
    };
    walk(nodes, 0);
    return texts;
}

function typesOf(listed: readonly Dependency[]): Map<string, Set<string>> {
    const types = new Map<string, Set<string>>();
    for (const { resourceType, resourceId } of listed) {
        types.set(resourceId, (types.get(resourceId) ?? new Set()).add(resourceType));
    }
    return types;
}

function elementKeys({ subject, before, after }: Touched): string[] {
    return [before, after].flatMap((id) => (id === undefined ? [] : [elementKey(subject, id)]));
}

/** Lists of a flow are named in one style, and types of resources in another: `externalApi`, `external_api`. */
function elementKey(type: string, id: string): string {
    return JSON.stringify([type.toLowerCase().replace(/[^a-z0-9]/g, ""), id]);
}
