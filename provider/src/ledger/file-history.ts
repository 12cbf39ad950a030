import type { BigIntStats } from "node:fs";
import { GENESIS } from "./chain.js";
import { eventsOf, type Source } from "./entry.js";
import type { LedgerEvent } from "./event.js";
import { type Line, linesOf, type Readable } from "./file-lines.js";
import { KnownEvents } from "./known-events.js";

/** A file of which this process has read, or is going to. */
export interface Followed extends Readable {
    stat(): BigIntStats;
}

/**
 * What this process has read of a ledger's file: only what was added since is read again.
 *
 * A file that was replaced, cut, or written anew is read from its beginning. An edit in the middle of a file that has grown
 * since is not noticed here; `audit verify` finds it.
 */
export class FileHistory {
    events = new KnownEvents();
    /** The last line, when it is cut off. */
    torn: Line | undefined;

    private last: Line | undefined;
    private seen: BigIntStats | undefined;

    constructor(private readonly source: Source) {}

    /** The hash of the last event. */
    get head(): string {
        return this.events.last?.hash ?? GENESIS;
    }

    /**
     * Reads what is new.
     *
     * @throws ReleaseError that names the first line that is no event.
     */
    async catchUp(file: Followed): Promise<void> {
        const now = file.stat();
        if (this.isCurrent(now)) {
            return;
        }
        if (!(await this.stands(file, now))) {
            this.forget();
        }
        this.torn = undefined;
        const added = linesOf(file, this.last?.end, this.last?.place);
        const onTorn = (line: Line) => {
            this.torn = line;
        };
        for await (const { event, entry } of eventsOf(added, this.source, onTorn)) {
            this.events.add(event);
            this.last = entry;
        }
        this.seen = now;
    }

    /** Whether a file of which this is known is as it was when it was read. */
    isCurrent(now: BigIntStats): boolean {
        const { seen } = this;
        return (
            seen !== undefined &&
            isSameFile(seen, now) &&
            seen.size === now.size &&
            seen.mtimeNs === now.mtimeNs
        );
    }

    /** How long the file was when it was read, in bytes. */
    get size(): number {
        return Number(this.seen?.size ?? 0);
    }

    /** Whether the file, as it was read, ends right behind the line end of its last event. */
    get isTidy(): boolean {
        const { seen, last } = this;
        return last ? last.complete && seen?.size === BigInt(last.end + 1) : seen?.size === 0n;
    }

    /** Takes a line that this process has just added to a tidy file: it need not be read. */
    add(file: Followed, event: LedgerEvent, text: string): void {
        const { last } = this;
        const start = last ? last.end + 1 : 0;
        const end = start + Buffer.byteLength(text);
        this.seen = file.stat();
        this.last = { place: (last?.place ?? 0) + 1, text, exact: true, complete: true, start, end };
        this.events.add(event);
    }

    /** Forgets what it has read. What was handed out stays as it is. */
    forget(): void {
        this.events = new KnownEvents();
        this.torn = undefined;
        this.last = undefined;
        this.seen = undefined;
    }

    /** Whether the file has only been added to since it was read. */
    private async stands(file: Followed, now: BigIntStats): Promise<boolean> {
        const { seen, last } = this;
        if (!seen || !last || !isSameFile(seen, now) || now.size === seen.size) {
            return false;
        }
        const bytes = Buffer.alloc(last.end - last.start);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, last.start);
        return bytesRead === bytes.length && bytes.toString() === last.text;
    }
}

function isSameFile(one: BigIntStats, other: BigIntStats): boolean {
    return one.dev === other.dev && one.ino === other.ino;
}
