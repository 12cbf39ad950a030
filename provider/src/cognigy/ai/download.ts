import { Readable } from "node:stream";
import type { Clock } from "../../clock.js";
import { isPlatformError, PlatformError } from "../errors.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import type { Tasks } from "./tasks.js";

/** How long a snapshot may take to be packed, and its file to be whole: in milliseconds. */
const PACKING = 15 * 60_000;
const SETTLING = 120_000;
/** How long to wait before a file that grows is looked at again, in milliseconds. */
const LOOK_AGAIN = 1_000;
/** Nothing shorter is a packed snapshot, in bytes: a file that is not there yet holds one word, or nothing. */
const SMALLEST = 64;

/**
 * Hands the file of a snapshot to `consume`.
 *
 * After it was packed the file is not there, then a placeholder, then grows: it counts when it has the same length twice.
 * Links work once.
 */
export async function downloadSnapshot<T>(
    { api, tasks, clock }: { api: AiApi; tasks: Tasks; clock: Clock },
    snapshot: string,
    consume: (body: Readable) => Promise<T>,
): Promise<T> {
    const path = `/snapshots/${part(snapshot)}`;
    const parts = { needs: "download snapshots" };
    const { _id } = await api.post(`${path}/package`, answers.taskStarted, parts);
    await tasks.end(_id, `POST /new/v2.0${path}/package`, clock.monotonic() + PACKING);
    const deadline = clock.monotonic() + SETTLING;
    let last = -1;
    for (;;) {
        const taken = await takenFrom(api, path, consume, last);
        if ("value" in taken) {
            return taken.value;
        }
        last = taken.bytes;
        if (clock.monotonic() >= deadline) {
            const call = `POST /new/v2.0${path}/downloadlink`;
            throw new PlatformError(
                "unavailable",
                call,
                `the file of the snapshot was packed, and is not whole after ${SETTLING / 1000} s.`,
            );
        }
        await clock.sleep(LOOK_AGAIN);
    }
}

/** What is behind a new link, where it is as long as it was before; else how long it is now. */
async function takenFrom<T>(
    api: AiApi,
    path: string,
    consume: (body: Readable) => Promise<T>,
    last: number,
): Promise<{ value: T } | { bytes: number }> {
    try {
        const { downloadLink } = await api.post(`${path}/downloadlink`, answers.downloadLink, {
            needs: "download snapshots",
        });
        return await api.http.follow(downloadLink, async (body, length) => {
            if (length !== undefined && (length < SMALLEST || length !== last)) {
                // It ends in an error that nobody waits for.
                body.on("error", () => {}).destroy();
                return { bytes: length };
            }
            const counted = new Counted(body);
            const value = await consume(counted.body);
            const isWhole = length !== undefined || (counted.bytes === last && last >= SMALLEST);
            return isWhole ? { value } : { bytes: counted.bytes };
        });
    } catch (error) {
        // There is no link yet, or no whole answer behind it: the next one is looked at.
        if (isPlatformError(error, "conflict", "not_found", "unavailable")) {
            return { bytes: -1 };
        }
        throw error;
    }
}

/** Counts what passes. */
class Counted {
    bytes = 0;
    readonly body: Readable;

    constructor(source: Readable) {
        this.body = Readable.from(this.counting(source));
    }

    private async *counting(source: Readable): AsyncIterable<Buffer> {
        for await (const chunk of source as AsyncIterable<Buffer>) {
            this.bytes += chunk.length;
            yield chunk;
        }
    }
}
