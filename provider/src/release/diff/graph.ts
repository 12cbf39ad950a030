import { isRecord } from "../canonical.js";
import type { FlowDefinition } from "../flow.js";
import { backwardIn, type EdgeRecord, edgesIn } from "./edges.js";
import { listsIn, namesById, singular } from "./lists.js";
import { ID_NAMES, isContent } from "./names.js";
import { type GraphNode, isOrdered, type Link, linkTo } from "./node.js";
import { once } from "./once.js";
import { compareTexts, sortedBy } from "./order.js";
import { Reader, type Reading } from "./reader.js";
import { deepText, isList, textOf, type Value } from "./value.js";

/** A flow as a graph: the same for the same flow, in whatever order it is listed and under whatever ids. */
export interface FlowGraph {
    /** The flow itself: its settings, and edges to the nodes that they name. */
    readonly flow: GraphNode;
    readonly nodes: readonly GraphNode[];
    /** What else the flow lists, such as its intents, by the property's name. */
    readonly lists: ReadonlyMap<string, readonly GraphNode[]>;
}

/** A record of the definition, and the node that is made of it. */
interface Draft {
    ids: string[];
    record: Record<string, unknown>;
    node: GraphNode;
}

/** Makes the graph of a flow, whatever is in it. */
export function graphOf(definition: FlowDefinition): FlowGraph {
    const { nodes: listed, ...beside } = definition as Record<string, unknown>;
    const drafts = draftsOf(Array.isArray(listed) ? listed : [], "node");
    const byId = nodesById(drafts);
    const { edges, rest } = edgesIn(beside, byId);
    const { lists, rest: settings } = listsIn(rest);
    const own = idsOf(beside).map((id) => [id, "(this flow)"] as const);
    const reader = new Reader(byId, new Map([...namesById(lists), ...own]));

    for (const { record, node } of drafts) {
        const { before, rest: ahead } = backwardIn(record, byId);
        fill(node, readingOf(reader, ahead, edges.get(node) ?? []));
        for (const parent of before) {
            parent.links.push(linkTo(node, "children{}"));
        }
    }
    const listNodes = [...lists].map(([name, list]) => {
        const elements = draftsOf(list, singular(name));
        for (const { record, node } of elements) {
            fill(node, reader.read(record, true));
        }
        return [name, elements.map(({ node }) => node)] as const;
    });
    const flow = emptyNode("settings", undefined, {});
    fill(flow, reader.read(settings));

    const nodes = drafts.map(({ node }) => node);
    connect([flow, ...nodes, ...listNodes.flatMap(([, elements]) => elements)]);
    return { flow, nodes, lists: new Map(listNodes) };
}

/** In an order of their own: by id, and where that is the same by what they hold. */
function draftsOf(listed: readonly unknown[], subject: string): Draft[] {
    return listed
        .map((item) => {
            const record = isRecord(item) ? item : { value: item };
            const ids = idsOf(record);
            const text = once(() => deepText(contentOf(record)));
            return { ids, record, node: emptyNode(subject, ids[0], record), text };
        })
        .sort(
            (one, other) =>
                compareTexts(one.ids[0] ?? "", other.ids[0] ?? "") || compareTexts(one.text(), other.text()),
        );
}

/** The first node that has an id is the one that it names. */
function nodesById(drafts: readonly Draft[]): Map<string, GraphNode> {
    const byId = new Map<string, GraphNode>();
    for (const { ids, node } of drafts) {
        for (const id of ids) {
            byId.set(id, byId.get(id) ?? node);
        }
    }
    return byId;
}

function idsOf(record: Record<string, unknown>): string[] {
    return ID_NAMES.map((name) => record[name])
        .filter((id) => typeof id === "string" || typeof id === "number")
        .map(String)
        .filter((id) => id !== "");
}

function contentOf(record: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(record).filter(([name]) => isContent(name)));
}

function emptyNode(subject: string, id: string | undefined, record: Record<string, unknown>): GraphNode {
    const { type, label = record.name } = record;
    return {
        subject,
        id,
        type: typeof type === "string" ? type : "",
        label: typeof label === "string" && label.trim() !== "" ? label : undefined,
        fields: new Map(),
        text: "",
        links: [],
        incoming: [],
        dangling: [],
    };
}

/** What a node holds itself, and what the flow tells of it elsewhere. */
function readingOf(reader: Reader, record: Record<string, unknown>, edges: readonly EdgeRecord[]): Reading {
    const { fields, links, dangling } = reader.read(record);
    const all = new Map(fields);
    for (const { list, record: edge } of edges) {
        const reading = reader.read(edge);
        const holds = reading.fields.size > 0 ? textOf(reading.fields) : "";
        // Edges have no order: what they hold beside it tells which is which.
        const place = edges.length > 1 ? `${list}{${holds}}` : list;
        for (const { path, to } of reading.links) {
            links.push(linkTo(to, `${place}.${path}`));
        }
        for (const { path, id } of reading.dangling) {
            dangling.push({ path: `${place}.${path}`, id });
        }
        if (holds) {
            const others = all.get(`${list}{}`);
            const held: Value[] = [...(isList(others) ? others : []), reading.fields];
            all.set(`${list}{}`, sortedBy(held, textOf));
        }
    }
    return { fields: all, links, dangling };
}

function fill(node: GraphNode, { fields, links, dangling }: Reading): void {
    node.fields = fields;
    node.text = [textOf(fields), ...dangling.map(({ path, id }) => `${path} ${id}`)].join("\n");
    node.links = [...node.links, ...links];
    node.dangling = dangling;
}

/** Tells each node what leads to it. */
function connect(nodes: readonly GraphNode[]): void {
    for (const node of nodes) {
        node.links = inOrder(node.links);
        for (const { path, to, onward } of node.links) {
            to.incoming.push({ path, from: node, onward });
        }
    }
}

function inOrder(links: readonly Link[]): Link[] {
    const unordered = links.filter(({ path }) => !isOrdered(path));
    return [
        ...links.filter(({ path }) => isOrdered(path)),
        ...sortedBy(unordered, ({ path, to }) => `${path} ${to.text}`),
    ];
}
