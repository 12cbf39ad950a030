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
    [SEALED]?: Sealed;
    [property: string]: unknown;
}

/** Under this a definition says what its content is where its nodes cannot be seen. No answer of a platform can hold it. */
export const SEALED: unique symbol = Symbol("sealed");

/** What is known of a version that the platform does not show. */
export interface Sealed {
    /** Names the content: `sha256:<hex>`. */
    contentHash: string;
    nodesCount: number;
}

/** Whether the nodes of a definition cannot be seen: it cannot be compared. */
export function isSealed(flow: FlowDefinition): boolean {
    return flow[SEALED] !== undefined;
}

/** How many nodes a flow has. */
export function nodesIn(flow: FlowDefinition): number {
    return flow[SEALED]?.nodesCount ?? flow.nodes.length;
}

/** Which flow of which bot. */
export interface FlowReference {
    botId: string;
    flowId: string;
}

/** A flow as it would go live under a version tag; without one, as it stands in the editor. */
export interface FlowVersion extends FlowReference {
    versionTag?: string;
    snapshots?: { source?: SnapshotSource | undefined } | undefined;
}

/** Where a version is taken from when the bot does not have it: another project, of this or another tenant. */
export interface SnapshotSource {
    /** The project's id. */
    botId: string;
    /** The config namespace of its tenant. */
    connection: string;
}
