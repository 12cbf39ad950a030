import pLimit from "p-limit";
import type { FlowDefinition, FlowNode } from "../../release/flow.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";

/** How many nodes are read at a time: others want to use the tenant, too. */
const AT_A_TIME = 8;

const READ = { needs: "read flows" };
const MB = 1024 * 1024;

/** When and by whom something was touched, where it belongs to, how it looks in the editor: not what it does. */
const NO_CONTENT = new Set([
    "_id",
    "referenceId",
    "createdAt",
    "createdBy",
    "lastChanged",
    "lastChangedBy",
    "localeReference",
    "projectReference",
    "organisationReference",
    "chartReference",
    "flowReference",
    "preview",
    "comment",
    "commentColor",
    "img",
    "isTrainingOutOfDate",
    "feedbackReport",
]);

/**
 * Reads a flow as it stands in the editor: its nodes with what they are set to, how they are connected, its intents with
 * their sentences. Ids are those that stay the same in copies.
 *
 * Takes a call for each node and two for each intent: lists do not tell enough.
 */
export async function readDraft(api: AiApi, flow: answers.Flow): Promise<FlowDefinition> {
    const at = pLimit(AT_A_TIME);
    const base = `/flows/${part(flow._id)}`;
    const [chart, intents] = await Promise.all([
        readChart(api, flow._id),
        api.all(`${base}/intents`, answers.intent, READ),
    ]);
    const [nodes, intentsWithAll] = await Promise.all([
        Promise.all(
            chart.nodes.map(({ _id }) =>
                at(() => api.get(`${base}/chart/nodes/${part(_id)}`, answers.node, READ)),
            ),
        ),
        Promise.all(intents.map(({ _id }) => readIntent(api, at, base, _id))),
    ]);
    return {
        ...contentOf(flow),
        id: flow.referenceId,
        nodes: nodesOf(chart, nodes),
        // Lists begin with what is newest; after it was restored, all of it is.
        intents: sorted(intentsWithAll, ({ id }) => id),
        updated_at: new Date(flow.lastChanged * 1000).toISOString(),
    };
}

/** The nodes of a flow without what they are set to, and how they are connected. */
export function readChart(api: Pick<AiApi, "get">, flowId: string): Promise<answers.Chart> {
    return api.get(`/flows/${part(flowId)}/chart`, answers.chart, { ...READ, largest: 32 * MB });
}

async function readIntent(api: AiApi, at: ReturnType<typeof pLimit>, base: string, id: string) {
    const path = `${base}/intents/${part(id)}`;
    const [intent, sentences] = await Promise.all([
        at(() => api.get(path, answers.intent, READ)),
        at(() => api.all(`${path}/sentences`, answers.sentence, READ)),
    ]);
    return {
        ...contentOf(intent),
        id: intent.referenceId ?? intent._id,
        sentences: sorted(sentences.map(contentOf), ({ text }) => String(text)),
    };
}

/** Nodes by the ids that stay the same in copies, each with the nodes after and below it. */
function nodesOf({ nodes, relations }: answers.Chart, whole: readonly answers.Node[]): FlowNode[] {
    const references = new Map(nodes.map(({ _id, referenceId }) => [_id, referenceId ?? _id]));
    const referenceOf = (id: string) => references.get(id) ?? id;
    const connected = new Map(relations.map((relation) => [relation.node, relation]));
    return whole.map((node) => {
        const { next, children = [] } = connected.get(node._id) ?? {};
        return {
            ...contentOf(node),
            id: referenceOf(node._id),
            ...(next ? { next: referenceOf(next) } : {}),
            ...(children.length > 0 ? { children: children.map(referenceOf) } : {}),
        };
    });
}

function contentOf(record: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(record).filter(([name]) => !NO_CONTENT.has(name)));
}

function sorted<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
    return [...items].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}
