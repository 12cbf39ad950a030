import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
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

/** Contents in files of the user's own, one for each. */
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

    async put(flow: FlowDefinition): Promise<void> {
        try {
            await mkdir(this.folder, { recursive: true, mode: 0o700 });
            await writeFileAtomic(this.fileOf(contentHash(flow)), `${JSON.stringify(flow)}\n`, {
                mode: 0o600,
            });
        } catch {
            // It is missed when versions are compared.
        }
    }

    private fileOf(hash: string): string {
        return join(this.folder, `${hash.replace(/^sha256:/, "").replace(/[^0-9a-f]/g, "")}.json`);
    }
}
