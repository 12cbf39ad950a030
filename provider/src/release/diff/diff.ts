import type { FlowDefinition } from "../flow.js";
import { compact } from "../state.js";
import { byRisk, type FlowDiff, type Risk, type Touched } from "./change.js";
import { Describer, type ShownDifference, shownDifference, type Told } from "./describe.js";
import { exitsOf } from "./exits.js";
import { graphOf } from "./graph.js";
import { type Group, groupsOf } from "./groups.js";
import { type LooseEnd, takeLooseEnds } from "./loose-ends.js";
import { type Move, takeMoves } from "./moves.js";
import { isLink } from "./names.js";
import { type GraphNode, holdTheSame, type Link } from "./node.js";
import { compareTexts, groupedBy } from "./order.js";
import { inOrder, pairFlows, type Side, sideOf } from "./pairing.js";
import type { Pair, Pairs } from "./pairs.js";
import { differences } from "./properties.js";
import { type Exits, type Rewiring, rewirings } from "./rewiring.js";

/** From so many nodes on, the same difference is told once for all of them. */
const FEWEST_ALIKE = 3;
/** So many edges of a node are looked at to tell what followed on each other before. */
const MOST_EDGES = 64;

/**
 * Tells what a release changes in the conversation: the same for the same two definitions, in whatever order they are
 * listed. Ids, time stamps and layout are no change. Throws for nothing that a definition may hold.
 *
 * @param live the definition that is live now.
 * @param next the definition that would go live.
 */
export function diffFlows(live: FlowDefinition, next: FlowDefinition): FlowDiff {
    const before = graphOf(live);
    const comparison = new Comparison(sideOf(before), sideOf(graphOf(next, before)));
    const told = comparison.all().sort(riskiestFirst);
    const changes = told.map(({ change }) => change);
    const about = new Set(told.flatMap((one) => one.about).filter(({ subject }) => subject === "node"));
    return {
        changes,
        risk: changes[0]?.risk ?? "none",
        risks: countsOf(changes),
        impact: { nodes: comparison.next.nodes.length, changed: about.size },
        touched: comparison.touched(),
    };
}

function riskiestFirst(one: Told, other: Told): number {
    return (
        byRisk(one.change.risk, other.change.risk) ||
        one.rank - other.rank ||
        compareTexts(one.change.line, other.change.line)
    );
}

function countsOf(changes: FlowDiff["changes"]): Record<Risk, number> {
    const counts = { text: 0, logic: 0, integration: 0, destructive: 0 };
    for (const { risk } of changes) {
        counts[risk] += 1;
    }
    return counts;
}

/** Two flows, and which of their nodes are the same. */
class Comparison {
    private readonly pairs: Pairs;
    /** In the order of the conversation. */
    private readonly known: Pair[];
    /** Those of them that hold something else. */
    private readonly edited: Pair[];
    /** What is in one of the flows only. */
    private readonly gone: GraphNode[];
    private readonly fresh: GraphNode[];
    /** Where the conversation goes on after those. */
    private readonly exits: Exits;
    private readonly moves: Move[];
    /** How nodes are wired anew, beyond what moves and edges into nothing account for. */
    private readonly wired: Rewiring[];
    private readonly loose: LooseEnd[];
    private readonly describe: Describer;

    constructor(
        private readonly live: Side,
        readonly next: Side,
    ) {
        this.pairs = pairFlows(live, next);
        this.known = knownIn(this.pairs, next);
        this.edited = this.known.filter((pair) => !holdTheSame(pair[0], pair[1]));
        this.gone = this.alone(live);
        this.fresh = this.alone(next);
        this.exits = new Map([
            ...exitsOf(this.gone, (node) => this.pairs.after(node)),
            ...exitsOf(this.fresh, (node) => this.pairs.before(node) && node),
        ]);
        this.wired = this.known.flatMap((pair) => rewirings(pair, this.pairs, this.exits));
        this.moves = takeMoves(this.wired);
        this.loose = takeLooseEnds(this.known, this.wired);
        this.describe = new Describer(live.places, next.places);
    }

    all(): Told[] {
        return [
            ...this.removed(),
            ...this.added(),
            ...this.moves.map((move) => this.describe.moved(move)),
            ...this.loose.map((end) => this.describe.looseEnd(end)),
            ...this.rewired(),
            ...this.unreachable(),
            ...this.changed(),
        ];
    }

    /** What is gone, what is new, and what holds something else: each in the order of the conversation. */
    touched(): Touched[] {
        const gone = this.gone.map(({ subject, id }) => touchedAs(subject, { before: id }));
        const fresh = this.fresh.map(({ subject, id }) => touchedAs(subject, { after: id }));
        const edited = this.edited.map(([{ id }, after]) =>
            touchedAs(after.subject, { before: id, after: after.id }),
        );
        return [...gone, ...fresh, ...edited].filter(({ before, after }) => before ?? after);
    }

    private removed(): Told[] {
        return groupsOf(this.gone, this.live.places).map((group) => this.describe.removed(group));
    }

    private added(): Told[] {
        return groupsOf(this.fresh, this.next.places).map((group) =>
            this.describe.added(group, this.newWays(group)),
        );
    }

    /** Where a group of nodes leads, unless it only came between what followed on each other before, or in another's place. */
    private newWays({ head }: Group): GraphNode[] {
        const ways = this.exits.get(head) ?? new Set();
        const ledThere = ({ path, to }: Link, own: string) => {
            const after = this.pairs.after(to);
            const onTo = after ? [after] : [...(this.exits.get(to) ?? [])];
            return path === own && onTo.some((node) => ways.has(node));
        };
        const isKnown = head.incoming.slice(0, MOST_EDGES).some(({ path, from }) =>
            this.pairs
                .before(from)
                ?.links.slice(0, MOST_EDGES)
                .some((link) => ledThere(link, path)),
        );
        return isKnown ? [] : [...ways];
    }

    private alone({ nodes, graph }: Side): GraphNode[] {
        return [...nodes, ...[...graph.lists.values()].flat()].filter((node) => !this.pairs.has(node));
    }

    private rewired(): Told[] {
        const elsewhere = this.wired.filter(({ lost, gained }) => lost.length + gained.length > 0);
        const reordered = this.wired.filter((rewiring) => rewiring.reordered);
        return [
            ...elsewhere.map((rewiring) => this.describe.rewired(rewiring)),
            ...reordered.map((rewiring) => this.describe.reordered(rewiring)),
        ];
    }

    /** What conversations got to and no longer do, although it is still there. */
    private unreachable(): Told[] {
        const stranded = inOrder(
            this.known
                .filter((pair) => this.live.places.isReached(pair[0]) && !this.next.places.isReached(pair[1]))
                .map(([before]) => before)
                .filter(({ subject }) => subject === "node"),
            this.live.places,
        );
        return groupsOf(stranded, this.live.places).map((group) => this.describe.unreachable(group));
    }

    private changed(): Told[] {
        const reordered = new Set(this.wired.filter((one) => one.reordered).map(({ pair }) => pair[1]));
        const found = this.edited.flatMap(([before, after]) =>
            differences(before.content.fields, after.content.fields)
                // Branches that have an order are told of already.
                .filter(
                    ({ path, list }) => !(list === "order" && isLink(path[0] ?? "") && reordered.has(after)),
                )
                .map((difference) => shownDifference(after, difference)),
        );
        return [...groupedBy(found, sameDifference).values()].flatMap((alike) =>
            alike.length < FEWEST_ALIKE
                ? alike.map((one) => this.describe.changed(one))
                : [this.describe.changedAlike(alike)],
        );
    }
}

/** All that both flows have, in the order of the next one's conversation. */
function knownIn(pairs: Pairs, { graph, nodes }: Side): Pair[] {
    const known: Pair[] = [];
    [graph.flow, ...[...graph.lists.values()].flat(), ...nodes].forEach((after) => {
        const before = pairs.before(after);
        if (before) {
            known.push([before, after]);
        }
    });
    return known;
}

function touchedAs(
    subject: string,
    ids: { before?: string | undefined; after?: string | undefined },
): Touched {
    return { subject, ...compact(ids) };
}

/** Equal for differences that can be told as one. */
function sameDifference({ node, difference, risk, before, after }: ShownDifference): string {
    return JSON.stringify([node.subject, risk, difference.path, difference.list, before, after]);
}
