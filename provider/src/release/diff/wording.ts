import type { Json } from "./change.js";
import type { Group } from "./groups.js";
import type { LooseEnd } from "./loose-ends.js";
import type { Move } from "./moves.js";
import { wordsOf } from "./names.js";
import { type GraphNode, isOneOfMany } from "./node.js";
import { groupedBy } from "./order.js";
import type { Difference } from "./properties.js";
import { quoted, shownChange, shownElements, shownName } from "./shown.js";

/** More names than this are counted. */
const MOST_NAMES = 2;
/** More branches around a node than this are not named in a line. */
const MOST_BRANCHES = 3;
/** More types of nodes than this are counted together. */
const MOST_TYPES = 4;

/** What a node is called: by its label, else by what it is. */
export function labelOf(node: GraphNode): string {
    if (node.subject === "settings") {
        return "flow settings";
    }
    return shownName(node.label ?? `${node.type || node.subject} ${node.id ?? ""}`);
}

/** The same in a sentence: a label in quotes. */
export function nameOf(node: GraphNode): string {
    return node.label === undefined ? labelOf(node) : quoted(labelOf(node));
}

/** The name with what it is. */
export function fullName(node: GraphNode): string {
    const kind = node.subject === "node" ? node.type : node.subject;
    return node.label === undefined || kind === "" ? nameOf(node) : `${shownName(kind)} ${nameOf(node)}`;
}

/** A sentence with the branches in which it holds before it. */
export function within(branches: readonly string[], sentence: string): string {
    const near = branches.slice(-MOST_BRANCHES);
    const far = branches.length > near.length ? ["…"] : [];
    return [...far, ...near, sentence].join(" › ");
}

/**
 * What became of a group of nodes: `say “Tip” added after “Start”, with 2 nodes after it (1 say, 1 question), leads to “End”`.
 */
export function groupSentence(
    { head, after, nodes }: Group,
    became: "added" | "removed",
    ways: readonly GraphNode[] = [],
): string {
    const rest = nodes.slice(1);
    return [
        `${fullName(head)} ${became}${after ? ` after ${nameOf(after)}` : ""}`,
        ...(rest.length > 0 ? [`with ${counted(rest.length)} after it (${typesOf(rest)})`] : []),
        ...(ways.length > 0 ? [`leads to ${named(ways, [])}`] : []),
    ].join(", ");
}

export function moveSentence({ node, last, from, to }: Move): string {
    const row = last ? `, with what follows up to ${nameOf(last)},` : "";
    return `${nameOf(node)} moved${row} from after ${nameOf(from)} to after ${nameOf(to)}`;
}

/** Where a node leads now, and where it led. */
export function rewiringSentence(
    node: GraphNode,
    path: string,
    before: readonly GraphNode[],
    after: readonly GraphNode[],
): string {
    const subject = `${nameOf(node)}${linkName(path)}`;
    if (after.length === 0) {
        return `${subject} no longer leads to ${named(before, after)}`;
    }
    const now = `${subject} ${isOneOfMany(path) ? "also leads" : "leads"} to ${named(after, before)}`;
    return before.length === 0
        ? now
        : `${subject} leads to ${named(after, before)} instead of ${named(before, after)}`;
}

/** That a node leads to one that there is not, or no longer does. */
export function looseEndSentence({ node, edge, isNew, instead }: LooseEnd): string {
    const leads = isNew ? "leads" : "no longer leads";
    const sentence = `${nameOf(node)}${linkName(edge.path)} ${leads} to ${shownName(edge.id)}, which does not exist`;
    return instead.length > 0 ? `${sentence}, instead of ${named(instead, [])}` : sentence;
}

export function orderSentence(node: GraphNode): string {
    return `${nameOf(node)} takes its branches in another order`;
}

export function unreachableSentence(head: GraphNode, nodes: number): string {
    const others = nodes > 1 ? ` and ${counted(nodes - 1)} after it` : "";
    return `${nameOf(head)}${others} can no longer be reached`;
}

/** How a property differs: `“Welcome” says “Hello” → “Hi”`. */
export function propertySentence(
    node: GraphNode,
    { path, list }: Difference,
    before: Json | undefined,
    after: Json | undefined,
): string {
    const name = node.subject === "node" ? nameOf(node) : fullName(node);
    return `${name}${predicate(node, path)} ${changeText(list, before, after)}`;
}

/** The same property of several nodes: `voice “a” → “b” in 4 nodes: “Welcome”, “Where to?” and 2 more`. */
export function commonSentence(
    nodes: readonly GraphNode[],
    { path, list }: Difference,
    before: Json | undefined,
    after: Json | undefined,
): string {
    const change = `${propertyName(path)} ${changeText(list, before, after)}`;
    return `${change} in ${counted(nodes.length)}: ${named(nodes, [])}`;
}

function changeText(list: Difference["list"], before: Json | undefined, after: Json | undefined): string {
    if (list === "order") {
        return "in another order";
    }
    if (list === undefined || !Array.isArray(before) || !Array.isArray(after)) {
        return shownChange(before, after);
    }
    if (before.length === 1 && after.length === 1) {
        return shownChange(before[0], after[0]);
    }
    if (before.length === 0) {
        return `also ${shownElements(after)}`;
    }
    return after.length === 0
        ? `no longer ${shownElements(before)}`
        : `${shownElements(before)} → ${shownElements(after)}`;
}

/** What a node does with a property: says, asks, matches, decides; or the property's name. */
function predicate(node: GraphNode, path: readonly string[]): string {
    const name = propertyName(path);
    if (node.subject !== "node") {
        return `: ${name}`;
    }
    if (/^(?:text|texts|say|message|prompt|question)(?:\[\d+\])?$/.test(name)) {
        return wordsOf(node.type).includes("question") ? " asks" : " says";
    }
    if (/^intents?$/.test(name)) {
        return " matches intent";
    }
    return /^(?:condition|expression|rule)$/.test(name) ? " decides on" : `: ${name}`;
}

/** The name of a property without where all of a node's are kept: of `config.timeoutMs` it is `timeoutMs`. */
function propertyName(path: readonly string[]): string {
    const outer = /^(?:config|preview|localizedData|\[0\])$/;
    const first = path.findIndex((name) => !outer.test(name));
    const own = first < 0 ? path : path.slice(first);
    const name = own.reduce((text, part) => (part.startsWith("[") ? text + part : `${text}.${part}`));
    return shownName(name);
}

/** The path of an edge without what tells it from others. */
export function pathOf(path: string): string {
    return path.replace(/\{.*\}/s, "{}");
}

/** By which way out a node leads elsewhere, where it has several: ` (then)`. */
function linkName(path: string): string {
    const name = (pathOf(path).split(".").at(-1) ?? "").replace(/[[{].*$/, "");
    return name === "" || /^(?:next|children|child|node|target)$/.test(name) ? "" : ` (${shownName(name)})`;
}

/** The names of nodes; with their ids where others are named alike. */
function named(nodes: readonly GraphNode[], others: readonly GraphNode[]): string {
    const names = new Set(others.map(nameOf));
    const shownNames = nodes
        .slice(0, MOST_NAMES)
        .map((node) =>
            names.has(nameOf(node)) && node.id ? `${nameOf(node)} (${shownName(node.id)})` : nameOf(node),
        );
    const more = nodes.length - shownNames.length;
    return more > 0 ? `${shownNames.join(", ")} and ${more} more` : shownNames.join(", ");
}

function typesOf(nodes: readonly GraphNode[]): string {
    const counts = [...groupedBy(nodes, ({ type }) => shownName(type || "node"))]
        .map(([type, group]) => ({ type, count: group.length }))
        .sort((one, other) => other.count - one.count);
    const rest = counts.slice(MOST_TYPES).reduce((sum, { count }) => sum + count, 0);
    const first = counts.slice(0, MOST_TYPES).map(({ type, count }) => `${count} ${type}`);
    return [...first, ...(rest > 0 ? [`${rest} others`] : [])].join(", ");
}

function counted(nodes: number): string {
    return nodes === 1 ? "1 node" : `${nodes} nodes`;
}
