import { type Entry, parseEvent } from "./entry.js";
import type { PostgresAddress } from "./postgres-address.js";
import { PostgresTable, type Row } from "./postgres-table.js";
import type { LedgerReader } from "./reader.js";

/** The rows of a ledger in PostgreSQL. */
export class PostgresReader implements LedgerReader {
    readonly unit = "sequence number";
    readonly mayBeTorn = false;

    private readonly table: PostgresTable;

    constructor(address: PostgresAddress) {
        this.table = new PostgresTable(address);
    }

    get location(): string {
        return this.table.location;
    }

    async *entries(): AsyncGenerator<Entry> {
        try {
            if (!(await this.table.exists())) {
                throw new Error("it has no table cognigy_ledger");
            }
            for await (const row of this.table.rows(0)) {
                yield entryOf(row);
            }
        } catch (error) {
            throw this.table.problem("read", error);
        }
    }

    close(): Promise<void> {
        return this.table.close();
    }
}

/** The columns beside the event say what is in it. */
function entryOf({ sequence, previousHash, hash, event }: Row): Entry {
    const parsed = parseEvent(event);
    return {
        place: sequence,
        text: event,
        exact: parsed?.hash === hash && parsed.previous_hash === previousHash,
        complete: true,
    };
}
