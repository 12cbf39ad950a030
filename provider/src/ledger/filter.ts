import type { EventStatus, LedgerEvent } from "./event.js";

/** Which events of a ledger are meant: those that fit all that is given. */
export interface Filter {
    bot?: string;
    flow?: string;
    /** A version tag. */
    tag?: string;
    environment?: string;
    outcome?: EventStatus;
    /** From this moment on; milliseconds since 1970. */
    since?: number;
    /** Before this moment; milliseconds since 1970. */
    until?: number;
}

/** Whether an event is meant. */
export function isMeant(event: LedgerEvent, filter: Filter): boolean {
    const at = Date.parse(event.timestamp);
    const wanted = [
        [filter.bot, event.bot_id],
        [filter.flow, event.flow_id],
        [filter.tag, event.version_tag],
        [filter.environment, event.details.target_environment],
        [filter.outcome, event.status],
    ];
    return (
        wanted.every(([one, found]) => one === undefined || one === found) &&
        at >= (filter.since ?? Number.NEGATIVE_INFINITY) &&
        at < (filter.until ?? Number.POSITIVE_INFINITY)
    );
}

/** Those events that are meant. */
export async function* meant(
    events: AsyncIterable<LedgerEvent>,
    filter: Filter,
): AsyncGenerator<LedgerEvent> {
    for await (const event of events) {
        if (isMeant(event, filter)) {
            yield event;
        }
    }
}
