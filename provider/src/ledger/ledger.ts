import type { LedgerEvent, NewEvent } from "./event.js";

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
    /** Every event, oldest first. */
    events(): AsyncIterable<LedgerEvent>;
}
