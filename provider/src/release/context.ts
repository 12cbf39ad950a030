import type { Risk } from "./diff/change.js";
import type { SharedUse } from "./shared.js";

/**
 * What a release must be judged by beyond what it declares: found out by `check`, read by policies. Stable values only:
 * the same for the same release, whenever it is looked at.
 */
export interface ReleaseContext {
    /** Whether `up` would deploy; false for a release that stands as it is declared. */
    deploys: boolean;
    /** What was live when the release was checked. Left out for the first release. */
    previous?: { versionTag: string; changelog?: string };
    /** How much of the flow the release changes. Left out where nothing is live to compare with. */
    impact?: Impact;
    /** Where this very content has gone live and stayed healthy, and since when (ISO 8601), from the ledger. */
    proven: Proof[];
    /** That this very content was rolled back before. */
    rejected?: Rejection;
}

/** How much of a flow a release changes. */
export interface Impact {
    /** How many nodes the flow has. */
    nodes: number;
    /** How many of them are added, removed or changed. */
    changed: number;
    /** How many changes have each risk. */
    risks: Record<Risk, number>;
    /** What it touches that other flows of the bot use too. Left out where it touches nothing, or there is no other. */
    shared?: SharedUse;
}

/** A content that has stood in an environment. */
export interface Proof {
    environment: string;
    /** ISO 8601. */
    since: string;
}

/** A content that was rolled back. */
export interface Rejection {
    versionTag: string;
    /** ISO 8601. */
    at: string;
    /** One clause for people. */
    reason: string;
}
