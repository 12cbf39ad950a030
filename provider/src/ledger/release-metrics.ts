import { type Began, Beginnings } from "./beginnings.js";
import { type Dora, DoraCount, type Window } from "./dora.js";
import type { LedgerEvent } from "./event.js";
import { isMeant } from "./filter.js";
import { type Metrics, ReleaseCount } from "./metrics.js";

/** What releases can be told apart by. */
export const DIMENSIONS = ["bot", "environment"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** All metrics of some releases. */
export type ReleaseMetrics = Metrics & Dora;

/** The metrics of all releases, and of each group of them. */
export interface GroupedMetrics {
    all: ReleaseMetrics;
    /** In the order of their names. */
    groups: { name: string; metrics: ReleaseMetrics }[];
}

/**
 * Counts the releases in a ledger in one pass.
 *
 * @param window left out, all releases count.
 * @param by left out, there are no groups.
 */
export async function measure(
    events: AsyncIterable<LedgerEvent>,
    window: Window | undefined,
    by: Dimension | undefined,
): Promise<GroupedMetrics> {
    const beginnings = new Beginnings();
    const all = new Count(window);
    const groups = new Map<string, Count>();
    for await (const event of events) {
        const began = beginnings.add(event);
        all.add(event, began);
        if (by) {
            const name = by === "bot" ? event.bot_id : event.details.target_environment;
            const group = groups.get(name) ?? new Count(window);
            groups.set(name, group);
            group.add(event, began);
        }
    }
    return {
        all: all.metrics(),
        groups: [...groups]
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, count]) => ({ name, metrics: count.metrics() })),
    };
}

class Count {
    private readonly releases = new ReleaseCount();
    private readonly dora: DoraCount;

    constructor(private readonly window: Window | undefined) {
        this.dora = new DoraCount(window);
    }

    add(event: LedgerEvent, began: Began | undefined): void {
        this.dora.add(event, began);
        if (isMeant(event, this.window ?? {})) {
            this.releases.add(event);
        }
    }

    metrics(): ReleaseMetrics {
        return { ...this.releases.metrics(), ...this.dora.dora() };
    }
}
