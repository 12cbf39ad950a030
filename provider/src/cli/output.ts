import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes to the standard output, no faster than it is read. Whoever reads may stop: then there is nothing left to do. */
export async function print(pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
    try {
        await pipeline(Readable.from(pieces), process.stdout, { end: false });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EPIPE") {
            throw error;
        }
    }
}
