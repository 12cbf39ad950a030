import { NO_CONTENT } from "../content-hash.js";

/**
 * What the names of properties and types tell. The contract leaves open what a node holds: these are the words that flow
 * editors use.
 */

/** Who a node, a flow or a list's element is, and what it belongs to: a copy has others, and does the same. */
const IDENTITIES = [
    "id",
    "_id",
    "referenceId",
    "chartReference",
    "flowReference",
    "projectReference",
    "resourceReference",
];

const NOT_COMPARED: ReadonlySet<string> = new Set([...NO_CONTENT, ...IDENTITIES]);

/** Tells whether a property of a node, a flow or a list's element says something of what it does. */
export function isContent(name: string): boolean {
    return !NOT_COMPARED.has(name);
}

/** The properties by which others may name a node, the foremost first. */
export const ID_NAMES = ["id", "_id", "referenceId"] as const;

/** Under these a node says what comes after it, whatever form that has. */
const ONWARD = /^(?:next|children)$/;

/** Under these a node may name another one; and under `onError` and the like. */
const LINKS =
    /^(?:next|child|children|target|then|else|default|otherwise|go_?to|jump|nodes?|steps?|branch|branches|entry|start|success|failure|error|timeout|fallback|from|to|source)(?:_?(?:node|step|target))?s?(?:_?(?:ids?|refs?|references?))?$/i;
const ON_EVENT = /^on[A-Z]\w*$/;

/** Under these a node names the one that it comes after. */
const BACKWARD = /^(?:parent|previous|prev)(?:_?node)?(?:_?id)?$/i;

/** Under these the record of an edge names the node that it starts from. */
export const EDGE_SOURCES = ["node", "nodeId", "source", "sourceId", "from", "fromId"] as const;

const OPAQUE = /^(?:[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Tells whether strings under a name are ids of nodes, even where there is no such node. */
export function isOnward(name: string): boolean {
    return ONWARD.test(name);
}

/** Tells whether a string under a name that is the id of a node stands for that node. */
export function isLink(name: string): boolean {
    return LINKS.test(name) || ON_EVENT.test(name);
}

/** Tells whether a node under a name comes before the one that names it. */
export function isBackward(name: string): boolean {
    return BACKWARD.test(name);
}

/** Tells whether a text is an id that no person wrote: wherever it stands, it names something. */
export function isOpaque(text: string): boolean {
    return (text.length === 24 || text.length === 36) && OPAQUE.test(text);
}

/** Where a conversation begins. */
export function isStart(type: string): boolean {
    return /^(?:start|entry|begin)$/i.test(type);
}

/** Texts of the most common characters need not wait for tables of all the others. */
const ASCII = /^[\0-\x7f]*$/;

/** The words of a name, in lower case: `timeoutMs` is `timeout` and `ms`. */
export function wordsOf(name: string): string[] {
    return name
        .replace(/([a-z\d])([A-Z])/g, "$1 $2")
        .split(ASCII.test(name) ? /[^A-Za-z\d]+/ : /[^\p{L}\p{N}]+/u)
        .filter((word) => word !== "")
        .map((word) => word.toLowerCase());
}
