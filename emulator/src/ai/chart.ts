import type { JsonObject } from "../json";
import { mergePatch } from "../merge-patch";

/** A step of a flow. */
export interface ChartNode {
    readonly _id: string;
    readonly referenceId: string;
    readonly type: string;
    readonly extension: string;
    readonly label: string;
    readonly comment: string;
    readonly commentColor: string;
    readonly analyticsLabel: string;
    readonly isEntryPoint: boolean;
    readonly isDisabled: boolean;
    readonly config: JsonObject;
}

/** How a step is connected: what comes after it, and the branches below it. */
export interface ChartRelation {
    readonly _id: string;
    readonly node: string;
    readonly children: readonly string[];
    readonly next: string | null;
}

/** The steps of a flow and how they are connected. */
export interface Chart {
    readonly nodes: readonly ChartNode[];
    readonly relations: readonly ChartRelation[];
}

/** What can be changed of a step; `config` is merged as a JSON merge patch. */
export interface NodeChange {
    readonly label?: string;
    readonly comment?: string;
    readonly isDisabled?: boolean;
    readonly config?: JsonObject;
}

/** The chart with one step changed. */
export function changeNode(chart: Chart, nodeId: string, change: NodeChange): Chart {
    return {
        ...chart,
        nodes: chart.nodes.map((node) =>
            node._id === nodeId
                ? { ...node, ...change, config: mergePatch(node.config, change.config ?? {}) as JsonObject }
                : node,
        ),
    };
}

/** The chart without one step: what led to it leads to what came after it, but its branch is gone. */
export function removeNode(chart: Chart, nodeId: string): Chart {
    const removed = chart.relations.find((relation) => relation.node === nodeId);
    return {
        nodes: chart.nodes.filter((node) => node._id !== nodeId),
        relations: chart.relations
            .filter((relation) => relation.node !== nodeId)
            .map((relation) => ({
                ...relation,
                next: relation.next === nodeId ? (removed?.next ?? null) : relation.next,
                children: relation.children.filter((child) => child !== nodeId),
            })),
    };
}
