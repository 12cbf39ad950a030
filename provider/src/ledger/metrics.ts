import type { LedgerEvent } from "./event.js";

/** The four release metrics over a ledger. */
export interface Metrics {
    /** Attempted releases, blocked ones included. */
    total_deployments: number;
    /** Attempted releases that went live and stayed. */
    successful_deployments: number;
    /** `successful_deployments / total_deployments`, 3 decimals; 0 where nothing was attempted. */
    success_rate: number;
    /** Attempted releases a week between the first and the last, 2 decimals; the span is at least one day. */
    frequency_per_week: number;
}

const DAY = 86_400_000;

/** Counts the releases in a ledger. */
export function metricsOf(events: Iterable<LedgerEvent>): Metrics {
    let total = 0;
    let successful = 0;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const { action, status, timestamp } of events) {
        if (action !== "deployment_execution") {
            continue;
        }
        const at = Date.parse(timestamp);
        first = Math.min(first, at);
        last = Math.max(last, at);
        total += 1;
        successful += Number(status === "completed");
    }
    const days = Math.max(1, (last - first) / DAY);
    return {
        total_deployments: total,
        successful_deployments: successful,
        success_rate: total === 0 ? 0 : round(successful / total, 3),
        frequency_per_week: total === 0 ? 0 : round((total / days) * 7, 2),
    };
}

function round(value: number, decimals: number): number {
    return Number(value.toFixed(decimals));
}
