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
    const count = new ReleaseCount();
    for (const event of events) {
        count.add(event);
    }
    return count.metrics();
}

/** Counts releases one event after the other, in whatever order. */
export class ReleaseCount {
    private total = 0;
    private successful = 0;
    private first = Number.POSITIVE_INFINITY;
    private last = Number.NEGATIVE_INFINITY;

    add({ action, status, timestamp }: LedgerEvent): void {
        if (action !== "deployment_execution") {
            return;
        }
        const at = Date.parse(timestamp);
        this.first = Math.min(this.first, at);
        this.last = Math.max(this.last, at);
        this.total += 1;
        this.successful += Number(status === "completed");
    }

    metrics(): Metrics {
        const { total, successful, first, last } = this;
        return {
            total_deployments: total,
            successful_deployments: successful,
            success_rate: total === 0 ? 0 : round(successful / total, 3),
            frequency_per_week: total === 0 ? 0 : perWeek(total, first, last),
        };
    }
}

/** How many there are a week between two moments, 2 decimals; at least a day is between them. */
export function perWeek(count: number, from: number, to: number): number {
    const days = Math.max(1, (to - from) / DAY);
    return round((count / days) * 7, 2);
}

export function round(value: number, decimals: number): number {
    return Number(value.toFixed(decimals));
}
