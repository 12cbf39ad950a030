import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "../release/canonical.js";
import type { Handover } from "./handover.js";
import { KeptFiles } from "./kept-files.js";

/** How often whoever waits looks again, in milliseconds: the engine waits for it, with one release after another. */
const LOOK_AGAIN = 20;
/** A run does not take that long from the construction of a release to its check, in milliseconds. */
const A_DAY = 86_400_000;
const NAME = /^[\w-]{1,64}$/;

/** Handovers in files of the user's own. */
export class FileHandover implements Handover {
    private readonly files: KeptFiles<unknown>;
    private tidied: Promise<void> | undefined;

    /** @param folder where the files are. */
    constructor(private readonly folder: string) {
        this.files = new KeptFiles(folder, LOOK_AGAIN);
    }

    async obtain<T>(name: string, find: () => Promise<T>): Promise<T> {
        if (!NAME.test(name)) {
            return find();
        }
        this.tidied ??= removeOld(this.folder);
        await this.tidied;
        return (await this.files.obtain(name, {
            read: (kept) => (isRecord(kept) ? kept.found : undefined),
            make: find,
            keep: (found) => ({ found }),
        })) as T;
    }
}

async function removeOld(folder: string): Promise<void> {
    for (const name of await readdir(folder).catch((): string[] => [])) {
        const file = join(folder, name);
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
        // The machine's own time, whatever time a test has: the file's stamp is of it.
        if (Date.now() - mtimeMs > A_DAY) {
            await rm(file, { force: true, recursive: true }).catch(() => {});
        }
    }
}
