import { canonicalJson } from "../release/canonical.js";
import { ReleaseError } from "../release/failure.js";
import { GENESIS } from "./chain.js";
import { noEvent, parseEvent } from "./entry.js";
import { type LedgerEvent, type NewEvent, stampEvent } from "./event.js";
import { KnownEvents, type Scope } from "./known-events.js";
import type { Ledger, LedgerParts } from "./ledger.js";
import type { PostgresAddress } from "./postgres-address.js";
import { type Appending, isWorthRetrying, PostgresTable, type Row } from "./postgres-table.js";
import { NOT_WITHOUT } from "./unreachable.js";

/** How often a call is made, when its connection is lost in the middle. */
const TRIES = 3;

/** A ledger in PostgreSQL, that runs on several machines can share: one table, made when it is first needed. */
export class PostgresLedger implements Ledger {
    readonly unit = "sequence number";

    private readonly table: PostgresTable;
    /** What this process does with the table goes one after the other. */
    private turn: Promise<unknown> = Promise.resolve();
    private hasTable = false;
    /** What was read already: only what was added since is read again. */
    private known = new KnownEvents();
    private last: Row | undefined;

    constructor(
        address: PostgresAddress,
        private readonly parts: LedgerParts,
    ) {
        this.table = new PostgresTable(address);
    }

    get location(): string {
        return this.table.location;
    }

    append(event: NewEvent): Promise<LedgerEvent> {
        const sent: LedgerEvent[] = [];
        return this.inTurn("written", async () => {
            const written = await this.table.alone((appending) => this.send(appending, event, sent));
            this.hasTable = true;
            return written;
        });
    }

    async *events(scope?: Scope): AsyncIterable<LedgerEvent> {
        const known = await this.inTurn("read", () => this.read());
        yield* known.of(scope);
    }

    /** Closes the connections that are open; the next call opens new ones. */
    close(): Promise<void> {
        return this.table.close();
    }

    /** @param sent is given what is sent: when an answer was lost, it may be there already. */
    private async send(appending: Appending, event: NewEvent, sent: LedgerEvent[]): Promise<LedgerEvent> {
        if (!this.hasTable) {
            await appending.createIfMissing();
        }
        for (const earlier of sent) {
            if (await appending.has(earlier.hash)) {
                return earlier;
            }
        }
        const last = await appending.last();
        const { author, clock } = this.parts;
        const stamped = stampEvent(event, author, last?.hash ?? GENESIS, clock.now());
        sent.push(stamped);
        await appending.add({
            sequence: (last?.sequence ?? 0) + 1,
            previousHash: stamped.previous_hash,
            hash: stamped.hash,
            event: canonicalJson(stamped),
        });
        return stamped;
    }

    private async read(): Promise<KnownEvents> {
        this.hasTable ||= await this.table.exists();
        if (!this.hasTable) {
            return this.known;
        }
        const { last } = this;
        const rows = this.table.rows(last?.sequence ?? 1);
        // The last one again: it tells whether the table is still the same.
        const first = last && (await rows.next()).value;
        if (last?.hash !== first?.hash) {
            this.known = new KnownEvents();
            this.last = undefined;
            return this.read();
        }
        for await (const row of rows) {
            const event = parseEvent(row.event);
            if (!event) {
                throw noEvent(row.sequence, this);
            }
            this.known.add(event);
            this.last = row;
        }
        return this.known;
    }

    private inTurn<T>(what: "read" | "written", task: () => Promise<T>): Promise<T> {
        const turn = this.turn
            .then(() => retrying(task))
            .catch((error: unknown) => {
                throw error instanceof ReleaseError ? error : this.table.problem(what, error, NOT_WITHOUT);
            });
        this.turn = turn.catch(() => undefined);
        return turn;
    }
}

async function retrying<T>(task: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
        try {
            return await task();
        } catch (error) {
            if (!isWorthRetrying(error) || attempt === TRIES) {
                throw error;
            }
        }
    }
}
