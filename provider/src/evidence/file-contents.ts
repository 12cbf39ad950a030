import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import type { Contents } from "../cognigy/contents.js";
import { contentHash } from "../release/content-hash.js";
import type { FlowDefinition } from "../release/flow.js";

const shape = z.looseObject({
    id: z.string(),
    nodes: z.array(z.record(z.string(), z.unknown())),
    updated_at: z.string(),
});
const HASH = /^sha256:[0-9a-f]{64}$/;

/** Contents in files of the user's own, one for each; and beside them what versions were found to hold. */
export class FileContents implements Contents {
    /** @param folder where the files are. */
    constructor(private readonly folder: string) {}

    async get(hash: string): Promise<FlowDefinition | undefined> {
        try {
            const flow = JSON.parse(await readFile(this.fileOf(hash), "utf8")) as FlowDefinition;
            // A file that somebody has changed is not what was released.
            return shape.safeParse(flow).success && contentHash(flow) === hash ? flow : undefined;
        } catch {
            return undefined;
        }
    }

    put(flow: FlowDefinition): Promise<void> {
        return write(this.fileOf(contentHash(flow)), `${JSON.stringify(flow)}\n`);
    }

    async found(version: string): Promise<string | undefined> {
        try {
            const hash = await readFile(this.noteOf(version), "utf8");
            return HASH.test(hash) ? hash : undefined;
        } catch {
            return undefined;
        }
    }

    note(version: string, hash: string): Promise<void> {
        return write(this.noteOf(version), hash);
    }

    private fileOf(hash: string): string {
        return join(this.folder, `${hash.replace(/^sha256:/, "").replace(/[^0-9a-f]/g, "")}.json`);
    }

    private noteOf(version: string): string {
        return join(this.folder, "versions", version.replace(/[^A-Za-z0-9]/g, ""));
    }
}

/** What cannot be kept is missed, and found out anew or elsewhere. */
async function write(file: string, text: string): Promise<void> {
    try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeFileAtomic(file, text, { mode: 0o600 });
    } catch {
        // Nothing depends on it.
    }
}
