import type { Client, Pool, PoolClient } from "pg";
import type { PostgresAddress } from "./postgres-address.js";
import { LedgerUnreachable } from "./unreachable.js";

/** The table, in the first schema of the connection's search path. */
const TABLE = "cognigy_ledger";
/** Two events that follow the same one cannot both be in it, whoever writes. */
const CREATE = `CREATE TABLE IF NOT EXISTS ${TABLE} (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    previous_hash text NOT NULL UNIQUE,
    hash text NOT NULL UNIQUE,
    event text NOT NULL
)`;
/** Names the lock of all that append to a ledger in a database: the first bytes of "cognigy". */
const LOCK = 0x636f676e;
/** How many rows are in memory at a time. */
const PAGE = 1000;
/** How long it may take to get a connection, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** How long a statement may take, and how long others may hold the lock, in milliseconds. */
const STATEMENT_TIMEOUT = 30_000;
/** A connection that is not used is closed soon: a release waits for minutes, and what is between may not keep it. */
const IDLE_TIMEOUT = 1_000;

/** An event as the table keeps it. */
export interface Row {
    sequence: number;
    previousHash: string;
    hash: string;
    /** As canonical JSON. */
    event: string;
}

/** The table of a ledger in PostgreSQL. */
export class PostgresTable {
    private pool: Promise<Pool> | undefined;

    constructor(private readonly address: PostgresAddress) {}

    get location(): string {
        return this.address.location;
    }

    /**
     * Runs one transaction that nobody else appends beside.
     *
     * @throws an error of the driver.
     */
    async alone<T>(work: (appending: Appending) => Promise<T>): Promise<T> {
        return this.connected(async (client) => {
            try {
                // Each statement must see what was written while it waited for the lock.
                await client.query(
                    `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT}; ` +
                        `SELECT pg_advisory_xact_lock(${LOCK})`,
                );
                const result = await work(new Appending(client));
                await client.query("COMMIT");
                return result;
            } catch (error) {
                await client.query("ROLLBACK").catch(() => undefined);
                throw error;
            }
        });
    }

    /** Whether there is a ledger in the database. */
    async exists(): Promise<boolean> {
        return this.connected(tableExists);
    }

    /** The rows from a sequence number on, page by page. */
    async *rows(from: number): AsyncGenerator<Row> {
        for (let next = from; ; ) {
            const page = await this.connected((client) => rowsFrom(client, next));
            yield* page;
            const last = page.at(-1);
            if (!last || page.length < PAGE) {
                return;
            }
            next = last.sequence + 1;
        }
    }

    /**
     * An error in words, without what must not be shown.
     *
     * @param consequence the end of a clause.
     */
    problem(what: "read" | "written", error: unknown, consequence = ""): LedgerUnreachable {
        const { message, code } = error as Error & { code?: string };
        const { password, location } = this.address;
        const said = message || code || "no answer";
        const why = password === "" ? said : said.replaceAll(password, "***");
        return new LedgerUnreachable(
            `the ledger ${location} cannot be ${what} (${why})${consequence}. Look at the database, and at what its user ` +
                "may do there. The password comes with the address, as a secret (`pulumi config set --secret " +
                "cognigy:ledger`), or from PGPASSWORD.",
        );
    }

    async close(): Promise<void> {
        const pool = this.pool;
        this.pool = undefined;
        await (await pool?.catch(() => undefined))?.end();
    }

    private async connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
        this.pool ??= openPool(this.address.url);
        const client = await (await this.pool).connect();
        // A connection that is lost fails the statement that runs; the event beside it says nothing more.
        client.on("error", ignore);
        let broken: Error | undefined;
        try {
            return await work(client);
        } catch (error) {
            broken = isLostConnection(error) ? (error as Error) : undefined;
            throw error;
        } finally {
            client.off("error", ignore);
            client.release(broken);
        }
    }
}

/** What can be done while nobody else appends. */
export class Appending {
    constructor(private readonly client: PoolClient) {}

    async createIfMissing(): Promise<void> {
        // Asked first: who may append need not be allowed to make tables.
        if (!(await tableExists(this.client))) {
            await this.client.query(CREATE);
        }
    }

    async has(hash: string): Promise<boolean> {
        const { rowCount } = await this.client.query(`SELECT 1 FROM ${TABLE} WHERE hash = $1`, [hash]);
        return rowCount !== 0;
    }

    async last(): Promise<Pick<Row, "sequence" | "hash"> | undefined> {
        const { rows } = await this.client.query<{ sequence: string; hash: string }>(
            `SELECT sequence, hash FROM ${TABLE} ORDER BY sequence DESC LIMIT 1`,
        );
        return rows[0] && { ...rows[0], sequence: Number(rows[0].sequence) };
    }

    async add({ sequence, previousHash, hash, event }: Row): Promise<void> {
        await this.client.query(
            `INSERT INTO ${TABLE} (sequence, previous_hash, hash, event) VALUES ($1, $2, $3, $4)`,
            [sequence, previousHash, hash, event],
        );
    }
}

/** Whether it is worth trying again: the connection was lost, or somebody who does not know the lock was faster. */
export function isWorthRetrying(error: unknown): boolean {
    const { code } = error as { code?: unknown };
    return isLostConnection(error) || code === "23505" || code === "40001";
}

/** What the server says has a severity; all else is the connection's. With 08 or 57P the server says that it goes away. */
function isLostConnection(error: unknown): boolean {
    const { severity, code } = error as { severity?: unknown; code?: unknown };
    return severity === undefined || /^(08|57P)/.test(String(code));
}

async function openPool(url: string): Promise<Pool> {
    // Loaded when it is needed: a release with its ledger in a file is not to wait for it.
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({
        connectionString: url,
        application_name: "pulumi-cognigy",
        connectionTimeoutMillis: CONNECT_TIMEOUT,
        idleTimeoutMillis: IDLE_TIMEOUT,
        query_timeout: STATEMENT_TIMEOUT + CONNECT_TIMEOUT,
        allowExitOnIdle: true,
        max: 2,
    });
    pool.on("error", ignore);
    return pool;
}

async function tableExists(client: Pick<Client, "query">): Promise<boolean> {
    const { rows } = await client.query<{ found: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS found`, [
        TABLE,
    ]);
    return rows[0]?.found === true;
}

async function rowsFrom(client: PoolClient, from: number): Promise<Row[]> {
    const { rows } = await client.query<Record<"sequence" | "previous_hash" | "hash" | "event", string>>(
        `SELECT sequence, previous_hash, hash, event FROM ${TABLE} WHERE sequence >= $1 ORDER BY sequence LIMIT ${PAGE}`,
        [from],
    );
    return rows.map(({ sequence, previous_hash, hash, event }) => ({
        sequence: Number(sequence),
        previousHash: previous_hash,
        hash,
        event,
    }));
}

function ignore(): void {}
