import type { Graph, GraphResource } from "./answers.js";

/** Something that a flow needs, or that one of those needs. */
export interface Need {
    /** Its kind, such as `connection`. */
    type: string;
    /** The `_id`, where it stands in the graph or not. */
    id: string;
    /** What the graph knows of it; undefined where it is not there. */
    resource: GraphResource | undefined;
    /** Where it is used: the flow's own node, or what else needs it. */
    usedBy: { nodeId: string } | { type: string; name: string };
}

/** What an edge of the graph leads to, by the edge's type, where the graph does not know what is at its end. */
const KINDS: Record<string, string> = {
    attachedFlow: "flow",
    attachedLexicon: "lexicon",
    attachedConnection: "connection",
    attachedSource: "knowledgeSource",
    attachedChunk: "knowledgeChunk",
    endpointFlow: "flow",
    endpointNluConnector: "nluconnector",
};

/**
 * All that a flow needs, itself or through others, one entry for each use.
 *
 * @param root the flow's `_id` in what `resources` are the contents of.
 * @param resources what the project, or the snapshot, holds.
 * @param around what else there is: the project that a snapshot was taken of, for it does not hold everything.
 */
export function needsOf(
    root: string,
    resources: readonly GraphResource[],
    around: readonly GraphResource[] = [],
): Need[] {
    // What comes later counts.
    const all = [...around, ...resources];
    const byId = new Map(all.map((resource) => [resource._id, resource]));
    const byReference = new Map(
        all.flatMap((resource) => (resource.referenceId ? [[resource.referenceId, resource]] : [])),
    ) as Map<string, GraphResource>;
    const needs: Need[] = [];
    const seen = new Set([root]);
    const waiting = [byId.get(root)].filter((one) => one !== undefined);
    for (let user = waiting.shift(); user; user = waiting.shift()) {
        for (const edge of edgesOf(user)) {
            const resource = byId.get(edge.id) ?? byReference.get(edge.id);
            const type = resource?.type ?? edge.type;
            const usedBy =
                user._id === root && edge.nodeId !== undefined
                    ? { nodeId: edge.nodeId }
                    : { type: user.type, name: user.name ?? user._id };
            needs.push({ type, id: resource?._id ?? edge.id, resource, usedBy });
            if (resource && !seen.has(resource._id)) {
                seen.add(resource._id);
                waiting.push(resource);
            }
        }
    }
    return needs;
}

interface Edge {
    id: string;
    type: string;
    nodeId?: string | undefined;
}

function edgesOf({ dependencies, type, properties }: GraphResource): Edge[] {
    const edges: Edge[] = (dependencies ?? []).map((one) => ({
        id: one._id,
        type: KINDS[one.type] ?? "resource",
        nodeId: one.properties?.nodeId,
    }));
    // The graph of some versions leaves this one out.
    const connection = type === "largeLanguageModel" ? properties?.connectionId : undefined;
    const known = edges.some((edge) => edge.type === "connection");
    return typeof connection === "string" && connection !== "" && !known
        ? [...edges, { id: connection, type: "connection" }]
        : edges;
}

/** What the project holds as it stands in the editor. */
export function draftIn(graph: Graph, projectId: string): readonly GraphResource[] {
    return graph[projectId]?.resources ?? [];
}
