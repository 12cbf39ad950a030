import { digest } from "../release/canonical.js";

/** What the first event of a ledger has as its `previous_hash`. */
export const GENESIS = `sha256:${"0".repeat(64)}`;

/** What makes an event a link of its ledger's chain. */
export interface Link {
    /** The `hash` of the event before; `GENESIS` in the first one. */
    previous_hash: string;
    /** The SHA-256 of the event's canonical JSON without this field, as `sha256:<64 hex digits>`. */
    hash: string;
}

/** Puts an event at the end of a chain. */
export function seal<Event extends object>(event: Event, previousHash: string): Event & Link {
    const linked = { ...event, previous_hash: previousHash };
    return { ...linked, hash: digest(linked) };
}

/** The hash that an event must have, whatever it says its hash is. */
export function hashOf({ hash: _, ...event }: Link): string {
    return digest(event);
}
