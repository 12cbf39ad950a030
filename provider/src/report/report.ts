// What a report tells. Plain JSON: the page carries it. Moments are milliseconds since 1970.

/** A ledger as people read it. */
export interface Report {
    /** Where the ledger is. */
    ledger: string;
    madeAt: number;
    /** The earliest moment that releases are shown from; left out where all are. */
    since?: number;
    /** The only bot that is shown; left out where all are. */
    bot?: string;
    chain: Chain;
    /** By bot, flow and environment. */
    places: Place[];
    /** Newest first. */
    releases: Release[];
    trend: Trend;
}

/** Whether the ledger is what was written. */
export interface Chain {
    /** How many events are good, from the first one on. */
    events: number;
    /** The hash of the last good one. */
    head: string;
    /** What is wrong first, in one sentence; left out where nothing is. */
    fault?: string;
    /** How many entries are no events: they are not in the report. */
    unreadable: number;
}

/** One flow of a bot in one environment. */
export interface Place {
    bot: string;
    flow: string;
    environment: string;
    /** What is live there, as the ledger tells; left out where nothing is. */
    live?: Live;
    /** How the last attempt there ended. */
    last?: { tag: string; outcome: Outcome; at: number };
}

export interface Live {
    tag: string;
    /** When it became live, for the last time. */
    since: number;
    contentHash?: string;
    deploymentId?: string;
    /** `unproved`: nobody saw the end of its bake. */
    health: "healthy" | "unhealthy" | "unproved";
}

/**
 * How an attempted release ended.
 *
 * `previewed`: its gates ran, and it was not released. `in_progress`: it was deployed, and its end is not in the ledger.
 */
export type Outcome =
    | "completed"
    | "failed"
    | "rolled_back"
    | "blocked"
    | "adopted"
    | "previewed"
    | "in_progress";

/** One attempted release. */
export interface Release {
    bot: string;
    flow: string;
    environment: string;
    tag: string;
    outcome: Outcome;
    /** When it ended; the time of its last step where it did not. */
    at: number;
    actor: string;
    run: string;
    /** Why it ended so, in a clause. */
    reason?: string;
    changelog?: string;
    /** What it changes in the flow, one line each. */
    changes: string[];
    /** The highest risk of what it changes. */
    risk?: string;
    contentHash?: string;
    deploymentId?: string;
    previousTag?: string;
    complianceRef?: string;
    artifact?: { path?: string; sha256: string; bytes?: number };
    /** The rules that it set aside, each with its reason. */
    exceptions: { rule: string; reason: string }[];
    /** In the order in which they happened. */
    steps: Step[];
}

/** Something that happened to a release. */
export type Step = DependencyStep | SimulationStep | BakeStep | PlainStep;

export interface DependencyStep {
    kind: "dependencies";
    at: number;
    passed: boolean;
    checked: number;
    /** One line for each that cannot be used. */
    problems: string[];
    /** Whether it ran for another environment before, with the same content. */
    earlier?: true;
}

export interface SimulationStep {
    kind: "simulation";
    at: number;
    passed: boolean;
    /** How many conversations passed, and of how many. */
    good: number;
    total: number;
    conversations: Conversation[];
    /** How many more there were. */
    leftOut: number;
    /** Why there is no result, where it has none. */
    reason?: string;
    earlier?: true;
}

export interface Conversation {
    passed: boolean;
    input: string;
    expected: string;
    /** The intent that was recognised: null when none was; left out when the platform did not say. */
    actual?: string | null;
    reason?: string;
}

export interface BakeStep {
    kind: "bake";
    at: number;
    passed: boolean;
    after: "deployment" | "rollback";
    /** What was found, in a clause. */
    finding: string;
    probes: { at: number; result: string }[];
    /** How many more there were, after the first half of them. */
    leftOut: number;
}

export interface PlainStep {
    kind: "deployment" | "rollback" | "outcome" | "adoption" | "delete" | "artifact";
    at: number;
    /** `open`: it was begun, and its end is not in the ledger. */
    status: "good" | "bad" | "neutral" | "open";
    /** What happened, in a clause. */
    text: string;
}

/** The four keys of DORA, over the whole time and for each stretch of it. */
export interface Trend {
    /** How long a stretch is. */
    stretch: "day" | "week" | "month";
    /** Oldest first. */
    points: TrendPoint[];
    total: Keys & {
        attempts: number;
        /** How many of them went live and stayed. */
        stayed: number;
        /** Deployments a week. */
        frequency: number;
        /** Failures that nothing has mended yet. */
        unmended: number;
    };
}

/** A share is from 0 to 1; null where there was nothing to measure. Times are in seconds, the median of them. */
export interface Keys {
    leadTime: number | null;
    failureRate: number | null;
    timeToRestore: number | null;
}

export interface TrendPoint extends Keys {
    /** When the stretch begins. */
    from: number;
    /** How many releases went live and stayed. */
    stayed: number;
    /** How many were deployed and did not stay. */
    fell: number;
}
