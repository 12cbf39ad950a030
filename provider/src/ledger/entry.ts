import { isRecord } from "../release/canonical.js";
import { ReleaseError } from "../release/failure.js";
import type { LedgerEvent } from "./event.js";

/** What a ledger holds in one place, before anybody trusts it. */
export interface Entry {
    /** The number of the line, or the sequence number; counted from 1. */
    place: number;
    text: string;
    /** Whether the text is all that is kept: false where there are bytes that are no UTF-8. */
    exact: boolean;
    /** Whether it has its end: false for a last line without a line end. */
    complete: boolean;
}

/** Where entries come from, for messages. */
export interface Source {
    /** Where the ledger is. */
    readonly location: string;
    /** What a place in it is called. */
    readonly unit: "line" | "sequence number";
}

/** Text fields that every event has. */
const TEXTS = ["timestamp", "bot_id", "flow_id", "version_tag", "action", "status", "hash"] as const;

/** The event that an entry's text holds; undefined when it holds none. */
export function parseEvent(text: string): LedgerEvent | undefined {
    const value = parseJson(text);
    const isEvent =
        isRecord(value) &&
        isRecord(value.details) &&
        TEXTS.every((name) => typeof value[name] === "string") &&
        !Number.isNaN(Date.parse(value.timestamp as string));
    return isEvent ? (value as unknown as LedgerEvent) : undefined;
}

/**
 * Whether an entry is an event that was cut off: no beginning of an event's JSON, short of the whole, is JSON. A crash of the
 * machine may leave zeros in its place.
 */
export function isCutOff({ text }: Entry): boolean {
    return /^[{\0]/.test(text) && parseJson(text) === undefined;
}

/**
 * The events of a ledger, in its order, each with the entry that it was read from. Empty entries are passed over.
 *
 * @param onTorn is handed the last entry when it is cut off, which is then passed over; left out, that is damage too.
 * @throws ReleaseError that names the first place that holds no event.
 */
export async function* eventsOf<One extends Entry>(
    entries: AsyncIterable<One>,
    source: Source,
    onTorn?: (entry: One) => void,
): AsyncGenerator<{ event: LedgerEvent; entry: One }> {
    let torn: One | undefined;
    for await (const entry of entries) {
        if (entry.text.trim() === "") {
            continue;
        }
        if (torn) {
            throw noEvent(torn.place, source);
        }
        const event = parseEvent(entry.text);
        if (event) {
            yield { event, entry };
        } else if (onTorn && isCutOff(entry)) {
            torn = entry;
        } else {
            throw noEvent(entry.place, source);
        }
    }
    if (torn) {
        onTorn?.(torn);
    }
}

/** What is wrong with a place that holds no event. */
export function noEvent(place: number, { location, unit }: Source): ReleaseError {
    return new ReleaseError(
        `${unit} ${place} of the ledger ${location} is no event: expected a JSON object with \`timestamp\`, ` +
            "`action` and `hash`. Look at it; nothing was changed.",
    );
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
