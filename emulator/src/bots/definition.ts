import type { Json } from "../json";

/** A step of a flow. Beside these fields it holds whatever its kind of step needs. */
export interface FlowNode {
    readonly id: string;
    readonly type: string;
    readonly [field: string]: Json;
}

/** A flow as it is edited and as it goes live. Values are never changed in place: an edit makes a new definition. */
export interface FlowDefinition {
    readonly id: string;
    readonly name: string;
    readonly nodes: readonly FlowNode[];
    /** When it was last edited, ISO 8601. */
    readonly updated_at: string;
    readonly [field: string]: Json;
}

/** What a flow needs: one row per place that mentions a resource. */
export interface DependencyRow {
    /** `intent`, `entity`, `external_api`; anything else is looked up among the bot's other resources. */
    readonly resourceType: string;
    readonly resourceId: string;
    /** Where the flow mentions it, such as `nodes/n12/config/intent`. */
    readonly referencePath: string;
}

/** How existence is asked for: three kinds have a place of their own, all others share one. */
export const resourceKinds = ["intent", "entity", "external_api", "resource"] as const;

/** One of `resourceKinds`. */
export type ResourceKind = (typeof resourceKinds)[number];

/** Whether a resource is there, and may be used. */
export const accesses = ["ok", "missing", "forbidden"] as const;

/** One of `accesses`. */
export type Access = (typeof accesses)[number];

/** An intent with the sentences that people say when they mean it. */
export interface Intent {
    readonly id: string;
    readonly name: string;
    readonly examples: readonly string[];
}
