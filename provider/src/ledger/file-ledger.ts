import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { canonicalJson } from "../release/canonical.js";
import { ReleaseError } from "../release/failure.js";
import { type LedgerEvent, type NewEvent, stampEvent } from "./event.js";
import { FileHistory } from "./file-history.js";
import type { Line } from "./file-lines.js";
import { holdFile } from "./file-lock.js";
import type { Ledger, LedgerParts } from "./ledger.js";
import { codeOf, LedgerUnreachable, NOT_WITHOUT } from "./unreachable.js";

/** How long a line that is just being written may be there in part, in milliseconds. */
const WRITING = 50;

/** A ledger in a file: one event a line, as canonical JSON, only ever added to, by one process at a time. */
export class FileLedger implements Ledger {
    readonly unit = "line";

    private readonly history: FileHistory;
    /** What this process does with the file goes one after the other. */
    private last: Promise<unknown> = Promise.resolve();
    private toldOfTorn = false;

    constructor(
        readonly location: string,
        private readonly parts: LedgerParts,
    ) {
        this.history = new FileHistory(this);
    }

    append(event: NewEvent): Promise<LedgerEvent> {
        return this.inTurn(() =>
            this.appendNext(event).catch((error: unknown) => {
                throw this.problem("written", error);
            }),
        );
    }

    async *events(): AsyncIterable<LedgerEvent> {
        yield* await this.inTurn(() =>
            this.read().catch((error: unknown) => {
                throw this.problem("read", error);
            }),
        );
    }

    private async appendNext(event: NewEvent): Promise<LedgerEvent> {
        await makeFile(this.location);
        const held = await holdFile(this.location);
        try {
            return await withFile(this.location, "a+", async (file) => {
                await this.history.catchUp(file);
                await this.putTornAside(file);
                const { author, clock } = this.parts;
                const stamped = stampEvent(event, author, this.history.head, clock.now());
                if (held.lost) {
                    throw new Error("its lock was taken over by another process");
                }
                await addLine(file, canonicalJson(stamped));
                await this.history.catchUp(file);
                return stamped;
            });
        } finally {
            await held.release();
        }
    }

    private async read(): Promise<LedgerEvent[]> {
        const { history } = this;
        try {
            await withFile(this.location, "r", async (file) => {
                await history.catchUp(file);
                if (history.torn) {
                    await delay(WRITING);
                    await history.catchUp(file);
                }
            });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
                throw error;
            }
            history.forget();
        }
        this.tellOfTorn();
        return history.events.slice();
    }

    private tellOfTorn(): void {
        const { torn } = this.history;
        if (torn && !this.toldOfTorn) {
            this.toldOfTorn = true;
            this.parts.tell(`${tornLine(this, torn)}: it is passed over`);
        }
    }

    /** Moves a last line that is cut off out of the way: what it was to say is not known, and nothing is thrown away. */
    private async putTornAside(file: FileHandle): Promise<void> {
        const { torn } = this.history;
        if (!torn) {
            return;
        }
        const { size } = await file.stat();
        const bytes = Buffer.alloc(size - torn.start);
        await file.read(bytes, 0, bytes.length, torn.start);
        const aside = `${this.location}.torn`;
        await withFile(aside, "a+", (quarantine) => addLine(quarantine, bytes));
        await file.truncate(torn.start);
        await this.history.catchUp(file);
        this.parts.tell(`${tornLine(this, torn)}: it was moved to ${aside}`);
    }

    private inTurn<T>(task: () => Promise<T>): Promise<T> {
        const turn = this.last.then(task);
        this.last = turn.catch(() => undefined);
        return turn;
    }

    private problem(what: "read" | "written", error: unknown): ReleaseError {
        if (error instanceof ReleaseError) {
            return error;
        }
        const code = codeOf(error);
        const isHeld = code === "ELOCKED";
        const able = what === "read" ? "readable" : "writable";
        const advice = isHeld
            ? `Run again when that has ended, or remove ${this.location}.lock where no other runs.`
            : `Make it ${able}, or set \`cognigy:ledger\` to a file that is.`;
        return new LedgerUnreachable(
            `the ledger ${this.location} cannot be ${what} (${isHeld ? "another process holds its lock" : code})` +
                `${NOT_WITHOUT}. ${advice}`,
        );
    }
}

function tornLine({ location }: { location: string }, { place }: Line): string {
    return `line ${place} of the ledger ${location} is cut off, its writer ended in the middle of it`;
}

/** Makes sure that a file is there, and stays there when the machine goes down. */
async function makeFile(path: string): Promise<void> {
    try {
        await withFile(path, "r", async () => undefined);
        return;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
            throw error;
        }
    }
    await mkdir(dirname(path), { recursive: true });
    await withFile(path, "a", async () => undefined);
    // Not all systems can do this for a folder.
    await withFile(dirname(path), "r", (folder) => folder.sync()).catch(() => undefined);
}

/**
 * Adds a line, all of it or nothing, and waits until it is on disk. A last line without its end gets it first.
 *
 * @param file opened to append, and to read where its last line may have no end.
 */
async function addLine(file: FileHandle, line: string | Buffer): Promise<void> {
    const { size } = await file.stat();
    const start = (await endsInLine(file, size)) ? "" : "\n";
    try {
        await file.appendFile(Buffer.concat([Buffer.from(start), Buffer.from(line), Buffer.from("\n")]));
        await file.datasync();
    } catch (error) {
        await file.truncate(size).catch(() => undefined);
        throw error;
    }
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
    if (size === 0) {
        return true;
    }
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
}

async function withFile<T>(path: string, flags: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
    const file = await open(path, flags, 0o644);
    try {
        return await work(file);
    } finally {
        await file.close();
    }
}
