import { type Began, Beginnings } from "../ledger/beginnings.js";
import { type Dora, DoraCount, type Window } from "../ledger/dora.js";
import type { LedgerEvent } from "../ledger/event.js";
import { ReleaseCount } from "../ledger/metrics.js";
import type { Keys, Trend, TrendPoint } from "./report.js";
import { stretchesOf } from "./stretches.js";

/** Measures the releases of a ledger, one event after the other: as a whole, and for each stretch of time. */
export class TrendCount {
    private readonly beginnings = new Beginnings();
    /** What the four keys are made of. */
    private readonly events: { event: LedgerEvent; began: Began | undefined; at: number }[] = [];

    add(event: LedgerEvent): void {
        const began = this.beginnings.add(event);
        if (began || event.action === "rollback") {
            this.events.push({ event, began, at: Date.parse(event.timestamp) });
        }
    }

    /**
     * @param now until when it is measured.
     * @param since left out, all releases count.
     */
    trend(now: number, since?: number): Trend {
        const outcomes = this.events.filter(({ began, at }) => began && at >= (since ?? at));
        // Nothing is later than now, unless a clock was wrong.
        const last = outcomes.reduce((latest, { at }) => Math.max(latest, at), now);
        const first = outcomes.reduce((earliest, { at }) => Math.min(earliest, at), last);
        const { stretch, from } = stretchesOf(since ?? first, last);
        const releases = new ReleaseCount();
        for (const { event } of outcomes) {
            releases.add(event);
        }
        const { total_deployments: attempts, successful_deployments: stayed } = releases.metrics();
        const dora = this.dora(since === undefined ? undefined : { since, until: last + 1 });
        return {
            stretch,
            points: (outcomes.length === 0 ? [] : from).map((at, index) => ({
                from: at,
                ...this.measured({ since: Math.max(at, since ?? at), until: from[index + 1] ?? last + 1 }),
            })),
            total: {
                ...keysOf(dora),
                attempts,
                stayed,
                frequency: dora.deployment_frequency_per_week,
                unmended: dora.time_to_restore_seconds.open,
            },
        };
    }

    private measured(window: Window): Omit<TrendPoint, "from"> {
        const inside = this.events.filter(
            ({ began, at }) => began && at >= window.since && at < window.until,
        );
        const stayed = inside.filter(({ event }) => event.status === "completed").length;
        const started = inside.filter(
            ({ event }) => event.status === "completed" || event.details.deployment_id !== undefined,
        ).length;
        return { ...keysOf(this.dora(window)), stayed, fell: started - stayed };
    }

    private dora(window: Window | undefined): Dora {
        const count = new DoraCount(window);
        for (const { event, began } of this.events) {
            count.add(event, began);
        }
        return count.dora();
    }
}

function keysOf(dora: Dora): Keys {
    return {
        leadTime: dora.lead_time_seconds.median,
        failureRate: dora.change_failure_rate,
        timeToRestore: dora.time_to_restore_seconds.median,
    };
}
