import type { Fields } from "./value.js";

/** A node of a flow with its edges; or something else that the flow lists, such as an intent; or the flow itself. */
export interface GraphNode {
    /** `node`, `settings` for the flow itself, or what the list holds that it stands in, such as `intent`. */
    readonly subject: string;
    /** Undefined for a node without one. Several nodes may have the same. */
    readonly id: string | undefined;
    /** Empty where the platform gives none. */
    readonly type: string;
    readonly label: string | undefined;
    /** What it holds: its type and label too; not its ids, its edges, or when and where it was drawn. */
    readonly content: Content;
    /** Where it leads, in order. */
    links: Link[];
    /** What leads to it. */
    incoming: Incoming[];
    /** Where it should lead, and there is nothing. */
    dangling: Dangling[];
}

/** What a node holds. Read when it is asked for: of two flows that are compared, most nodes hold the same. */
export interface Content {
    readonly fields: Fields;
    /** Equal for nodes that hold the same, wherever they stand and lead. */
    readonly text: string;
}

/**
 * An edge: under which property, and to which node. In the path `[]` stands for any place in a list, and `{…}` for one of
 * several edges that have no order.
 */
export interface Link {
    readonly path: string;
    readonly to: GraphNode;
    /** Whether the conversation goes on there, rather than jumps there. */
    readonly onward: boolean;
}

/** The same edge, seen from its other end. */
export interface Incoming {
    readonly path: string;
    readonly from: GraphNode;
    readonly onward: boolean;
}

/** The id of a node that does not exist, and the property under which it stands. */
export interface Dangling {
    readonly path: string;
    readonly id: string;
}

/** Tells whether two nodes hold the same. Those that are known to do have one content. */
export function holdTheSame(one: GraphNode, other: GraphNode): boolean {
    return one.content === other.content || areEqual(one.content, other.content);
}

function areEqual(one: Content, other: Content): boolean {
    return one.text === other.text;
}

/** Tells whether the edges of a path have an order. */
export function isOrdered(path: string): boolean {
    return !path.includes("{");
}

/** Tells whether there may be several edges of a path. */
export function isOneOfMany(path: string): boolean {
    return /[[{]/.test(path);
}

/** An edge to a node. */
export function linkTo(to: GraphNode, path: string): Link {
    return { path, to, onward: /(?:^|\.)(?:next|children)(?![A-Za-z])/.test(path) };
}
