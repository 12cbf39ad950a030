import * as z from "zod";
import { credentialIn } from "../../release/credentials.js";
import type { Dependency, DependencyState } from "../../release/gates.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import { draftIn, type Need, needsOf } from "./closure.js";
import { readChart } from "./draft.js";

/** Where resources of a kind are looked up. Of kinds that are not listed, that the graph has them is all there is to know. */
const COLLECTIONS: Record<string, string> = {
    aiAgent: "aiagents",
    connection: "connections",
    extension: "extensions",
    flow: "flows",
    function: "functions",
    knowledgeStore: "knowledgestores",
    largeLanguageModel: "largelanguagemodels",
    lexicon: "lexicons",
    locale: "locales",
    nluconnector: "nluconnectors",
    playbook: "playbooks",
};

/** What a snapshot does not hold: it must be where the snapshot goes. */
const STAYS_BEHIND: ReadonlySet<string> = new Set(["knowledgeStore"]);

const named = z.object({ name: z.string(), referenceId: z.string().nullish() });

const MB = 1024 * 1024;
const READ = { needs: "read the project's resources" };

/** Which content of a flow its dependencies are asked of. */
export interface Content {
    projectId: string;
    /** The flow as it stands in the editor. */
    flow: answers.Flow;
    /** The `_id` of the snapshot; left out: the draft. */
    snapshot?: string | undefined;
}

/** What the flows of a tenant depend on. */
export class Dependencies {
    /** How what was listed is looked up, by what it was listed as: the last listing counts. */
    private readonly lookups = new Map<string, () => Promise<DependencyState>>();
    /** Those that are on their way. */
    private readonly graphs = new Map<string, Promise<answers.Graph>>();

    constructor(private readonly api: AiApi) {}

    /** Everything that a flow needs, itself or through others. */
    async of({ projectId, flow, snapshot }: Content): Promise<Dependency[]> {
        const graph = await this.graph(projectId, snapshot !== undefined);
        const draft = draftIn(graph, projectId);
        const frozen = snapshot === undefined ? undefined : graph[snapshot]?.resources;
        const resources = frozen ?? draft;
        const root = resources.find(({ referenceId }) => referenceId === flow.referenceId)?._id ?? flow._id;
        const needs = needsOf(root, resources, frozen ? draft : []);
        const names = uniqueNames([...draft, ...resources]);
        const nodes = frozen ? new Map<string, string>() : await this.nodeReferences(flow._id);
        return needs.map((need) => {
            const row = {
                resourceType: need.type,
                resourceId: names.get(need.id) ?? need.id,
                referencePath: placeOf(need, nodes),
            };
            // A snapshot holds copies. What it needs of the project is tried there, where that is still the same thing.
            const there = frozen ? sameIn(draft, need.resource) : need.resource;
            const tried = there ? { ...need, id: there._id, resource: there } : need;
            this.lookups.set(keyOf(projectId, row), () => this.stateOf(tried));
            return row;
        });
    }

    /**
     * Knows what a version needs that is taken from another project. Most of it comes along; what does not, must be here.
     *
     * @param elsewhere whether it can be used where it comes from.
     */
    comeFrom(
        projectId: string,
        page: readonly Dependency[],
        elsewhere: (dependency: Dependency) => Promise<DependencyState>,
    ): void {
        for (const dependency of page) {
            this.lookups.set(keyOf(projectId, dependency), async () => {
                const state = await elsewhere(dependency);
                return state === "ok" && STAYS_BEHIND.has(dependency.resourceType)
                    ? this.stateByName(projectId, dependency)
                    : state;
            });
        }
    }

    /** Whether something that was listed can be used. */
    async state(projectId: string, dependency: Dependency): Promise<DependencyState> {
        return this.lookups.get(keyOf(projectId, dependency))?.() ?? "missing";
    }

    private async stateOf(need: Need): Promise<DependencyState> {
        const collection = COLLECTIONS[need.type];
        if (collection === undefined) {
            return need.resource ? "ok" : "missing";
        }
        const status = await this.api.http.status(
            { method: "GET", path: `/new/v2.0/${collection}/${part(need.id)}`, ...READ },
            [403, 404],
        );
        if (status === 404) {
            return "missing";
        }
        if (status === 403) {
            return "forbidden";
        }
        return need.type === "largeLanguageModel" ? this.modelState(need.id) : "ok";
    }

    /** Whether the project has a resource of that name. */
    private async stateByName(
        projectId: string,
        { resourceType, resourceId }: Dependency,
    ): Promise<DependencyState> {
        const found = await this.api.all(`/${COLLECTIONS[resourceType]}`, named, {
            query: { projectId, filter: resourceId },
            ...READ,
        });
        return found.some(({ name, referenceId }) => name === resourceId || referenceId === resourceId)
            ? "ok"
            : { broken: `project ${projectId} has none of that name, and snapshots do not hold any` };
    }

    /** A language model is there; whether its provider takes its credentials is another matter. */
    private async modelState(id: string): Promise<DependencyState> {
        const { isCredentialsValid, msgErr, msg } = await this.api.post(
            `/largelanguagemodels/${part(id)}/test`,
            answers.languageModelTest,
            { json: {}, needs: "test language models" },
        );
        return isCredentialsValid
            ? "ok"
            : { broken: `its provider refuses the credentials: ${shown(msgErr ?? msg)}` };
    }

    /** The graph of a project: whoever asks meanwhile gets the same. */
    private graph(projectId: string, withSnapshots: boolean): Promise<answers.Graph> {
        const key = JSON.stringify([projectId, withSnapshots]);
        const asked =
            this.graphs.get(key) ??
            this.api
                .get(`/projects/${part(projectId)}/graph`, answers.graph, {
                    query: { dependencies: "true", ...(withSnapshots ? { snapshots: "true" } : {}) },
                    largest: 64 * MB,
                    ...READ,
                })
                .finally(() => this.graphs.delete(key));
        this.graphs.set(key, asked);
        return asked;
    }

    private async nodeReferences(flowId: string): Promise<Map<string, string>> {
        const { nodes } = await readChart(this.api, flowId);
        return new Map(nodes.map(({ _id, referenceId }) => [_id, referenceId ?? _id]));
    }
}

/** What a project has in place of a snapshot's copy. */
function sameIn(
    draft: readonly answers.GraphResource[],
    resource: answers.GraphResource | undefined,
): answers.GraphResource | undefined {
    return draft.find(
        ({ _id, referenceId }) =>
            _id === resource?._id || (referenceId != null && referenceId === resource?.referenceId),
    );
}

/** Why a provider refuses. Some repeat a part of the key. */
function shown(reason: string | null | undefined): string {
    if (!reason) {
        return "no reason given";
    }
    return credentialIn(reason) ? "the reason holds a credential and is not shown" : reason;
}

function keyOf(projectId: string, { resourceType, resourceId }: Dependency): string {
    return JSON.stringify([projectId, resourceType, resourceId]);
}

/** What people call each resource: its name, with its id where another one of its kind has the same. */
function uniqueNames(resources: readonly answers.GraphResource[]): Map<string, string> {
    const ids = new Map<string, Set<string>>();
    const named = resources.flatMap(({ type, _id, name, referenceId }) =>
        name ? [{ key: JSON.stringify([type, name]), id: _id, name, own: referenceId ?? _id }] : [],
    );
    for (const { key, own } of named) {
        // A snapshot's copy is the same resource.
        ids.set(key, (ids.get(key) ?? new Set()).add(own));
    }
    return new Map(
        named.map(({ key, id, name }) => [id, ids.get(key)?.size === 1 ? name : `${name} (${id})`]),
    );
}

function placeOf({ usedBy }: Need, nodes: ReadonlyMap<string, string>): string {
    return "nodeId" in usedBy
        ? `nodes/${nodes.get(usedBy.nodeId) ?? usedBy.nodeId}`
        : `${usedBy.type}/${usedBy.name}`;
}
