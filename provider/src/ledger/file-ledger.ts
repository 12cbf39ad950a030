import { mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { holdFile } from "../file-lock.js";
import { canonicalJson } from "../release/canonical.js";
import { ReleaseError } from "../release/failure.js";
import { type LedgerEvent, type NewEvent, stampEvent } from "./event.js";
import { FileHistory } from "./file-history.js";
import type { Line } from "./file-lines.js";
import type { KnownEvents, Scope } from "./known-events.js";
import type { Ledger, LedgerParts } from "./ledger.js";
import { OpenFile } from "./open-file.js";
import { codeOf, LedgerUnreachable, NOT_WITHOUT } from "./unreachable.js";

/** How long a line that is just being written may be there in part, in milliseconds. */
const WRITING = 50;
/** How the lock is waited for, in milliseconds: an event is written in a few of them. */
const LOCK = { lookAgain: 10, patience: 30_000 };

/** An event that is to be written, and who waits for it. */
interface Waiting {
    event: NewEvent;
    resolve(written: LedgerEvent): void;
    reject(error: unknown): void;
}

/**
 * A ledger in a file: one event a line, as canonical JSON, only ever added to, by one process at a time. What a process has
 * to write at the same time goes into the file at once: to lock it and to wait for the disk takes longer than to write.
 */
export class FileLedger implements Ledger {
    readonly unit = "line";

    private readonly history: FileHistory;
    /** What this process does with the file goes one after the other. */
    private last: Promise<unknown> = Promise.resolve();
    private waiting: Waiting[] = [];
    private toldOfTorn = false;

    constructor(
        readonly location: string,
        private readonly parts: LedgerParts,
    ) {
        this.history = new FileHistory(this);
    }

    append(event: NewEvent): Promise<LedgerEvent> {
        return new Promise((resolve, reject) => {
            if (this.waiting.push({ event, resolve, reject }) === 1) {
                void this.inTurn(() => this.appendWaiting());
            }
        });
    }

    async *events(scope?: Scope): AsyncIterable<LedgerEvent> {
        const known = await this.inTurn(() =>
            this.read().catch((error: unknown) => {
                throw this.problem("read", error);
            }),
        );
        yield* known.of(scope);
    }

    private async appendWaiting(): Promise<void> {
        const group = this.waiting;
        this.waiting = [];
        try {
            for (const [one, written] of await this.appendAll(group)) {
                one.resolve(written);
            }
        } catch (error) {
            for (const one of group) {
                one.reject(this.problem("written", error));
            }
        }
    }

    private async appendAll(group: readonly Waiting[]): Promise<Map<Waiting, LedgerEvent>> {
        const path = await realFile(this.location);
        const held = await holdFile(path, LOCK);
        try {
            return await OpenFile.with(path, "a+", async (file) => {
                await this.history.catchUp(file);
                await this.putTornAside(file);
                const stamped = this.stamp(group);
                if (held.lost) {
                    throw new Error("its lock was taken over by another process");
                }
                if (stamped.size > 0) {
                    await this.add(file, [...stamped.values()]);
                }
                return stamped;
            });
        } finally {
            await held.release();
        }
    }

    /** One that cannot be stamped is no reason not to write the others. */
    private stamp(group: readonly Waiting[]): Map<Waiting, LedgerEvent> {
        const { author, clock } = this.parts;
        const stamped = new Map<Waiting, LedgerEvent>();
        let head = this.history.head;
        for (const one of group) {
            try {
                const event = stampEvent(one.event, author, head, clock.now());
                stamped.set(one, event);
                head = event.hash;
            } catch (error) {
                one.reject(this.problem("written", error));
            }
        }
        return stamped;
    }

    private async add(file: OpenFile, events: readonly LedgerEvent[]): Promise<void> {
        const { history } = this;
        const lines = events.map((event) => canonicalJson(event));
        const text = lines.join("\n");
        if (history.isTidy) {
            await addLines(file, history.size, text);
            for (const [index, event] of events.entries()) {
                history.add(file, event, lines[index] as string);
            }
        } else {
            await addLines(file, history.size, (await endsInLine(file, history.size)) ? text : `\n${text}`);
            await history.catchUp(file);
        }
    }

    private async read(): Promise<KnownEvents> {
        const { history } = this;
        try {
            if (history.isCurrent(statSync(this.location, { bigint: true }))) {
                return history.events;
            }
            await OpenFile.with(this.location, "r", async (file) => {
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
        return history.events;
    }

    private tellOfTorn(): void {
        const { torn } = this.history;
        if (torn && !this.toldOfTorn) {
            this.toldOfTorn = true;
            this.parts.tell(`${tornLine(this, torn)}: it is passed over`);
        }
    }

    /** Moves a last line that is cut off out of the way: what it was to say is not known, and nothing is thrown away. */
    private async putTornAside(file: OpenFile): Promise<void> {
        const { torn } = this.history;
        if (!torn) {
            return;
        }
        const bytes = Buffer.alloc(this.history.size - torn.start);
        await file.read(bytes, 0, bytes.length, torn.start);
        const aside = `${this.location}.torn`;
        await OpenFile.with(aside, "a", (quarantine) =>
            addLines(quarantine, Number(quarantine.stat().size), bytes),
        );
        file.truncate(torn.start);
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

/** The one name of a file that all its other names lead to. The file is made where there is none. */
async function realFile(path: string): Promise<string> {
    try {
        return realpathSync.native(path);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
            throw error;
        }
    }
    mkdirSync(dirname(path), { recursive: true });
    await OpenFile.with(path, "a", async () => undefined);
    const real = realpathSync.native(path);
    // So that it stays there when the machine goes down. Not all systems can do this for a folder.
    await OpenFile.with(dirname(real), "r", (folder) => folder.sync()).catch(() => undefined);
    return real;
}

/** Adds lines to a file of that size, all of them or nothing, and waits until they are on disk. */
async function addLines(file: OpenFile, size: number, lines: string | Buffer): Promise<void> {
    try {
        await file.append(Buffer.concat([Buffer.from(lines), Buffer.from("\n")]));
    } catch (error) {
        takeBack(file, size);
        throw error;
    }
}

function takeBack(file: OpenFile, size: number): void {
    try {
        file.truncate(size);
    } catch {
        // Then what is there of the line is moved aside by the next event.
    }
}

async function endsInLine(file: OpenFile, size: number): Promise<boolean> {
    const last = Buffer.alloc(1);
    await file.read(last, 0, 1, size - 1);
    return last[0] === 0x0a;
}
