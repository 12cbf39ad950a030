/**
 * What a change can do, from the least to the most:
 *
 * `text`: what the bot says. `logic`: which way a conversation takes, what is matched, kept and computed.
 * `integration`: what other systems are called, and how. `destructive`: something that conversations could reach is gone.
 */
export const RISKS = ["text", "logic", "integration", "destructive"] as const;

export type Risk = (typeof RISKS)[number];

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/**
 * What happened.
 *
 * `added`, `removed`: with what hangs on it. `moved`: leads on from elsewhere. `rewired`: leads elsewhere.
 * `unreachable`: still there, and no conversation gets to it. `changed`: a property. `reordered`: the same in another order.
 */
export type ChangeKind = "added" | "removed" | "moved" | "rewired" | "unreachable" | "changed" | "reordered";

/** One thing that a release changes. */
export interface Change {
    kind: ChangeKind;
    risk: Risk;
    /** What it is about: `node`, `settings`, or what a list of the flow holds, such as `intent`. */
    subject: string;
    /** The node's id where it is now, or where it was when it is removed. */
    id?: string;
    /** The node's type. */
    type?: string;
    /** The branches that lead to it, from the start, by their labels. */
    path: string[];
    /** Its label; what else it is known by where it has none. */
    label: string;
    /** Which property differs, such as `config.text`; for `rewired`, by what it leads on, such as `next.then`. */
    property?: string;
    /** Of a list, only what is gone. Credentials are replaced. */
    before?: Json;
    /** Of a list, only what is new; of `added`, where it leads. Credentials are replaced. */
    after?: Json;
    /** How many nodes it stands for. */
    nodes: number;
    /** The whole of it in one line for people. Holds no credential and no control character. */
    line: string;
}

/** A node, or what a list of the flow holds, that is new, gone, or holds something else. */
export interface Touched {
    /** `node`, or what the list holds, such as `intent`. */
    subject: string;
    /** Its id in the live flow; left out where it has none or is new. */
    before?: string;
    /** Its id in the next flow; left out where it has none or is gone. */
    after?: string;
}

/** What a release changes in a flow. */
export interface FlowDiff {
    /** The riskiest first, then in the order in which a conversation goes. */
    changes: Change[];
    /** The highest risk; `none` where nothing changes. */
    risk: Risk | "none";
    /** How many changes have each risk. */
    risks: Record<Risk, number>;
    /** How many nodes the flow has, and how many are added, removed or changed. */
    impact: { nodes: number; changed: number };
    /** What is new, gone, or holds something else; not what only leads elsewhere. */
    touched: Touched[];
}

/** Tells which of two risks is higher: below 0 for the first one, as in sorting the riskiest first. */
export function byRisk(one: Risk, other: Risk): number {
    return RISKS.indexOf(other) - RISKS.indexOf(one);
}
