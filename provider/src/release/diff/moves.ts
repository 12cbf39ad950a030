import { type GraphNode, isOneOfMany } from "./node.js";
import { groupedBy } from "./order.js";
import type { Edge, Rewiring } from "./rewiring.js";

/** A node, or several in a row, that conversations get to from elsewhere. */
export interface Move {
    /** The first of them, in the next flow. */
    node: GraphNode;
    /** The last of them, where they are several. */
    last: GraphNode | undefined;
    /** What led to it, in the next flow. */
    from: GraphNode;
    /** What leads to it. */
    to: GraphNode;
}

/** So many edges are tried for each part of a move. */
const MOST_TRIES = 4;
/** A row of nodes that is longer than this is not found. */
const LONGEST_ROW = 500;
/** So many nodes are walked over, all in all, to find where rows end. */
const MOST_WALKED = 50_000;

/** An edge that is in one flow only, and where it stands. */
interface Loose {
    at: Rewiring;
    edge: Edge;
}

/** A move, and the edges that it accounts for. */
interface Finding {
    move: Move;
    /** How many nodes are moved. */
    length: number;
    lost: Loose[];
    gained: Loose[];
}

/**
 * Finds the moves that account for lost and gained edges: a node, or a row of them, is taken out of one place, where what
 * came after it closes up, and put in at another one. The edges that a move accounts for are taken off the rewirings.
 *
 * @param rewirings in the order of the conversation.
 */
export function takeMoves(rewirings: readonly Rewiring[]): Move[] {
    return findings(rewirings)
        .sort((one, other) => one.length - other.length)
        .filter(take)
        .map(({ move }) => move);
}

function findings(rewirings: readonly Rewiring[]): Finding[] {
    const budget = { steps: MOST_WALKED };
    const loose = { lost: looseTo(rewirings, "lost"), gained: looseTo(rewirings, "gained") };
    return [...loose.lost.keys()].flatMap((node) => {
        const [shortest] = ways(loose, node)
            .flatMap((way) => findingOf(loose, node, way, budget) ?? [])
            .sort((one, other) => one.length - other.length);
        return shortest ?? [];
    });
}

interface Budget {
    steps: number;
}

type LooseTo = ReadonlyMap<GraphNode, readonly Loose[]>;

/** All loose edges by the node that they lead to. */
interface AllLoose {
    lost: LooseTo;
    gained: LooseTo;
}

function looseTo(rewirings: readonly Rewiring[], kind: "lost" | "gained"): LooseTo {
    const all = rewirings.flatMap((at) => at[kind].map((edge): Loose => ({ at, edge })));
    const known = all.filter(({ edge }) => edge.onTo !== undefined);
    return groupedBy(known, ({ edge }) => edge.onTo as GraphNode);
}

/** Out of which place a node may have been taken, and what came after it there; and likewise where it was put. */
interface Way {
    out: Loose;
    into: Loose;
    /** What closed up where it was. */
    closing: Edge | undefined;
    /** What made room where it is. */
    parting: Edge | undefined;
}

function ways(loose: AllLoose, node: GraphNode): Way[] {
    const outs = few(loose.lost.get(node)).filter(({ edge }) => edge.shared);
    const intos = few(loose.gained.get(node)).filter(({ edge }) => edge.shared);
    return outs.flatMap((out) =>
        intos
            // By another way out of the same node it is no move: the way tells more.
            .filter((into) => into.at.pair !== out.at.pair)
            .flatMap((into) =>
                options(out.at, "gained").flatMap((closing) =>
                    options(into.at, "lost").map((parting) => ({ out, into, closing, parting })),
                ),
            ),
    );
}

/** What may have taken a node's place, or made room for it. In a list perhaps nothing has. */
function options(at: Rewiring, kind: "lost" | "gained"): readonly (Edge | undefined)[] {
    const others = few(at[kind]);
    return isOneOfMany(at.path) || others.length === 0 ? [...others, undefined] : others;
}

function findingOf(loose: AllLoose, node: GraphNode, way: Way, budget: Budget): Finding | undefined {
    const end = rowEnd(loose, node, way, budget);
    if (!end) {
        return undefined;
    }
    const { out, into, closing, parting } = way;
    const outs = alike(loose.lost.get(node) ?? [], out, "gained", closing);
    const intos = alike(loose.gained.get(node) ?? [], into, "lost", parting);
    return {
        move: { node, last: end.last, from: out.at.pair[1], to: into.at.pair[1] },
        length: end.length,
        lost: [...outs.own, ...intos.others, ...end.lost],
        gained: [...intos.own, ...outs.others, ...end.gained],
    };
}

/** The edges to a moved node that were wired anew together: what led to it before now leads to what closed up. */
function alike(
    edges: readonly Loose[],
    first: Loose,
    kind: "lost" | "gained",
    instead: Edge | undefined,
): { own: Loose[]; others: Loose[] } {
    const own: Loose[] = [];
    const others: Loose[] = [];
    for (const loose of edges) {
        const other = edgeTo(loose.at[kind], instead);
        const isAlike = instead ? other !== undefined : loose.at.pair === first.at.pair;
        if (isAlike) {
            own.push(loose);
        }
        if (other) {
            others.push({ at: loose.at, edge: other });
        }
    }
    return { own, others };
}

/** The last node of a moved row, and the edges by which it was wired anew. */
interface RowEnd {
    length: number;
    last?: GraphNode;
    lost: Loose[];
    gained: Loose[];
}

/** Finds the last node of the row that begins with one: it led to what closed up, and leads to what made room. */
function rowEnd(loose: AllLoose, node: GraphNode, way: Way, budget: Budget): RowEnd | undefined {
    const { out, into, closing, parting } = way;
    if (!closing && !parting) {
        return { length: 1, lost: [], gained: [] };
    }
    for (const { at } of few(
        closing ? loose.lost.get(closing.onTo as GraphNode) : loose.gained.get(parting?.onTo as GraphNode),
    )) {
        const lost = edgeTo(at.lost, closing);
        const gained = edgeTo(at.gained, parting);
        const fits =
            isOneOfMany(at.path) ||
            (at.lost.length === Number(lost !== undefined) &&
                at.gained.length === Number(gained !== undefined));
        if ((parting && !gained) || !fits) {
            continue;
        }
        const last = at.pair[1];
        const around = [out.at.pair[1], into.at.pair[1], closing?.onTo, parting?.onTo];
        const length = rowLength(node, last, new Set(around), budget);
        if (length > 0) {
            return {
                length,
                ...(last === node ? {} : { last }),
                lost: lost ? [{ at, edge: lost }] : [],
                gained: gained ? [{ at, edge: gained }] : [],
            };
        }
    }
    return undefined;
}

/** How many nodes there are from one to another one, without leaving the row; 0 where there is no way. */
function rowLength(
    first: GraphNode,
    last: GraphNode,
    around: ReadonlySet<GraphNode | undefined>,
    budget: Budget,
): number {
    const row = new Set([first]);
    for (const node of row) {
        if (node === last) {
            return row.size;
        }
        budget.steps -= 1;
        for (const { to } of node.links) {
            if (!around.has(to) && row.size < LONGEST_ROW && budget.steps > 0) {
                row.add(to);
            }
        }
    }
    return 0;
}

/** Takes the edges of a move off the rewirings, unless another move has taken one of them. */
function take({ lost, gained }: Finding): boolean {
    const free =
        lost.every(({ at, edge }) => at.lost.includes(edge)) &&
        gained.every(({ at, edge }) => at.gained.includes(edge));
    if (free) {
        for (const { at, edge } of lost) {
            at.lost = at.lost.filter((other) => other !== edge);
        }
        for (const { at, edge } of gained) {
            at.gained = at.gained.filter((other) => other !== edge);
        }
    }
    return free;
}

function edgeTo(edges: readonly Edge[], other: Edge | undefined): Edge | undefined {
    return other && edges.find(({ onTo }) => onTo === other.onTo);
}

function few<T>(items: readonly T[] | undefined): readonly T[] {
    return items?.slice(0, MOST_TRIES) ?? [];
}
