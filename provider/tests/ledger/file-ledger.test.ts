import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GENESIS, hashOf } from "../../src/ledger/chain.js";
import type { LedgerEvent, NewEvent } from "../../src/ledger/event.js";
import { FileLedger } from "../../src/ledger/file-ledger.js";
import { ReleaseError } from "../../src/release/failure.js";
import { FakeClock } from "../support/fake-clock.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const AUTHOR = { run: "run-1", actor: "alex" };
const EVENT: NewEvent = {
    bot_id: "bot_12345",
    flow_id: "flow_67890",
    version_tag: "v1.4.2",
    action: "deployment_intent",
    status: "started",
    details: { target_environment: "production", reason: 'line\nbreak, "quotes", 日本語' },
};

function newLedger(...path: string[]) {
    const clock = new FakeClock();
    return { clock, ledger: new FileLedger(join(temporaryFolder(), ...path, "ledger.jsonl"), clock, AUTHOR) };
}

async function eventsOf(ledger: FileLedger): Promise<LedgerEvent[]> {
    const events: LedgerEvent[] = [];
    for await (const event of ledger.events()) {
        events.push(event);
    }
    return events;
}

describe("a ledger in a file", () => {
    it("is empty before anything was written", async () => {
        const { ledger } = newLedger();
        expect(await eventsOf(ledger)).toEqual([]);
        expect(existsSync(ledger.location)).toBe(false);
    });

    it("gives back what was written, oldest first, one line each", async () => {
        const { ledger, clock } = newLedger();
        const first = await ledger.append(EVENT);
        clock.advance(1_000);
        const second = await ledger.append({ ...EVENT, action: "deployment_execution", status: "completed" });
        expect(await eventsOf(ledger)).toEqual([first, second]);
        expect(first).toEqual({
            ...EVENT,
            ...AUTHOR,
            timestamp: "2026-01-02T03:04:05.000Z",
            compliance_ref: "AUD-bot_12345-v1.4.2-20260102030405",
            previous_hash: GENESIS,
            hash: hashOf(first),
        });
        expect(second.previous_hash).toBe(first.hash);
        expect(second.timestamp).toBe("2026-01-02T03:04:06.000Z");
        const text = readFileSync(ledger.location, "utf8");
        expect(text.split("\n")).toHaveLength(3);
        expect(text.endsWith("\n")).toBe(true);
    });

    it("makes the folders that it needs", async () => {
        const { ledger } = newLedger("audit", "2026");
        await ledger.append(EVENT);
        expect(await eventsOf(ledger)).toHaveLength(1);
    });

    it("only ever adds to what is there", async () => {
        const { ledger } = newLedger();
        await ledger.append(EVENT);
        const before = readFileSync(ledger.location, "utf8");
        await ledger.append(EVENT);
        expect(readFileSync(ledger.location, "utf8").startsWith(before)).toBe(true);
    });

    it("keeps the lines of many writers whole", async () => {
        const { ledger, clock } = newLedger();
        const others = [
            ledger,
            new FileLedger(ledger.location, clock, AUTHOR),
            new FileLedger(ledger.location, clock, AUTHOR),
        ];
        const long = "x".repeat(20_000);
        await Promise.all(
            Array.from({ length: 30 }, (_, number) =>
                others[number % 3]?.append({ ...EVENT, details: { ...EVENT.details, number, long } }),
            ),
        );
        const numbers = (await eventsOf(ledger)).map(({ details }) => details.number as number);
        expect(numbers.sort((one, other) => one - other)).toEqual(
            Array.from({ length: 30 }, (_, number) => number),
        );
    });

    it("can be read by others: it is a record, not a secret", async () => {
        const { ledger } = newLedger();
        await ledger.append(EVENT);
        expect(statSync(ledger.location).mode & 0o777 & ~process.umask()).toBe(0o644 & ~process.umask());
    });

    it("passes over empty lines and takes both kinds of line ends", async () => {
        const { ledger } = newLedger();
        const line = JSON.stringify(await ledger.append(EVENT));
        appendFileSync(ledger.location, `\n   \n${line}\r\n${line}`);
        expect(await eventsOf(ledger)).toHaveLength(3);
    });

    it.each([
        ["half a line", '{"timestamp":"2026-01-02T03:04:05Z","act'],
        ["a text", '"deployed"'],
        ["null", "null"],
        ["an event without a time", '{"action":"rollback","hash":"sha256:0"}'],
        ["an event at no time", '{"action":"rollback","hash":"sha256:0","timestamp":"yesterday"}'],
        ["an event that does nothing", '{"hash":"sha256:0","timestamp":"2026-01-02T03:04:05Z"}'],
        ["an event without a hash", '{"action":"rollback","timestamp":"2026-01-02T03:04:05Z"}'],
    ])("names the line that is no event: %s", async (_what, line) => {
        const { ledger } = newLedger();
        await ledger.append(EVENT);
        appendFileSync(ledger.location, `${line}\n`);
        const reading = eventsOf(ledger);
        await expect(reading).rejects.toThrow(ReleaseError);
        await expect(reading).rejects.toThrow(
            `line 2 of the ledger ${ledger.location} is no event: expected one JSON object a line, with ` +
                "`timestamp`, `action` and `hash`. Look at the line; nothing was changed.",
        );
    });

    it("says what to do when it cannot be written", async () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, "file"), "");
        const ledger = new FileLedger(join(folder, "file", "ledger.jsonl"), new FakeClock(), AUTHOR);
        const writing = ledger.append(EVENT);
        await expect(writing).rejects.toThrow(ReleaseError);
        await expect(writing).rejects.toThrow(
            /^the ledger .+ledger\.jsonl cannot be written \((ENOTDIR|EEXIST)\): nothing is deployed without a record\. Make it writable, or set `cognigy:ledger` to a file that is\.$/,
        );
    });
    it("says what to do when it cannot be read", async () => {
        const ledger = new FileLedger(temporaryFolder(), new FakeClock(), AUTHOR);
        const reading = eventsOf(ledger);
        await expect(reading).rejects.toThrow(ReleaseError);
        await expect(reading).rejects.toThrow(
            `the ledger ${ledger.location} cannot be read (EISDIR): nothing is deployed without a record. ` +
                "Make it readable, or set `cognigy:ledger` to a file that is.",
        );
    });
});
