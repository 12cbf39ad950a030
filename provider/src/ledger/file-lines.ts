import { isUtf8 } from "node:buffer";
import type { Entry } from "./entry.js";

/** What pieces of bytes can be read from. */
export interface Readable {
    /** Reads up to `length` bytes from `position` on into the buffer; none at the end. */
    read(
        buffer: Uint8Array,
        offset: number,
        length: number,
        position: number,
    ): Promise<{ bytesRead: number }>;
}

/** A line of a file. */
export interface Line extends Entry {
    /** Where it begins, in bytes. */
    start: number;
    /** Where its line end is, or the file's end; in bytes. */
    end: number;
}

const LINE_END = 0x0a;
const CHUNK = 64 * 1024;

/**
 * The lines of a file, of which only a piece is in memory at a time.
 *
 * @param from where to begin, in bytes.
 * @param place the number of the line that this is in.
 */
export async function* linesOf(file: Readable, from = 0, place = 1): AsyncGenerator<Line> {
    const chunk = Buffer.alloc(CHUNK);
    let line = place;
    let position = from;
    let rest: Buffer[] = [];
    for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK, position);
        if (bytesRead === 0) {
            break;
        }
        let start = 0;
        for (
            let at = chunk.indexOf(LINE_END);
            at !== -1 && at < bytesRead;
            at = chunk.indexOf(LINE_END, start)
        ) {
            yield lineOf(line, [...rest, chunk.subarray(start, at)], position + at, true);
            line += 1;
            start = at + 1;
            rest = [];
        }
        rest.push(Buffer.from(chunk.subarray(start, bytesRead)));
        position += bytesRead;
    }
    if (rest.some(({ length }) => length > 0)) {
        yield lineOf(line, rest, position, false);
    }
}

function lineOf(place: number, pieces: readonly Buffer[], end: number, complete: boolean): Line {
    const bytes = Buffer.concat(pieces);
    const start = end - bytes.length;
    return { place, text: bytes.toString(), exact: isUtf8(bytes), complete, start, end };
}
