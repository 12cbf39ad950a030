import { type GraphNode, isOrdered } from "./node.js";
import { groupedBy } from "./order.js";
import type { Pair, Pairs } from "./pairs.js";

/** An edge that is in one of the flows only. */
export interface Edge {
    /** Where it leads, in its own flow. */
    to: GraphNode;
    /** Where it leads, in the next flow: where that is not in both flows, what comes after it and is. */
    onTo: GraphNode | undefined;
    /** Whether the node that it leads to is in both flows. */
    shared: boolean;
}

/** How the edges of one property of a node differ, beyond what added and removed nodes explain. */
export interface Rewiring {
    pair: Pair;
    path: string;
    lost: Edge[];
    gained: Edge[];
    /** Whether what stays is in another order. */
    reordered: boolean;
}

/** Where the conversation goes on after nodes that are in one flow only, in the next flow. */
export type Exits = ReadonlyMap<GraphNode, ReadonlySet<GraphNode>>;

/** An edge, and what is known of its end. */
interface End extends Edge {
    exits: ReadonlySet<GraphNode>;
}

/** More edges than this of one property are not explained one by one. */
const MOST_EDGES = 64;

/** Compares where two nodes lead that are the same one. */
export function rewirings(pair: Pair, pairs: Pairs, exits: Exits): Rewiring[] {
    const before = pair[0];
    const after = pair[1];
    if (leadTheSame(before, after, pairs)) {
        return [];
    }
    const left = groupedBy(before.links, ({ path }) => path);
    const right = groupedBy(after.links, ({ path }) => path);
    return [...new Set([...left.keys(), ...right.keys()])].map((path): Rewiring => {
        const live = (left.get(path) ?? []).map(({ to }) => endOf(to, pairs.after(to), exits));
        const next = (right.get(path) ?? []).map(({ to }) => endOf(to, pairs.before(to) && to, exits));
        const [gone, fresh] = [compared(live, next), compared(next, live)];
        const single = live.length <= 1 && next.length <= 1;
        return {
            pair,
            path,
            ...unexplained(gone.alone, fresh.alone, single),
            reordered: isReordered(gone.common, fresh.common, path),
        };
    });
}

/** The quick look, which is enough for most nodes. */
function leadTheSame(before: GraphNode, after: GraphNode, pairs: Pairs): boolean {
    return (
        before.links.length === after.links.length &&
        before.links.every(({ path, to }, place) => {
            const other = after.links[place];
            return path === other?.path && pairs.after(to) === other.to;
        })
    );
}

function endOf(to: GraphNode, partner: GraphNode | undefined, exits: Exits): End {
    const ways = exits.get(to) ?? new Set<GraphNode>();
    const [likeliest] = ways;
    return { to, onTo: partner ?? likeliest, shared: partner !== undefined, exits: ways };
}

/** The edges of one flow that the other one has not, and that no added or removed node accounts for. */
function unexplained(live: End[], next: End[], single: boolean): { lost: Edge[]; gained: Edge[] } {
    let [lost, gained] = [live, next];
    if (Math.max(lost.length, gained.length) <= MOST_EDGES) {
        // What was removed led to what follows now; what was added leads to what followed before; one took the other's place.
        [lost, gained] = without(lost, gained, (one, other) => other.shared && leadsTo(one, other));
        [lost, gained] = without(lost, gained, (one, other) => one.shared && leadsTo(other, one));
        [lost, gained] = without(lost, gained, (one, other) => !one.shared && !other.shared);
    }
    // That a node was removed is told already: not that nothing, or what did not come after it, took its place.
    const isTold = ({ shared, onTo }: End) =>
        !shared && (!single || (gained.length === 0 && onTo === undefined));
    return {
        lost: lost.filter((end) => !isTold(end)).map((end) => (gained.length === 0 ? beyond(end) : end)),
        gained: gained.filter(({ shared }) => shared || (single && lost.length > 0)),
    };
}

/** The edge to what comes after a node that is in one flow only. */
function beyond({ to, onTo, shared }: End): Edge {
    return { to: shared ? to : (onTo ?? to), onTo, shared };
}

function leadsTo(alone: End, { onTo }: End): boolean {
    return onTo !== undefined && alone.exits.has(onTo);
}

/** Takes out pairs of a lost and a gained edge that account for each other. */
function without(
    lost: readonly End[],
    gained: readonly End[],
    accounts: (one: End, other: End) => boolean,
): [End[], End[]] {
    const others = [...gained];
    const rest = lost.filter((one) => {
        const place = others.findIndex((other) => accounts(one, other));
        if (place >= 0) {
            others.splice(place, 1);
        }
        return place < 0;
    });
    return [rest, others];
}

/** Tells apart what one list has in common with another one, as often as both have it, and what it has alone. */
function compared(list: readonly End[], other: readonly End[]): { common: End[]; alone: End[] } {
    const others = groupedBy(
        other.filter(({ shared }) => shared),
        ({ onTo }) => onTo,
    );
    const common: End[] = [];
    const alone: End[] = [];
    for (const end of list) {
        const isCommon = end.shared && others.get(end.onTo)?.pop() !== undefined;
        (isCommon ? common : alone).push(end);
    }
    return { common, alone };
}

function isReordered(live: readonly End[], next: readonly End[], path: string): boolean {
    return isOrdered(path) && live.some(({ onTo }, place) => onTo !== next[place]?.onTo);
}
