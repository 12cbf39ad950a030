import type { Clock } from "../clock.js";
import type { Author } from "./author.js";
import type { LedgerEvent, NewEvent } from "./event.js";
import type { Scope } from "./known-events.js";

/** Where a release's history is kept. */
export interface Ledger {
    /** Where it is, for messages. */
    readonly location: string;
    /**
     * Adds one event at the end and returns it as it was written.
     *
     * @throws ReleaseError when it could not be written.
     */
    append(event: NewEvent): Promise<LedgerEvent>;
    /**
     * The events, oldest first.
     *
     * @param scope whose; all by default.
     * @throws ReleaseError when it cannot be read, or holds something that is no event; the message says where.
     */
    events(scope?: Scope): AsyncIterable<LedgerEvent>;
}

/** What a ledger works with. */
export interface LedgerParts {
    clock: Clock;
    /** Who writes. */
    author: Author;
    /** Tells people what they should know, one line at a time. */
    tell: (line: string) => void;
}
