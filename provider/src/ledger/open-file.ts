import {
    appendFileSync,
    type BigIntStats,
    closeSync,
    fdatasync,
    fstatSync,
    fsync,
    ftruncateSync,
    openSync,
    read,
} from "node:fs";
import { promisify } from "node:util";
import type { Readable } from "./file-lines.js";

const readFrom = promisify(read);
const syncAll = promisify(fsync);
const syncData = promisify(fdatasync);

/**
 * A file that is open. What takes microseconds is done in place: handing it to another thread and back takes ten times as
 * long. What may take long, reading and waiting for the disk, holds nothing up.
 */
export class OpenFile implements Readable {
    private constructor(private readonly descriptor: number) {}

    /** Opens a file for as long as the work with it takes. One that is made can be read by everybody. */
    static async with<T>(
        path: string,
        flags: "a" | "a+" | "r",
        work: (file: OpenFile) => Promise<T>,
    ): Promise<T> {
        const descriptor = openSync(path, flags, 0o644);
        try {
            return await work(new OpenFile(descriptor));
        } finally {
            closeSync(descriptor);
        }
    }

    stat(): BigIntStats {
        return fstatSync(this.descriptor, { bigint: true });
    }

    async read(
        buffer: Uint8Array,
        offset: number,
        length: number,
        position: number,
    ): Promise<{ bytesRead: number }> {
        return readFrom(this.descriptor, buffer, offset, length, position);
    }

    /** Adds bytes at the end, and waits until they are on disk. */
    async append(bytes: Uint8Array): Promise<void> {
        appendFileSync(this.descriptor, bytes);
        await syncData(this.descriptor);
    }

    /** Waits until all of it is on disk. */
    sync(): Promise<void> {
        return syncAll(this.descriptor);
    }

    truncate(size: number): void {
        ftruncateSync(this.descriptor, size);
    }
}
