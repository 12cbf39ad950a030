/** A node of a flow. What it holds beside its id depends on its type. */
export interface FlowNode {
    id?: string | undefined;
    type?: string | undefined;
    label?: string | undefined;
    [property: string]: unknown;
}

/** A flow as the platform defines it. */
export interface FlowDefinition {
    id: string;
    name?: string | undefined;
    nodes: FlowNode[];
    /** ISO 8601 time of the last edit. */
    updated_at: string;
    [property: string]: unknown;
}

/** Which flow of which bot. */
export interface FlowReference {
    botId: string;
    flowId: string;
}

/** A flow as it would go live under a version tag; without one, as it stands in the editor. */
export interface FlowVersion extends FlowReference {
    versionTag?: string;
}
