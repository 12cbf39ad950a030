import { compact } from "../state.js";
import type { Change, ChangeKind, Json, Risk } from "./change.js";
import type { Group } from "./groups.js";
import { withoutCredentials } from "./hidden.js";
import type { LooseEnd } from "./loose-ends.js";
import type { Move } from "./moves.js";
import type { GraphNode } from "./node.js";
import type { Places } from "./places.js";
import type { Difference } from "./properties.js";
import type { Rewiring } from "./rewiring.js";
import { riskOfNodes, riskOfProperty } from "./risk.js";
import { shownName } from "./shown.js";
import type { Value } from "./value.js";
import * as wording from "./wording.js";

/** A change, and where it stands in the order of the conversation. */
export interface Told {
    change: Change;
    rank: number;
    /** The nodes that it is about. */
    about: readonly GraphNode[];
}

/** A property that differs, as it may be shown. */
export interface ShownDifference {
    node: GraphNode;
    difference: Difference;
    risk: Risk;
    before: Json | undefined;
    after: Json | undefined;
}

/** Makes changes of what was found, for people and for programs. */
export class Describer {
    /**
     * @param live where nodes stand in the live flow.
     * @param next where they stand in the next one.
     */
    constructor(
        private readonly live: Places,
        private readonly next: Places,
    ) {}

    removed(group: Group): Told {
        const sentence = wording.groupSentence(group, "removed");
        return told(this.live, group.nodes, sentence, "removed", "destructive");
    }

    /** @param ways where the nodes lead, as far as that is new. */
    added(group: Group, ways: readonly GraphNode[]): Told {
        const sentence = wording.groupSentence(group, "added", ways);
        return told(this.next, group.nodes, sentence, "added", riskOfNodes(group.nodes), {
            ...(ways.length > 0 ? { after: ways.map(wording.labelOf) } : {}),
        });
    }

    moved(move: Move): Told {
        return told(this.next, [move.node], wording.moveSentence(move), "moved", "logic", {
            before: wording.labelOf(move.from),
            after: wording.labelOf(move.to),
        });
    }

    rewired({ pair: [, node], path, lost, gained }: Rewiring): Told {
        const [before, after] = [lost.map(({ to }) => to), gained.map(({ to }) => to)];
        const sentence = wording.rewiringSentence(node, path, before, after);
        return told(this.next, [node], sentence, "rewired", "logic", {
            property: wording.pathOf(path),
            before: before.map(wording.labelOf),
            after: after.map(wording.labelOf),
        });
    }

    reordered({ pair: [, node], path }: Rewiring): Told {
        return told(this.next, [node], wording.orderSentence(node), "reordered", "logic", {
            property: wording.pathOf(path),
        });
    }

    looseEnd(end: LooseEnd): Told {
        const { node, edge, isNew, instead } = end;
        const risk = isNew ? "destructive" : "logic";
        const ids = [shownName(edge.id)];
        return told(this.next, [node], wording.looseEndSentence(end), "rewired", risk, {
            property: wording.pathOf(edge.path),
            before: isNew ? instead.map(wording.labelOf) : ids,
            after: isNew ? ids : [],
        });
    }

    unreachable({ head, nodes }: Group): Told {
        const sentence = wording.unreachableSentence(head, nodes.length);
        return told(this.live, nodes, sentence, "unreachable", "destructive");
    }

    changed({ node, difference, risk, before, after }: ShownDifference): Told {
        const sentence = wording.propertySentence(node, difference, before, after);
        return told(this.next, [node], sentence, kindOf(difference), risk, {
            property: propertyPath(difference),
            ...compact({ before, after }),
        });
    }

    /** The same difference in several nodes. */
    changedAlike(alike: readonly ShownDifference[]): Told {
        const [{ difference, risk, before, after }] = alike as [ShownDifference];
        const nodes = alike.map(({ node }) => node);
        const sentence = wording.commonSentence(nodes, difference, before, after);
        const { change, ...rest } = told(this.next, nodes, sentence, kindOf(difference), risk, {
            property: propertyPath(difference),
            ...compact({ before, after }),
        });
        const { id: _, ...common } = change;
        return { ...rest, change: { ...common, path: [], label: `${alike.length} nodes`, line: sentence } };
    }
}

/** A property that differs between two nodes that are the same one. */
export function shownDifference(node: GraphNode, difference: Difference): ShownDifference {
    const { path, before, after } = difference;
    const json = (value: Value | undefined) =>
        value === undefined ? undefined : withoutCredentials(value, path);
    return { node, difference, risk: riskOfProperty(node, path), before: json(before), after: json(after) };
}

/** A change of nodes, which is told by the first of them. */
function told(
    places: Places,
    about: readonly GraphNode[],
    sentence: string,
    kind: ChangeKind,
    risk: Risk,
    more: Partial<Change> = {},
): Told {
    const [node] = about as [GraphNode];
    const path = places.branchesOf(node).map(wording.labelOf);
    const change: Change = {
        kind,
        risk,
        subject: node.subject,
        ...compact({ id: node.id, type: node.type || undefined }),
        path,
        label: wording.labelOf(node),
        nodes: node.subject === "node" ? about.length : 0,
        line: wording.within(path, sentence),
        ...more,
    };
    return { change, rank: places.rankOf(node), about };
}

function kindOf({ list }: Difference): ChangeKind {
    return list === "order" ? "reordered" : "changed";
}

/** `config.cards[0].title` */
function propertyPath({ path }: Difference): string {
    return path.reduce((text, name) => (name.startsWith("[") ? text + name : `${text}.${name}`));
}
