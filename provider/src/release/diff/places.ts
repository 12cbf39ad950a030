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
    private readonly places = new Map<GraphNode, Place>();
    private readonly reached: ReadonlySet<GraphNode> | undefined;

    constructor(graph: FlowGraph) {
        const starts = startsOf(graph);
        this.reached = starts.length > 0 ? reachableFrom(starts) : undefined;
        const order = conversationOrder(graph, starts);
        order.forEach((node, rank) => {
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
        const ways = node.incoming.filter(({ onward }) => onward);
        const known = (ways.length > 0 ? ways : node.incoming).flatMap(
            ({ from }) => this.places.get(from) ?? [],
        );
        return known.map(({ opens }) => opens).reduce(commonBranch, known[0]?.opens);
    }
}

function branchFrom(node: GraphNode, within: Branch | undefined): Branch | undefined {
    const depth = (within?.depth ?? 0) + 1;
    return isEntry(node) && depth <= DEEPEST_BRANCH ? { entry: node, within, depth } : within;
}

/** Whether a branch begins with a node: there is one way to it, and it is one of several. */
function isEntry(node: GraphNode): boolean {
    const ways = node.incoming.filter(({ onward }) => onward);
    const [only] = ways;
    return only !== undefined && ways.length === 1 && isChoice(only);
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
    // A set is walked in the order in which it grows.
    for (const node of reached) {
        for (const { to } of node.links) {
            reached.add(to);
        }
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
        const trail: { node: GraphNode; ahead: GraphNode[] }[] = [];
        const enter = (node: GraphNode) => {
            if (!seen.has(node)) {
                seen.add(node);
                trail.push({ node, ahead: node.links.map(({ to }) => to) });
            }
        };
        enter(root);
        for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
            const next = top.ahead.pop();
            if (next) {
                enter(next);
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
