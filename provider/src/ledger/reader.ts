import type { Entry, Source } from "./entry.js";

/** A ledger as it is kept, to be looked at: nothing of it is trusted, and only a piece of it is in memory at a time. */
export interface LedgerReader extends Source {
    /** Whether the last entry may be cut off: its writer ended in the middle of it. */
    readonly mayBeTorn: boolean;
    /**
     * Every entry, oldest first. It can be called again.
     *
     * @throws LedgerUnreachable when the ledger cannot be read.
     */
    entries(): AsyncIterable<Entry>;
    /** Lets go of what it is read through. */
    close(): Promise<void>;
}
