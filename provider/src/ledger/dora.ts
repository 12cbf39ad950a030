import type { Began } from "./beginnings.js";
import type { LedgerEvent } from "./event.js";
import { perWeek, round } from "./metrics.js";

/**
 * The four keys of DORA (https://dora.dev/guides/dora-metrics-four-keys/) over a ledger. What a deployment, a failure and
 * a restoration are is written down in docs/ledger.md.
 */
export interface Dora {
    /** Deployments a week that went live and stayed, 2 decimals; over the window, else from the first to the last attempt. */
    deployment_frequency_per_week: number;
    /** From the first gate of a version until it is live. */
    lead_time_seconds: Durations;
    /** The share of the started deployments that did not stay live, 3 decimals; null where none was started. */
    change_failure_rate: number | null;
    /** From the start of a deployment that harmed what is live until that is good again. */
    time_to_restore_seconds: Durations & {
        /** Failures that nothing has mended yet. */
        open: number;
    };
}

/** Several durations, in seconds, 3 decimals. */
export interface Durations {
    count: number;
    /** Null where there are none. */
    median: number | null;
    /** The 90th percentile; null where there are none. */
    p90: number | null;
}

/** From when until when outcomes count; milliseconds since 1970. */
export interface Window {
    since: number;
    until: number;
}

/** What is live in a place is harmed. */
interface Failure {
    since: number;
    deploymentId: unknown;
    /** Whether its outcome is in the window. */
    counts: boolean;
}

/** Finds the four keys one event after the other, in the ledger's order. */
export class DoraCount {
    private readonly failures = new Map<string, Failure[]>();
    private readonly leadTimes: number[] = [];
    private readonly restorations: number[] = [];
    private started = 0;
    private live = 0;
    private first = Number.POSITIVE_INFINITY;
    private last = Number.NEGATIVE_INFINITY;

    /** @param window left out, all outcomes count. */
    constructor(private readonly window?: Window) {}

    /** @param began when it began, for an outcome of a release. */
    add(event: LedgerEvent, began: Began | undefined): void {
        const at = Date.parse(event.timestamp);
        if (began) {
            this.outcome(event, at, began);
        } else if (event.action === "rollback" && event.status === "completed") {
            this.restore(event, at, event.details.deployment_id);
        }
    }

    dora(): Dora {
        const { window, started, live, first, last } = this;
        const [from, to] = window ? [window.since, window.until] : [first, last];
        const open = [...this.failures.values()].flat().filter(({ counts }) => counts).length;
        return {
            deployment_frequency_per_week: live === 0 ? 0 : perWeek(live, from, to),
            lead_time_seconds: durationsOf(this.leadTimes),
            change_failure_rate: started === 0 ? null : round((started - live) / started, 3),
            time_to_restore_seconds: { ...durationsOf(this.restorations), open },
        };
    }

    private outcome(event: LedgerEvent, at: number, began: Began): void {
        const { status, details } = event;
        const counts = this.window === undefined || (at >= this.window.since && at < this.window.until);
        if (counts) {
            this.first = Math.min(this.first, at);
            this.last = Math.max(this.last, at);
        }
        if (status === "completed") {
            if (counts) {
                this.started += 1;
                this.live += 1;
                this.leadTimes.push(at - began.version);
            }
            this.restore(event, at);
        } else if (details.deployment_id !== undefined) {
            this.started += Number(counts);
            this.fail(event, at, { since: began.deployment, deploymentId: details.deployment_id, counts });
        }
    }

    private fail(event: LedgerEvent, at: number, failure: Failure): void {
        const { status, details } = event;
        // The platform ended it itself: the version before stayed live.
        if (details.reason === "deployment_failed") {
            return;
        }
        const place = placeOf(event);
        this.failures.set(place, [...(this.failures.get(place) ?? []), failure]);
        if (status === "rolled_back" && details.health_after === undefined) {
            this.restore(event, at);
        }
    }

    /** What is live in a place is good again: after all failures there, or after that of one deployment. */
    private restore(event: LedgerEvent, at: number, deploymentId?: unknown): void {
        const place = placeOf(event);
        const failures = this.failures.get(place) ?? [];
        const isMended = (failure: Failure) =>
            deploymentId === undefined || failure.deploymentId === deploymentId;
        const mended = failures.filter((failure) => isMended(failure) && failure.counts);
        this.restorations.push(...mended.map(({ since }) => at - since));
        this.failures.set(
            place,
            failures.filter((failure) => !isMended(failure)),
        );
    }
}

function placeOf({ bot_id, flow_id, details }: LedgerEvent): string {
    return JSON.stringify([bot_id, flow_id, details.target_environment]);
}

/** @param milliseconds clocks of several machines may differ: what would be less than nothing is nothing. */
function durationsOf(milliseconds: readonly number[]): Durations {
    const sorted = milliseconds.map((one) => Math.max(0, one) / 1000).sort((one, other) => one - other);
    return { count: sorted.length, median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

/** The value below which that share lies, between its two neighbours in proportion. */
function quantile(sorted: readonly number[], share: number): number | null {
    const [position, low] = [(sorted.length - 1) * share, Math.floor((sorted.length - 1) * share)];
    const [below, above] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
    return below === undefined || above === undefined
        ? null
        : round(below + (above - below) * (position - low), 3);
}
