import type { LedgerEvent } from "../ledger/event.js";
import { compact, type Outcome } from "../release/state.js";

/** A deployment on its way, and what it takes the place of. */
export interface Attempt {
    deploymentId: string;
    contentHash?: string | undefined;
    nodesCount?: number | undefined;
    lastModified?: string | undefined;
    previousVersionTag?: string | undefined;
    previousDeploymentId?: string | undefined;
}

/** What an attempt takes the place of, as the state keeps it. */
export function previousOf({ previousVersionTag, previousDeploymentId }: Omit<Attempt, "deploymentId">) {
    return compact({ previousVersionTag, previousDeploymentId });
}

/** What an attempt brings, as the state keeps it. */
export function contentOf({ contentHash, nodesCount, lastModified }: Omit<Attempt, "deploymentId">) {
    return compact({ contentHash, nodesCount, lastModified });
}

/** An attempt as the ledger keeps it. */
export function detailsOf(attempt: Omit<Attempt, "deploymentId">) {
    return {
        content_hash: attempt.contentHash,
        nodes_count: attempt.nodesCount,
        last_modified: attempt.lastModified,
        previous_version_tag: attempt.previousVersionTag,
        previous_deployment_id: attempt.previousDeploymentId,
    };
}

/** An attempt as an intent in the ledger tells of it. */
export function attemptIn({ content_hash, details }: LedgerEvent): Omit<Attempt, "deploymentId"> {
    const text = (value: unknown) => (typeof value === "string" ? value : undefined);
    return {
        contentHash: content_hash,
        nodesCount: typeof details.nodes_count === "number" ? details.nodes_count : undefined,
        lastModified: text(details.last_modified),
        previousVersionTag: text(details.previous_version_tag),
        previousDeploymentId: text(details.previous_deployment_id),
    };
}

/** A release that went live and was healthy, as its record in the ledger tells of it. */
export function outcomeIn(
    event: LedgerEvent,
    deploymentId: string,
): Omit<Outcome, "status" | "liveVersionTag"> {
    const attempt = attemptIn(event);
    return {
        ...previousOf(attempt),
        ...contentOf(attempt),
        deploymentId,
        complianceRef: event.compliance_ref,
        deployedAt: event.timestamp,
    };
}
