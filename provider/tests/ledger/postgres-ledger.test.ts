import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Client } from "pg";
import { openReader } from "../../src/ledger/open-ledger.js";
import { type PostgresAddress, parsePostgresAddress } from "../../src/ledger/postgres-address.js";
import { PostgresTable } from "../../src/ledger/postgres-table.js";
import { LedgerUnreachable } from "../../src/ledger/unreachable.js";
import { verifyChain } from "../../src/ledger/verify.js";
import { ReleaseError } from "../../src/release/failure.js";
import { FakeClock } from "../support/fake-clock.js";
import { eventsIn, newEvent, openForTest } from "../support/ledger.js";
import { PostgresServer } from "../support/postgres-server.js";

let server: PostgresServer;
let schemas = 0;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
    server = await PostgresServer.start();
}, 60_000);
afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
});
afterAll(() => server.stop());

/** Asks the server as its owner. */
async function sql(statement: string, url = server.url()) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
        return (await client.query(statement)).rows as Record<string, unknown>[];
    } finally {
        await client.end();
    }
}

/** The address of a ledger of its own: a schema, which is made faster than a database. */
async function newPlace(): Promise<string> {
    schemas += 1;
    await sql(`CREATE SCHEMA ledger_${schemas}`);
    return `${server.url()}?options=-c%20search_path%3Dledger_${schemas}`;
}

/** A ledger as a process of its own has it. */
function open(url: string, clock = new FakeClock()) {
    const ledger = openForTest(url, clock);
    closing.push(ledger.close);
    return ledger;
}

async function verdictOn(url: string) {
    const reader = openReader(url);
    closing.push(() => reader.close());
    return verifyChain(reader);
}

describe("a ledger in PostgreSQL", () => {
    it("is empty before anything was written, and makes nothing when it is read", async () => {
        const url = await newPlace();
        expect(await eventsIn(open(url))).toEqual([]);
        expect(await sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()", url)).toEqual(
            [],
        );
    });

    it("gives back what was written, oldest first, to whoever reads it", async () => {
        const url = await newPlace();
        const clock = new FakeClock();
        const ledger = open(url, clock);
        const odd = 'line\nbreak, "quotes", 日本語, \0, \ud800, $1';
        const first = await ledger.append(
            newEvent(1, { details: { target_environment: "production", odd }, content_hash: "sha256:1" }),
        );
        clock.advance(1_000);
        const second = await ledger.append(newEvent(2));
        expect(await eventsIn(ledger)).toEqual([first, second]);
        const other = open(url);
        expect(await eventsIn(other)).toEqual([first, second]);
        const third = await other.append(newEvent(3));
        expect(await eventsIn(ledger)).toEqual([first, second, third]);
        expect(await verdictOn(url)).toEqual({ events: 3, head: third.hash });
        expect(second.previous_hash).toBe(first.hash);
        expect(second.timestamp).toBe("2026-01-02T03:04:06.000Z");
    });

    it("is read in pages", async () => {
        const url = await newPlace();
        const ledger = open(url);
        const first = await ledger.append(newEvent(0));
        await sql(
            `INSERT INTO cognigy_ledger SELECT n, 'p' || n, 'h' || n, event FROM cognigy_ledger, generate_series(2, 2500) n`,
            url,
        );
        const events = await eventsIn(open(url));
        expect(events).toHaveLength(2_500);
        expect(events.at(-1)).toEqual(first);
    });

    it("is one chain when several begin it at the same time", async () => {
        const url = await newPlace();
        const ledgers = Array.from({ length: 6 }, () => open(url));
        await Promise.all(
            ledgers.flatMap((ledger) => [1, 2].map((number) => ledger.append(newEvent(number)))),
        );
        expect(await verdictOn(url)).toMatchObject({ events: 12 });
    });

    it("is used by who may only read it and add to it", async () => {
        const url = await newPlace();
        await open(url).append(newEvent(1));
        await sql("CREATE ROLE runner LOGIN PASSWORD 'runner'", url);
        await sql(`GRANT USAGE ON SCHEMA ledger_${schemas} TO runner`, url);
        await sql("GRANT SELECT, INSERT ON cognigy_ledger TO runner", url);
        const runner = open(url.replace(server.url(), server.url("postgres", "runner", "runner")));
        await runner.append(newEvent(2));
        expect(await eventsIn(runner)).toHaveLength(2);
    });

    it("is written in one transaction, whatever the server's own isolation is", async () => {
        const url = await newPlace();
        const strict = `${url}%20-c%20default_transaction_isolation%3Dserializable`;
        expect(await sql("SHOW default_transaction_isolation", strict)).toEqual([
            { default_transaction_isolation: "serializable" },
        ]);
        const ledgers = Array.from({ length: 4 }, () => open(strict));
        await Promise.all(
            ledgers.flatMap((ledger) => [1, 2, 3].map((number) => ledger.append(newEvent(number)))),
        );
        expect(await verdictOn(url)).toMatchObject({ events: 12 });
    });

    it("is read anew when it was replaced", async () => {
        const url = await newPlace();
        const ledger = open(url);
        await ledger.append(newEvent(1));
        await ledger.append(newEvent(2));
        expect(await eventsIn(ledger)).toHaveLength(2);
        await sql("TRUNCATE cognigy_ledger", url);
        const other = await open(url).append(newEvent(3));
        expect(await eventsIn(ledger)).toEqual([other]);
    });

    it("names the sequence number that holds no event", async () => {
        const url = await newPlace();
        const ledger = open(url);
        await ledger.append(newEvent(1));
        await ledger.append(newEvent(2));
        await sql("UPDATE cognigy_ledger SET event = '{' WHERE sequence = 2", url);
        await expect(eventsIn(ledger)).rejects.toThrow(
            `sequence number 2 of the ledger ${ledger.location} is no event: expected a JSON object with`,
        );
    });

    it("survives that the server closes its connections", async () => {
        const url = await newPlace();
        const ledger = open(url);
        await ledger.append(newEvent(1));
        const closeAll =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pulumi-cognigy'";
        await sql(closeAll);
        await ledger.append(newEvent(2));
        await sql(closeAll);
        expect(await eventsIn(ledger)).toHaveLength(2);
    });

    it("goes on after a wait for its lock that was too long", async () => {
        const url = await newPlace();
        await open(url).append(newEvent(1));
        const ledger = open(`${url}%20-c%20lock_timeout%3D50`);
        const other = new Client({ connectionString: url });
        await other.connect();
        await other.query(`SELECT pg_advisory_lock(${0x636f676e})`);
        await expect(ledger.append(newEvent(2))).rejects.toThrow(
            "cannot be written (canceling statement due to lock timeout): nothing is deployed without a record.",
        );
        await other.end();
        await ledger.append(newEvent(2));
        expect(await verdictOn(url)).toMatchObject({ events: 2 });
    });

    it.each([
        ["is there when the answer is lost", "COMMIT\0"],
        ["is not there when its connection is lost", "INSERT"],
        ["was never sent when its connection is lost", "BEGIN"],
    ])("has an event once that %s", async (_what, lost) => {
        const url = await newPlace();
        const proxy = await losing(server.port, lost);
        const ledger = open(url.replace(`:${server.port}/`, `:${proxy.port}/`));
        const event = await ledger.append(newEvent(1));
        expect(proxy.lost()).toBe(true);
        expect(await eventsIn(open(url))).toEqual([event]);
        await ledger.append(newEvent(2));
        expect(await verdictOn(url)).toMatchObject({ events: 2 });
    });
});

describe("the chain of a ledger in PostgreSQL", () => {
    it.each([
        [
            "an event that was changed",
            "UPDATE cognigy_ledger SET event = replace(event, 'completed', 'failed') WHERE sequence = 3",
            3,
            "sequence number 3 was altered: its hash is not that of what it says.",
        ],
        [
            "a hash that was changed",
            "UPDATE cognigy_ledger SET hash = 'sha256:0' WHERE sequence = 3",
            3,
            "sequence number 3 was altered: it is not written as the ledger writes.",
        ],
        [
            "an event that was removed",
            "DELETE FROM cognigy_ledger WHERE sequence = 3",
            3,
            "sequence number 3 is missing: its event was removed.",
        ],
        [
            "an event that was removed without a gap",
            "DELETE FROM cognigy_ledger WHERE sequence = 3; UPDATE cognigy_ledger SET sequence = sequence - 1 WHERE sequence > 3",
            3,
            "sequence number 3 does not follow sequence number 2: an event between them was removed, " +
                "or sequence number 2 was replaced.",
        ],
        [
            "events that were swapped",
            "UPDATE cognigy_ledger SET sequence = 17 - sequence WHERE sequence IN (3, 4); " +
                "UPDATE cognigy_ledger SET sequence = sequence - 10 WHERE sequence > 10",
            3,
            "sequence number 3 was moved: it follows what is in sequence number 4.",
        ],
        [
            "an event that was added",
            "INSERT INTO cognigy_ledger SELECT 6, 'p', 'h', event FROM cognigy_ledger WHERE sequence = 2",
            6,
            "sequence number 6 was altered: it is not written as the ledger writes.",
        ],
        [
            "an event that is none",
            "UPDATE cognigy_ledger SET event = '{' WHERE sequence = 5",
            5,
            "sequence number 5 was altered or added: it is no event.",
        ],
    ])("does not hold with %s", async (_what, edit, place, text) => {
        const url = await newPlace();
        const ledger = open(url);
        for (const number of [1, 2, 3, 4, 5]) {
            await ledger.append(newEvent(number));
        }
        await sql(edit, url);
        expect(await verdictOn(url)).toMatchObject({ events: place - 1, fault: { place, text } });
    });
});

describe("a ledger in PostgreSQL that cannot be reached", () => {
    async function problemOf(url: string): Promise<string> {
        const ledger = open(url);
        const [writing, reading] = await Promise.allSettled([ledger.append(newEvent(1)), eventsIn(ledger)]);
        const errors = [writing, reading].map((one) => (one as PromiseRejectedResult).reason as Error);
        for (const error of errors) {
            expect(error).toBeInstanceOf(LedgerUnreachable);
            expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(/hunter/);
        }
        expect(errors[1]?.message).toBe(errors[0]?.message.replace("be written", "be read"));
        return errors[0]?.message as string;
    }

    const ADVICE =
        ": nothing is deployed without a record. Look at the database, and at what its user may do there. The password " +
        "comes with the address, as a secret (`pulumi config set --secret cognigy:ledger`), or from PGPASSWORD.";

    it("says so when nobody answers", async () => {
        expect(await problemOf("postgres://runner:hunter@127.0.0.1:1/audit")).toBe(
            `the ledger postgres://runner@127.0.0.1:1/audit cannot be written (connect ECONNREFUSED 127.0.0.1:1)${ADVICE}`,
        );
    });

    it("says so when the password is wrong, and does not repeat it", async () => {
        const url = server.url("postgres", "postgres", "hunter");
        expect(await problemOf(url)).toBe(
            `the ledger postgres://postgres@127.0.0.1:${server.port}/postgres cannot be written ` +
                `(password authentication failed for user "postgres")${ADVICE}`,
        );
    });

    it("does not repeat a password that somebody else repeats", () => {
        const address = parsePostgresAddress(
            "postgres://runner:hunt%C3%A9r@localhost/audit",
        ) as PostgresAddress;
        const { message } = new PostgresTable(address).problem("read", new Error("who is huntér?"));
        expect(message).toContain(
            "the ledger postgres://runner@localhost/audit cannot be read (who is ***?). Look",
        );
    });

    it("says so when its user may not write", async () => {
        await sql("CREATE ROLE reader LOGIN PASSWORD 'reader'");
        const ledger = open(server.url("postgres", "reader", "reader"));
        await expect(ledger.append(newEvent(1))).rejects.toThrow(
            "cannot be written (permission denied for schema public): nothing is deployed without a record.",
        );
    });

    it.each([
        "mysql://root:secret@localhost/audit",
        "postgres://runner:sec#ret@localhost/audit",
        "postgres://runner:12/secret@localhost/audit",
        "postgres://runner:12?secret@localhost/audit",
        "postgres://runner:secret@localhost:port/audit",
    ])("is refused without a word of the address: %s", (url) => {
        for (const call of [() => openForTest(url), () => openReader(url)]) {
            expect(call).toThrow(ReleaseError);
            expect(call).toThrow(
                "the ledger's address cannot be used: expected a file, or a PostgreSQL database such as " +
                    "`postgres://user@host:5432/database`, what is special in it percent-encoded.",
            );
        }
    });
});

/** A way to the server on which the connection is lost once, right after the server has done what the text asks for. */
async function losing(port: number, text: string) {
    let lost = false;
    const proxy = createServer((client) => {
        const upstream = connect(port, "127.0.0.1");
        let dropping = false;
        client.on("error", () => undefined).on("close", () => upstream.destroy());
        upstream.on("error", () => undefined).on("close", () => client.destroy());
        client.on("data", (data) => {
            if (!lost && data.includes(text)) {
                lost = true;
                dropping = true;
            }
            upstream.write(data);
        });
        upstream.on("data", (data) => {
            if (dropping) {
                client.destroy();
                return;
            }
            client.write(data);
        });
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    closing.push(async () => {
        proxy.close();
    });
    return { port: (proxy.address() as { port: number }).port, lost: () => lost };
}
