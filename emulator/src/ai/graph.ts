import type { JsonObject } from "../json";
import { objectIdFor } from "./ids";
import type { Package } from "./packages";
import type { Project } from "./project";
import type { Flow, LargeLanguageModel, Resource, ResourceType } from "./resource";
import type { Snapshot } from "./snapshots";
import type { Variants } from "./variants";
import { connectionIdOf, metaOf } from "./views";

/** What of the graph is asked for. */
export interface GraphParts {
    readonly project: Project;
    /** Left out: they are not asked for. */
    readonly snapshots?: readonly Snapshot[];
    readonly packages?: readonly Package[];
    readonly dependencies: boolean;
}

/** Kinds of resources that the graph shows without a referenceId. */
const withoutReference: ReadonlySet<ResourceType> = new Set(["endpoint", "playbook"]);

/** What a project, its snapshots and packages hold, and what of that depends on what. */
export function graphOf(parts: GraphParts, variants: Variants): JsonObject {
    const { project, snapshots = [], packages = [], dependencies } = parts;
    const nodeOf = (type: string, name: string, resources: readonly Resource[], around = resources) => ({
        type,
        name,
        resources: resources.map((resource) => graphResource(resource, around, dependencies, variants)),
    });
    // Snapshots hold no knowledge stores: what needs one, needs that of the project.
    const aroundSnapshot = ({ resources }: Snapshot) => [...resources, ...project.of("knowledgeStore")];
    return {
        [project._id]: nodeOf("project", project.name, project.all()),
        ...Object.fromEntries(
            snapshots.map((it) => [it._id, nodeOf("snapshot", it.name, it.resources, aroundSnapshot(it))]),
        ),
        ...Object.fromEntries(packages.map((it) => [it._id, nodeOf("package", it.name, it.resources)])),
    };
}

function graphResource(
    resource: Resource,
    siblings: readonly Resource[],
    withDependencies: boolean,
    variants: Variants,
): JsonObject {
    const { type, _id, name, referenceId } = resource;
    const { _id: _own, ...meta } = metaOf(resource);
    return {
        type,
        _id,
        ...(withoutReference.has(type) ? {} : { referenceId }),
        name,
        properties: { ...meta, ...propertiesOf(resource, siblings, variants) },
        ...(withDependencies ? { dependencies: dependenciesOf(resource, siblings, variants) } : {}),
    };
}

function propertiesOf(resource: Resource, siblings: readonly Resource[], variants: Variants): JsonObject {
    switch (resource.type) {
        case "locale":
            return { primary: resource.primary, nluLanguage: resource.nluLanguage };
        case "connection":
            return { type: resource.connectionType, extension: resource.extension };
        case "largeLanguageModel":
            return { connectionId: connectionIdOf(resource, siblings, variants) };
        case "endpoint":
            return { active: resource.active, URLToken: resource.URLToken, channel: resource.channel };
        default:
            return {};
    }
}

function dependenciesOf(
    resource: Resource,
    siblings: readonly Resource[],
    variants: Variants,
): readonly JsonObject[] {
    const idOf = (type: ResourceType, referenceId: string) =>
        siblings.find((other) => other.type === type && other.referenceId === referenceId)?._id ??
        objectIdFor("gone", referenceId);
    switch (resource.type) {
        case "flow":
            return flowDependencies(resource, idOf);
        case "endpoint":
            return resource.flowId === ""
                ? []
                : [{ _id: idOf("flow", resource.flowId), type: "endpointFlow" }];
        case "largeLanguageModel":
            return llmDependencies(resource, idOf, variants);
        default:
            return [];
    }
}

type IdOf = (type: ResourceType, referenceId: string) => string;

function flowDependencies({ attachedLexicons, uses, chart }: Flow, idOf: IdOf): JsonObject[] {
    const nodes = new Map(chart.nodes.map((node) => [node._id, node]));
    return [
        ...attachedLexicons.map((referenceId) => ({
            _id: idOf("lexicon", referenceId),
            type: "attachedLexicon",
        })),
        ...uses.flatMap(({ node: nodeId, type, referenceId }) => {
            const node = nodes.get(nodeId);
            return node === undefined
                ? []
                : [
                      {
                          _id: idOf(type, referenceId),
                          type: "flowNode",
                          properties: { nodeType: node.type, nodeId, extension: node.extension },
                      },
                  ];
        }),
    ];
}

function llmDependencies({ connection }: LargeLanguageModel, idOf: IdOf, variants: Variants): JsonObject[] {
    return variants.llmConnectionInGraph === "listed"
        ? [{ _id: idOf("connection", connection), type: "attachedConnection" }]
        : [];
}
