import type { Author } from "./author.js";
import { type Link, seal } from "./chain.js";

/** What was done. Only `deployment_execution` counts in the metrics: one for each attempted release. */
export type Action =
    | "dependency_validation"
    | "simulation"
    | "deployment_intent"
    | "deployment_execution"
    | "health_check"
    | "rollback_intent"
    | "rollback"
    | "artifact_export"
    | "adoption"
    | "delete";

/** How it ended; `started` on intents. */
export const EVENT_STATUSES = [
    "started",
    "passed",
    "completed",
    "failed",
    "rolled_back",
    "blocked",
    "retained",
] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** What an event says beside its fixed fields. Never a credential. */
export interface EventDetails {
    target_environment: string;
    deployment_id?: string | undefined;
    [detail: string]: unknown;
}

/** One event of a ledger. */
export interface LedgerEvent extends Author, Link {
    /** ISO 8601, UTC. */
    timestamp: string;
    bot_id: string;
    flow_id: string;
    version_tag: string;
    action: Action;
    status: EventStatus;
    /** Names the content that it is about; left out where there is none. */
    content_hash?: string | undefined;
    details: EventDetails;
    /** `AUD-{bot}-{tag}-{YYYYMMDDHHMMSS}`, UTC. */
    compliance_ref: string;
}

/** An event as it is handed in: time, author, reference and place in the chain are the ledger's to give. */
export type NewEvent = Omit<LedgerEvent, "timestamp" | "compliance_ref" | keyof Author | keyof Link>;

/** Stamps an event, and links it to the one before. */
export function stampEvent(
    event: NewEvent,
    { run, actor }: Author,
    previousHash: string,
    now: number,
): LedgerEvent {
    const timestamp = new Date(now).toISOString();
    const compact = timestamp.slice(0, 19).replace(/\D/g, "");
    const compliance_ref = `AUD-${event.bot_id}-${event.version_tag}-${compact}`;
    return seal({ timestamp, run, actor, ...event, compliance_ref }, previousHash);
}
