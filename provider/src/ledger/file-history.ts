import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { GENESIS } from "./chain.js";
import { eventsOf, type Source } from "./entry.js";
import type { LedgerEvent } from "./event.js";
import { type Line, linesOf } from "./file-lines.js";

/**
 * What this process has read of a ledger's file: only what was added since is read again.
 *
 * A file that was replaced, cut, or written anew is read from its beginning. An edit in the middle of a file that has grown
 * since is not noticed here; `audit verify` finds it.
 */
export class FileHistory {
    /** Oldest first. */
    events: LedgerEvent[] = [];
    /** The last line, when it is cut off. */
    torn: Line | undefined;

    private last: Line | undefined;
    private seen: BigIntStats | undefined;

    constructor(private readonly source: Source) {}

    /** The hash of the last event. */
    get head(): string {
        return this.events.at(-1)?.hash ?? GENESIS;
    }

    /**
     * Reads what is new.
     *
     * @throws ReleaseError that names the first line that is no event.
     */
    async catchUp(file: FileHandle): Promise<void> {
        const now = await file.stat({ bigint: true });
        if (this.seen && isSameFile(this.seen, now) && isUntouched(this.seen, now)) {
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
            this.events.push(event);
            this.last = entry;
        }
        this.seen = now;
    }

    /** Forgets what it has read. What was handed out stays as it is. */
    forget(): void {
        this.events = [];
        this.torn = undefined;
        this.last = undefined;
        this.seen = undefined;
    }

    /** Whether the file has only been added to since it was read. */
    private async stands(file: FileHandle, now: BigIntStats): Promise<boolean> {
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

function isUntouched(one: BigIntStats, other: BigIntStats): boolean {
    return one.size === other.size && one.mtimeNs === other.mtimeNs;
}
