import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline as flowInto } from "node:stream/promises";
import { PlatformError } from "../errors.js";
import type { Upload } from "../http/client.js";
import * as answers from "./answers.js";
import type { AiApi } from "./api.js";
import { TaskFailed, type Tasks } from "./tasks.js";

const CALL = "POST /new/v2.0/snapshots/upload";

/** Hands over the file of a snapshot, as it comes. */
export type Download = (consume: (body: Readable) => Promise<void>) => Promise<void>;

/**
 * Brings a snapshot from another project into this one. Its file may hold the secrets of connections: it is readable for
 * this user alone, and gone as soon as it is sent.
 *
 * @param deadline milliseconds, by the clock that nobody sets.
 */
export async function transferSnapshot(
    { api, tasks }: { api: AiApi; tasks: Tasks },
    projectId: string,
    download: Download,
    deadline: number,
): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-cognigy-"));
    try {
        const file = join(folder, "version.csnap");
        await download((body) => flowInto(body, createWriteStream(file, { mode: 0o600 })));
        const { size } = await stat(file);
        const { _id } = await api.post("/snapshots/upload", answers.taskStarted, {
            upload: formOf(
                { projectId },
                { name: "version.csnap", length: size, open: () => createReadStream(file) },
            ),
            needs: "upload snapshots",
            once: true,
        });
        await tasks.end(_id, CALL, deadline);
    } catch (error) {
        if (error instanceof TaskFailed && /limit/i.test(error.reason)) {
            throw new PlatformError(
                "rejected",
                CALL,
                `the project has no room for the version: ${error.reason}`,
            );
        }
        throw error;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

interface File {
    name: string;
    /** Bytes. */
    length: number;
    open: () => Readable;
}

/** Fields and a file as `multipart/form-data` (RFC 7578), without holding the file in memory. */
export function formOf(
    fields: Record<string, string>,
    file: File,
    boundary = "pulumi-cognigy-version",
): Upload {
    const head = Buffer.from(
        Object.entries(fields)
            .map(
                ([name, value]) =>
                    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
            )
            .join("") +
            `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\n` +
            "content-type: application/octet-stream\r\n\r\n",
    );
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
    return {
        type: `multipart/form-data; boundary=${boundary}`,
        length: head.length + file.length + tail.length,
        async *open() {
            yield head;
            yield* file.open() as AsyncIterable<Buffer>;
            yield tail;
        },
    };
}
