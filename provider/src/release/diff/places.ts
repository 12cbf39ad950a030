import type { FlowGraph } from "./graph.js";
import { isStart } from "./names.js";
import type { GraphNode, Incoming } from "./node.js";
import { sortedBy } from "./order.js";

/** More branches than this are not told apart: whoever is in the ninth one is said to be in the eighth. */
const DEEPEST_BRANCH = 8;

/** Where a node stands in the conversation. */
export interface Place {
    /** The order in which a conversation goes: branch by branch, and what branches lead back to after them. */
    rank: number;
    /** The branch that it is in; undefined where every conversation gets to. */
    branch: Branch | undefined;
    /** The branch that what comes after it is in. */
    opens: Branch | undefined;
}

/** A branch by the node that it begins with. */
export interface Branch {
    entry: GraphNode;
    /** The branch around it. */
    within: Branch | undefined;
    depth: number;
}

/** Where each node of a flow stands. */
export class Places {
    /** All nodes in the order of the conversation. */
    readonly order: readonly GraphNode[];
    private readonly places = new Map<GraphNode, Place>();
    private readonly reached: ReadonlySet<GraphNode> | undefined;

    constructor(graph: FlowGraph) {
        const starts = startsOf(graph);
        this.reached = starts.length > 0 ? reachableFrom(starts) : undefined;
        this.order = conversationOrder(graph, starts);
        this.order.forEach((node, rank) => {
            const branch = this.branchOf(node);
            this.places.set(node, { rank, branch, opens: branchFrom(node, branch) });
        });
    }

    rankOf(node: GraphNode): number {
        return this.places.get(node)?.rank ?? -1;
    }

    /** The branches that a node is in, the outermost first. */
    branchesOf(node: GraphNode): GraphNode[] {
        const entries: GraphNode[] = [];
        for (let branch = this.places.get(node)?.branch; branch; branch = branch.within) {
            entries.unshift(branch.entry);
        }
        return entries;
    }

    /** Whether a conversation can get to a node. Where nothing is marked as the start, to all. */
    isReached(node: GraphNode): boolean {
        return this.reached?.has(node) ?? true;
    }

    /** What all ways to a node have in common. What leads back to it is not known yet, and is no way to it. */
    private branchOf(node: GraphNode): Branch | undefined {
        const hasOnward = node.incoming.some(({ onward }) => onward);
        let common: Branch | undefined;
        let isFirst = true;
        node.incoming.forEach(({ from, onward }) => {
            const place = onward || !hasOnward ? this.places.get(from) : undefined;
            if (place) {
                common = isFirst ? place.opens : commonBranch(common, place.opens);
                isFirst = false;
            }
        });
        return common;
    }
}

function branchFrom(node: GraphNode, within: Branch | undefined): Branch | undefined {
    const depth = (within?.depth ?? 0) + 1;
    return isEntry(node) && depth <= DEEPEST_BRANCH ? { entry: node, within, depth } : within;
}

/** Whether a branch begins with a node: there is one way to it, and it is one of several. */
function isEntry(node: GraphNode): boolean {
    const only = node.incoming.find(({ onward }) => onward);
    return only !== undefined && node.incoming.findLast(({ onward }) => onward) === only && isChoice(only);
}

/** Whether an edge is one of several: one child may be there beside what is next, and one of a list be all of it. */
function isChoice({ path, from }: Incoming): boolean {
    return !/(?:^|\.)next$/.test(path) && (/(?:^|\.)children/.test(path) || from.links.length > 1);
}

function commonBranch(one: Branch | undefined, other: Branch | undefined): Branch | undefined {
    let [left, right] = [one, other];
    while (left?.entry !== right?.entry) {
        if ((left?.depth ?? 0) >= (right?.depth ?? 0)) {
            left = left?.within;
        } else {
            right = right?.within;
        }
    }
    return left;
}

/** Where conversations begin, and what the flow or its lists name beside; empty where nothing says where they begin. */
function startsOf({ flow, nodes, lists }: FlowGraph): GraphNode[] {
    const marked =
        nodes.some(({ type }) => isStart(type)) || flow.links.some(({ path }) => /start|entry/i.test(path));
    const named = [flow, ...[...lists.values()].flat()].flatMap(({ links }) => links.map(({ to }) => to));
    return marked ? [...nodes.filter(({ type }) => isStart(type)), ...named] : [];
}

function reachableFrom(starts: readonly GraphNode[]): Set<GraphNode> {
    const reached = new Set(starts);
    const waiting = [...reached];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
        node.links.forEach(({ to }) => {
            if (!reached.has(to)) {
                reached.add(to);
                waiting.push(to);
            }
        });
    }
    return reached;
}

/** All nodes, each before those that it leads to, but for the ways back; one branch after the other. */
function conversationOrder({ nodes }: FlowGraph, starts: readonly GraphNode[]): GraphNode[] {
    const heads = nodes.filter(({ incoming }) => incoming.length === 0);
    const seen = new Set<GraphNode>();
    const order = lastLeftFirst(new Set([...starts, ...sortedBy(heads, nameOf)]), seen);
    for (const node of sortedBy(
        nodes.filter((one) => !seen.has(one)),
        nameOf,
    )) {
        for (const inCircle of lastLeftFirst(new Set([node]), seen)) {
            order.push(inCircle);
        }
    }
    return order;
}

/** Walks from the last root and the last edge on; who is left last, and so has the most before it, comes first. */
function lastLeftFirst(roots: ReadonlySet<GraphNode>, seen: Set<GraphNode>): GraphNode[] {
    const left: GraphNode[] = [];
    for (const root of [...roots].reverse()) {
        const trail: { node: GraphNode; ahead: number }[] = [];
        const enter = (node: GraphNode) => {
            if (!seen.has(node)) {
                seen.add(node);
                trail.push({ node, ahead: node.links.length });
            }
        };
        enter(root);
        for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
            top.ahead -= 1;
            const next = top.node.links[top.ahead];
            if (next) {
                enter(next.to);
            } else {
                left.push(top.node);
                trail.pop();
            }
        }
    }
    return left.reverse();
}

/** Nodes that are the same but for their ids come in the same order. */
function nameOf({ content, id = "" }: GraphNode): string {
    return `${content.text} ${id}`;
}
