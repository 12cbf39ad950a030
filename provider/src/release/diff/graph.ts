import { isRecord } from "../canonical.js";
import type { FlowDefinition } from "../flow.js";
import { backwardIn, type EdgeRecord, edgesIn } from "./edges.js";
import { listsIn, namesById, singular } from "./lists.js";
import type { Mention } from "./mentions.js";
import { ID_NAMES, isContent } from "./names.js";
import {
    type Content,
    type Dangling,
    type GraphNode,
    type Incoming,
    isOrdered,
    type Link,
    linkTo,
} from "./node.js";
import { compareTexts, sortedBy } from "./order.js";
import { Reader, type Reading } from "./reader.js";
import { sameRecord } from "./same-record.js";
import { deepText, type Fields, textOf, type Value } from "./value.js";

/** A flow as a graph: the same for the same flow, in whatever order it is listed and under whatever ids. */
export interface FlowGraph {
    /** The flow itself: its settings, and edges to the nodes that they name. */
    readonly flow: GraphNode;
    readonly nodes: readonly GraphNode[];
    /** What else the flow lists, such as its intents, by the property's name. */
    readonly lists: ReadonlyMap<string, readonly GraphNode[]>;
    /** What its nodes were made of, by their ids. */
    readonly origins: ReadonlyMap<string, Origin>;
}

/** A record of the definition, and the node that is made of it. */
interface Draft {
    ids: string[];
    record: Record<string, unknown>;
    node: DrawnNode;
    /** What tells it from others of the same id; made when it is needed. */
    tie?: string;
}

/** What a node was made of, to know it again. */
export interface Origin {
    /** Without what it comes after. */
    record: Record<string, unknown>;
    edges: readonly EdgeRecord[];
    mentions: readonly Mention[] | undefined;
    sense: string;
    node: GraphNode;
}

/**
 * Makes the graph of a flow, whatever is in it.
 *
 * @param earlier the graph of a flow that it is compared with: what both hold is read once.
 */
export function graphOf(definition: FlowDefinition, earlier?: FlowGraph): FlowGraph {
    const { nodes: listed, ...beside } = definition as Record<string, unknown>;
    const drafts = draftsOf(Array.isArray(listed) ? listed : [], "node");
    const byId = nodesById(drafts);
    const { edges, rest } = edgesIn(beside, byId);
    const { lists, rest: settings } = listsIn(rest);
    const own = idsOf(beside).map((id) => [id, "(this flow)"] as const);
    const reader = new Reader(byId, new Map([...namesById(lists), ...own]));

    const origins = new Map<string, Origin>();
    drafts.forEach(({ record, node }) => {
        const { before, rest: ahead } = backwardIn(record, byId);
        const origin = draw(reader, node, ahead, edges.get(node) ?? NO_EDGES, earlier);
        if (node.id !== undefined && !origins.has(node.id)) {
            origins.set(node.id, origin);
        }
        before.forEach((parent) => {
            parent.links.push(linkTo(node, "children{}"));
        });
    });
    const listNodes = [...lists].map(([name, list]) => {
        const elements = draftsOf(list, singular(name));
        for (const { record, node } of elements) {
            fill(node, reader.read(record, true));
        }
        return [name, elements.map(({ node }) => node)] as const;
    });
    const flow = newNode("settings", undefined, {});
    fill(flow, reader.read(settings));

    const nodes = drafts.map(({ node }) => node);
    connect([flow, ...nodes, ...listNodes.flatMap(([, elements]) => elements)]);
    return { flow, nodes, lists: new Map(listNodes), origins };
}

/** In an order of their own: by id, and where that is the same by what they hold. */
function draftsOf(listed: readonly unknown[], subject: string): Draft[] {
    return listed
        .map((item): Draft => {
            const record = isRecord(item) ? item : { value: item };
            const ids = idsOf(record);
            return { ids, record, node: newNode(subject, ids[0], record) };
        })
        .sort(
            (one, other) =>
                compareTexts(one.ids[0] ?? "", other.ids[0] ?? "") || compareTexts(tieOf(one), tieOf(other)),
        );
}

function tieOf(draft: Draft): string {
    draft.tie ??= deepText(contentOf(draft.record));
    return draft.tie;
}

/** The first node that has an id is the one that it names. */
function nodesById(drafts: readonly Draft[]): Map<string, GraphNode> {
    const byId = new Map<string, GraphNode>();
    drafts.forEach(({ ids, node }) => {
        ids.forEach((id) => {
            byId.set(id, byId.get(id) ?? node);
        });
    });
    return byId;
}

function idsOf(record: Record<string, unknown>): string[] {
    const ids: string[] = [];
    for (let place = 0; place < ID_NAMES.length; place += 1) {
        const id = record[ID_NAMES[place] as string];
        if ((typeof id === "string" && id !== "") || typeof id === "number") {
            ids.push(String(id));
        }
    }
    return ids;
}

function contentOf(record: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(record).filter(([name]) => isContent(name)));
}

const NO_EDGES: readonly EdgeRecord[] = [];
const NOTHING: Content = { fields: new Map(), text: "" };

/** A node of one graph. */
class DrawnNode implements GraphNode {
    content = NOTHING;
    links: Link[] = [];
    incoming: Incoming[] = [];
    dangling: Dangling[] = [];

    constructor(
        readonly subject: string,
        readonly id: string | undefined,
        readonly type: string,
        readonly label: string | undefined,
    ) {}
}

function newNode(subject: string, id: string | undefined, record: Record<string, unknown>): DrawnNode {
    const { type, label = record.name } = record;
    return new DrawnNode(
        subject,
        id,
        typeof type === "string" ? type : "",
        typeof label === "string" && label.trim() !== "" ? label : undefined,
    );
}

/** Tells a node where it leads, and what it holds: that is read when somebody asks for it, and once for both flows. */
function draw(
    reader: Reader,
    node: DrawnNode,
    record: Record<string, unknown>,
    edges: readonly EdgeRecord[],
    earlier: FlowGraph | undefined,
): Origin {
    const namesake = node.id === undefined ? undefined : earlier?.origins.get(node.id);
    const before =
        namesake && sameRecord(namesake.record, record) && sameEdges(namesake.edges, edges)
            ? namesake
            : undefined;
    const mentions = before?.mentions ?? mentionsOf(reader, record, edges);
    const { links, dangling, sense } = mentions ? reader.ways(mentions) : readingOf(reader, record, edges);
    node.links = node.links.length > 0 ? [...node.links, ...links] : links;
    node.dangling = dangling;
    node.content =
        before?.sense === sense
            ? before.node.content
            : new LateContent(() => readingOf(reader, record, edges));
    return { record, edges, mentions, sense, node };
}

/** Undefined where it takes a reading to tell edges apart. */
function mentionsOf(
    reader: Reader,
    record: Record<string, unknown>,
    edges: readonly EdgeRecord[],
): readonly Mention[] | undefined {
    const [only] = edges;
    if (!only) {
        return reader.mentions(record);
    }
    return edges.length > 1
        ? undefined
        : [
              ...reader.mentions(record),
              ...reader
                  .mentions(only.record)
                  .map((mention) => ({ ...mention, path: `${only.list}.${mention.path}` })),
          ];
}

/** A content that is read when it is asked for. */
class LateContent implements Content {
    private found: Content | undefined;

    constructor(private readonly find: () => Reading) {}

    get fields(): Fields {
        return this.content.fields;
    }

    get text(): string {
        return this.content.text;
    }

    private get content(): Content {
        this.found ??= contentIn(this.find());
        return this.found;
    }
}

function contentIn({ fields, dangling }: Reading): Content {
    const text = [textOf(fields), ...dangling.map(({ path, id }) => `${path} ${id}`)].join("\n");
    return { fields, text };
}

/** What a node holds itself, and what the flow tells of it elsewhere. */
function readingOf(reader: Reader, record: Record<string, unknown>, edges: readonly EdgeRecord[]): Reading {
    const own = reader.read(record);
    const fields = new Map([...own.fields].map(([name, value]) => [ownName(name), value]));
    const { links, dangling } = own;
    let { sense } = own;
    const held = new Map<string, Fields[]>();
    for (const { list, record: edge } of edges) {
        const reading = reader.read(edge);
        sense += `; ${reading.sense}`;
        const holds = reading.fields.size > 0 ? textOf(reading.fields) : "";
        // Edges have no order: what they hold beside it tells which is which.
        const place = `${list}{${holds}}`;
        for (const { path, to } of reading.links) {
            links.push(linkTo(to, `${place}.${path}`));
        }
        for (const { path, id } of reading.dangling) {
            dangling.push({ path: `${place}.${path}`, id });
        }
        if (holds) {
            const others = held.get(list) ?? [];
            others.push(reading.fields);
            held.set(list, others);
        }
    }
    for (const [list, values] of held) {
        fields.set(`${list}{}`, sortedBy<Value>(values, textOf));
    }
    return { fields, links, dangling, sense };
}

/** A property of the node itself under a name that is not that of a list of edges, such as `edges{}`. */
function ownName(name: string): string {
    return /\{\}(?: \(own\))*$/.test(name) ? `${name} (own)` : name;
}

function sameEdges(one: readonly EdgeRecord[], other: readonly EdgeRecord[]): boolean {
    return (
        one.length === other.length &&
        one.every(({ list, record }, place) => {
            const edge = other[place];
            return list === edge?.list && sameRecord(record, edge.record);
        })
    );
}

function fill(node: DrawnNode, reading: Reading): void {
    node.content = contentIn(reading);
    node.links = [...node.links, ...reading.links];
    node.dangling = reading.dangling;
}

/** Tells each node what leads to it. */
function connect(nodes: readonly DrawnNode[]): void {
    nodes.forEach((node) => {
        node.links = inOrder(node.links);
        node.links.forEach(({ path, to, onward }) => {
            to.incoming.push({ path, from: node, onward });
        });
    });
}

function inOrder(links: Link[]): Link[] {
    if (links.length < 2) {
        return links;
    }
    const unordered = links.filter(({ path }) => !isOrdered(path));
    return [
        ...links.filter(({ path }) => isOrdered(path)),
        ...sortedBy(unordered, ({ path, to }) => `${path} ${to.content.text}`),
    ];
}
