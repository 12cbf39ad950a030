import {
    appendFileSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    symlinkSync,
    truncateSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { GENESIS, hashOf } from "../../src/ledger/chain.js";
import { FileLedger } from "../../src/ledger/file-ledger.js";
import { FileReader } from "../../src/ledger/file-reader.js";
import { LedgerUnreachable } from "../../src/ledger/unreachable.js";
import { verifyChain } from "../../src/ledger/verify.js";
import { canonicalJson } from "../../src/release/canonical.js";
import { ReleaseError } from "../../src/release/failure.js";
import { FakeClock } from "../support/fake-clock.js";
import { AUTHOR, eventsIn, newEvent } from "../support/ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const EVENT = newEvent(1, {
    details: { target_environment: "production", reason: 'line\nbreak, "quotes", 日本語' },
});

/** A ledger of a process of its own. */
function openedAt(location: string) {
    const told: string[] = [];
    const clock = new FakeClock();
    const ledger = new FileLedger(location, { clock, author: AUTHOR, tell: (line) => told.push(line) });
    return { ledger, clock, told, location };
}

function newLedger(...path: string[]) {
    return openedAt(join(temporaryFolder(), ...path, "ledger.jsonl"));
}

async function expectWhole(location: string, events: number): Promise<void> {
    expect(await verifyChain(new FileReader(location))).toEqual({
        events,
        head: expect.stringMatching(/^sha256:/),
    });
}

describe("a ledger in a file", () => {
    it("is empty before anything was written", async () => {
        const { ledger } = newLedger();
        expect(await eventsIn(ledger)).toEqual([]);
        expect(existsSync(ledger.location)).toBe(false);
    });

    it("gives back what was written, oldest first, one line each", async () => {
        const { ledger, clock } = newLedger();
        const first = await ledger.append(EVENT);
        clock.advance(1_000);
        const second = await ledger.append({ ...EVENT, action: "deployment_execution", status: "failed" });
        expect(await eventsIn(ledger)).toEqual([first, second]);
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
        expect(await eventsIn(ledger)).toHaveLength(1);
    });

    it("only ever adds to what is there", async () => {
        const { ledger } = newLedger();
        await ledger.append(EVENT);
        const before = readFileSync(ledger.location, "utf8");
        await ledger.append(EVENT);
        expect(readFileSync(ledger.location, "utf8").startsWith(before)).toBe(true);
    });

    it("is one chain, whoever writes at the same time", async () => {
        const { ledger, location } = newLedger();
        const others = [ledger, openedAt(location).ledger, openedAt(location).ledger];
        const long = "x".repeat(100_000);
        await Promise.all(
            Array.from({ length: 30 }, (_, number) =>
                others[number % 3]?.append(
                    newEvent(number, { details: { target_environment: "production", long } }),
                ),
            ),
        );
        const numbers = (await eventsIn(ledger)).map(({ details }) => details.number as number);
        expect(numbers.sort((one, other) => one - other)).toEqual(
            Array.from({ length: 30 }, (_, number) => number),
        );
        await expectWhole(location, 30);
    });

    it("writes what comes at the same time in its order, but for what cannot be written", async () => {
        const { ledger, location } = newLedger();
        const endless: Record<string, unknown> = { target_environment: "production" };
        endless.self = endless;
        const written = await Promise.allSettled(
            [1, 2, 3, 4].map((number) =>
                ledger.append(number === 3 ? { ...EVENT, details: endless as never } : newEvent(number)),
            ),
        );
        expect(written.map(({ status }) => status)).toEqual([
            "fulfilled",
            "fulfilled",
            "rejected",
            "fulfilled",
        ]);
        expect((await eventsIn(ledger)).map(({ details }) => details.number)).toEqual([1, 2, 4]);
        await expectWhole(location, 3);
    });

    it("is one chain under all the names that its file has", async () => {
        const { ledger, location } = newLedger();
        await ledger.append(EVENT);
        const link = join(temporaryFolder(), "link.jsonl");
        symlinkSync(location, link);
        const linked = openedAt(link).ledger;
        await Promise.all([1, 2, 3].flatMap(() => [ledger.append(EVENT), linked.append(EVENT)]));
        await expectWhole(location, 7);
    });

    it("can be read by others: it is a record, not a secret", async () => {
        const { ledger } = newLedger();
        await ledger.append(EVENT);
        expect(statSync(ledger.location).mode & 0o777).toBe(0o644 & ~process.umask());
    });

    it("passes over empty lines and takes both kinds of line ends", async () => {
        const { ledger } = newLedger();
        await ledger.append(EVENT);
        const line = readFileSync(ledger.location, "utf8").trimEnd();
        appendFileSync(ledger.location, `\n   \n${line}\r\n${line}`);
        expect(await eventsIn(ledger)).toHaveLength(3);
    });

    it.each([
        ["a text", '"deployed"'],
        ["null", "null"],
        ["no JSON", "deployed"],
        ["an event without a time", '{"action":"rollback","hash":"sha256:0"}'],
        ["an event at no time", JSON.stringify({ ...EVENT, hash: "sha256:0", timestamp: "yesterday" })],
        ["an event without a hash", JSON.stringify({ ...EVENT, timestamp: "2026-01-02T03:04:05Z" })],
        [
            "an event without details",
            JSON.stringify({ ...EVENT, hash: "sha256:0", timestamp: "2026-01-02T03:04:05Z", details: null }),
        ],
    ])("names the line that is no event, and adds nothing: %s", async (_what, line) => {
        const { ledger, location } = newLedger();
        await ledger.append(EVENT);
        appendFileSync(location, `${line}\n`);
        const before = readFileSync(location, "utf8");
        for (const call of [
            () => eventsIn(ledger),
            () => ledger.append(EVENT),
            () => eventsIn(openedAt(location).ledger),
        ]) {
            await expect(call()).rejects.toThrow(ReleaseError);
            await expect(call()).rejects.toThrow(
                `line 2 of the ledger ${location} is no event: expected a JSON object with \`timestamp\`, ` +
                    "`action` and `hash`. Look at it; nothing was changed.",
            );
        }
        expect(readFileSync(location, "utf8")).toBe(before);
    });

    it("says what to do when it cannot be written", async () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, "file"), "");
        const { ledger } = openedAt(join(folder, "file", "ledger.jsonl"));
        const writing = ledger.append(EVENT);
        await expect(writing).rejects.toThrow(LedgerUnreachable);
        await expect(writing).rejects.toThrow(
            /^the ledger .+ledger\.jsonl cannot be written \((ENOTDIR|EEXIST)\): nothing is deployed without a record\. Make it writable, or set `cognigy:ledger` to a file that is\.$/,
        );
    });

    it("says what to do when it cannot be read", async () => {
        const { ledger } = openedAt(temporaryFolder());
        const reading = eventsIn(ledger);
        await expect(reading).rejects.toThrow(LedgerUnreachable);
        await expect(reading).rejects.toThrow(
            `the ledger ${ledger.location} cannot be read (EISDIR): nothing is deployed without a record. ` +
                "Make it readable, or set `cognigy:ledger` to a file that is.",
        );
    });
});

describe("a ledger that a process has read", () => {
    it.each<[string, (location: string, earlier: string) => void]>([
        ["was removed", (location) => rmSync(location)],
        ["was emptied", (location) => truncateSync(location)],
        ["was cut", (location, earlier) => truncateSync(location, statSync(earlier).size)],
        ["was replaced by another file", (location, earlier) => renameSync(earlier, location)],
        ["was written anew", (location, earlier) => copyFileSync(earlier, location)],
        [
            "was written anew, as long as before",
            (location) => {
                // In its first line only.
                const text = readFileSync(location, "utf8").replace("bot_12345", "bot_54321");
                writeFileSync(location, text);
                utimesSync(location, 1, 1);
            },
        ],
        [
            "was written anew, longer than before",
            (location) => {
                const text = readFileSync(location, "utf8").replaceAll("bot_12345", "bot_54321");
                writeFileSync(location, `${text}${text}`);
            },
        ],
    ])("is read anew when its file %s", async (_how, change) => {
        const { ledger, location } = newLedger();
        const earlier = join(dirname(location), "earlier.jsonl");
        await ledger.append(newEvent(1));
        copyFileSync(location, earlier);
        await ledger.append(newEvent(2));
        expect(await eventsIn(ledger)).toHaveLength(2);
        change(location, earlier);
        const fresh = openedAt(location).ledger;
        expect(await eventsIn(ledger)).toEqual(await eventsIn(fresh));
        expect((await ledger.append(newEvent(3))).previous_hash).toBe(
            (await eventsIn(fresh)).at(-2)?.hash ?? GENESIS,
        );
    });

    it("does not change in the hands of who reads it", async () => {
        const { ledger, location } = newLedger();
        await ledger.append(newEvent(1));
        const reading = ledger.events()[Symbol.asyncIterator]();
        expect((await reading.next()).value.details.number).toBe(1);
        await ledger.append(newEvent(2));
        rmSync(location);
        expect(await eventsIn(ledger)).toEqual([]);
        expect(await reading.next()).toEqual({ done: true, value: undefined });
    });
});

describe("a last line that is cut off", () => {
    async function tornLedger(cut: (line: Buffer) => number) {
        const opened = newLedger();
        const kept = [await opened.ledger.append(newEvent(1)), await opened.ledger.append(EVENT)];
        const start = statSync(opened.location).size;
        const lost = await opened.ledger.append({ ...EVENT, version_tag: "v1.4.3" });
        const line = readFileSync(opened.location).subarray(start);
        const left = cut(line);
        truncateSync(opened.location, start + left);
        return { ...openedAt(opened.location), kept, lost, left: line.subarray(0, left), start };
    }

    it("stops no reader, and is told once", async () => {
        const { ledger, kept, told, location } = await tornLedger(() => 40);
        expect(await eventsIn(ledger)).toEqual(kept);
        expect(await eventsIn(ledger)).toEqual(kept);
        expect(told).toEqual([
            `line 3 of the ledger ${location} is cut off, its writer ended in the middle of it: it is passed over`,
        ]);
    });

    it("is moved aside by the next event, byte by byte, and told", async () => {
        const { ledger, kept, told, location, left } = await tornLedger(() => 40);
        const next = await ledger.append(newEvent(4));
        expect(next.previous_hash).toBe(kept.at(-1)?.hash);
        expect(readFileSync(`${location}.torn`)).toEqual(Buffer.concat([left, Buffer.from("\n")]));
        expect(told).toEqual([
            `line 3 of the ledger ${location} is cut off, its writer ended in the middle of it: it was moved to ${location}.torn`,
        ]);
        await expectWhole(location, 3);
        truncateSync(location, statSync(location).size - 7);
        await ledger.append(newEvent(5));
        expect(readFileSync(`${location}.torn`, "utf8").split("\n")).toHaveLength(3);
        await expectWhole(location, 3);
    });

    it.each([
        ["to which an editor has given a line end", '{"action":"delete","bo\n'],
        ["that is followed by nothing but empty lines", '{"action":"delete","bo\n\n \n'],
        ["that a crash has left full of zeros", "\0\0\0\0\0\0"],
        ["in the middle of a letter", Buffer.from('{"action":"日').subarray(0, -1)],
    ])("is moved aside when it is one %s", async (_what, rest) => {
        const { ledger, location } = newLedger();
        await ledger.append(EVENT);
        appendFileSync(location, rest);
        await ledger.append(EVENT);
        expect(readFileSync(`${location}.torn`)).toEqual(
            Buffer.concat([Buffer.from(rest), Buffer.from("\n")]),
        );
        await expectWhole(location, 2);
    });

    it("is moved aside when it is the only one", async () => {
        const { ledger, location } = newLedger();
        writeFileSync(location, '{"action":');
        await ledger.append(EVENT);
        await expectWhole(location, 1);
    });

    it("stays where it is when it cannot be moved", async () => {
        const { ledger, location } = await tornLedger(() => 40);
        mkdirSync(`${location}.torn`);
        const before = readFileSync(location);
        await expect(ledger.append(EVENT)).rejects.toThrow("cannot be written (EISDIR)");
        expect(readFileSync(location)).toEqual(before);
    });

    it("is damage when something follows it", async () => {
        const { ledger, location } = newLedger();
        await ledger.append(EVENT);
        const line = readFileSync(location, "utf8");
        writeFileSync(location, `${line}${line.slice(0, 40)}\n${line}`);
        await expect(eventsIn(ledger)).rejects.toThrow(`line 2 of the ledger ${location} is no event`);
        await expect(ledger.append(EVENT)).rejects.toThrow(`line 2 of the ledger ${location} is no event`);
        expect(existsSync(`${location}.torn`)).toBe(false);
    });

    it("loses nothing that is whole, wherever it is cut", async () => {
        await fc.assert(
            fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (share) => {
                const cut = (line: Buffer) => Math.floor(share * (line.length - 1));
                const { ledger, kept, lost, left, start, location } = await tornLedger(cut);
                const before = readFileSync(location);
                const isWhole = left.toString() === canonicalJson(lost);
                const whole = isWhole ? [...kept, lost] : kept;
                expect(await eventsIn(ledger)).toEqual(whole);
                const next = await ledger.append(newEvent(4));
                expect(await eventsIn(openedAt(location).ledger)).toEqual([...whole, next]);
                expect(readFileSync(location).subarray(0, start)).toEqual(before.subarray(0, start));
                expect(existsSync(`${location}.torn`)).toBe(left.length > 0 && !isWhole);
                await expectWhole(location, whole.length + 1);
            }),
            { numRuns: 40, examples: [[0], [1]] },
        );
    });

    it("that has all but its line end is whole: the next event adds the line end", async () => {
        const { ledger, kept, lost, location } = await tornLedger((line) => line.length - 1);
        expect(await eventsIn(ledger)).toEqual([...kept, lost]);
        await ledger.append(EVENT);
        expect(existsSync(`${location}.torn`)).toBe(false);
        await expectWhole(location, 4);
    });
});

describe("the lock of a ledger", () => {
    it("is taken over from a process that is dead", async () => {
        const { ledger, location } = newLedger();
        await ledger.append(EVENT);
        mkdirSync(`${location}.lock`);
        utimesSync(`${location}.lock`, 1, 1);
        await ledger.append(EVENT);
        await expectWhole(location, 2);
        expect(existsSync(`${location}.lock`)).toBe(false);
    });

    it("is waited for", async () => {
        const { ledger, location } = newLedger();
        await ledger.append(EVENT);
        mkdirSync(`${location}.lock`);
        const appending = ledger.append(EVENT);
        const first = await Promise.race([
            appending,
            new Promise((resolve) => setTimeout(resolve, 100, "waits")),
        ]);
        expect(first).toBe("waits");
        rmSync(`${location}.lock`, { recursive: true });
        await appending;
        await expectWhole(location, 2);
    });
});
