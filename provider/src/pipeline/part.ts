import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Longer than any download takes, in milliseconds. */
const AN_HOUR = 3_600_000;

const PART = /\.(?:json|csnap)\.(\d+)@(.+)\.part$/;

/** Where a file is written before it is whole: named after the process that is at it. */
export function partOf(file: string): string {
    return `${file}.${process.pid}@${hostname()}.part`;
}

/** Removes the parts of files that processes have left which were killed. */
export async function removeAbandonedParts(folder: string): Promise<void> {
    for (const name of await readdir(folder).catch((): string[] => [])) {
        const [, pid, host] = PART.exec(name) ?? [];
        const part = join(folder, name);
        if (pid !== undefined && ((host === hostname() && !runs(Number(pid))) || (await isOld(part)))) {
            await rm(part, { force: true }).catch(() => {});
        }
    }
}

function runs(pid: number): boolean {
    try {
        // Signal 0 asks, and does nothing.
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

async function isOld(file: string): Promise<boolean> {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    // The machine's own time, whatever time a test has: the file's stamp is of it.
    return Date.now() - mtimeMs > AN_HOUR;
}
