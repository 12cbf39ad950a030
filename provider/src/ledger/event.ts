/** What was done. Only `deployment_execution` counts in the metrics: one for each attempted release. */
export type Action =
    | "dependency_validation"
    | "simulation"
    | "deployment_intent"
    | "deployment_execution"
    | "rollback_intent"
    | "rollback"
    | "adoption"
    | "delete";

/** How it ended; `started` on intents. */
export type EventStatus =
    | "started"
    | "passed"
    | "completed"
    | "failed"
    | "rolled_back"
    | "blocked"
    | "retained";

/** What an event says beside its fixed fields. Never a credential. */
export interface EventDetails {
    target_environment: string;
    content_hash?: string | undefined;
    deployment_id?: string | undefined;
    [detail: string]: unknown;
}

/** One line of the ledger. */
export interface LedgerEvent {
    /** ISO 8601, UTC. */
    timestamp: string;
    bot_id: string;
    flow_id: string;
    version_tag: string;
    action: Action;
    status: EventStatus;
    details: EventDetails;
    /** `AUD-{bot}-{tag}-{YYYYMMDDHHMMSS}`, UTC. */
    compliance_ref: string;
}

/** An event as it is handed in: time and reference are the ledger's to give. */
export type NewEvent = Omit<LedgerEvent, "timestamp" | "compliance_ref">;

/** Stamps an event. */
export function stampEvent(event: NewEvent, now: number): LedgerEvent {
    const timestamp = new Date(now).toISOString();
    const compact = timestamp.slice(0, 19).replace(/\D/g, "");
    return { timestamp, ...event, compliance_ref: `AUD-${event.bot_id}-${event.version_tag}-${compact}` };
}
