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
    impact?: { nodes: number; changed: number };
    /** Where this very content has gone live and stayed healthy, and since when (ISO 8601), from the ledger. */
    proven: Proof[];
    /** That this very content was rolled back before. */
    rejected?: Rejection;
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
