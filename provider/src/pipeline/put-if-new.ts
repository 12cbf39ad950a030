import { link, rename, stat } from "node:fs/promises";
import { fileDigest } from "../file-digest.js";

/** What a file system says that has no links. */
const NO_LINKS = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"];

/**
 * Gives a file that is whole its name, unless there is a file of that name.
 *
 * @param part the file; it may be left under its old name too.
 * @returns the SHA-256 of the file that is there already; undefined when there was none.
 */
export async function putIfNew(part: string, target: string): Promise<string | undefined> {
    try {
        // Unlike a renaming, it never takes the place of another file, not even of one that appears right now.
        await link(part, target);
        return undefined;
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EEXIST") {
            return fileDigest(target);
        }
        if (!NO_LINKS.includes(String(code))) {
            throw error;
        }
    }
    if (await stat(target).catch(() => undefined)) {
        return fileDigest(target);
    }
    await rename(part, target);
    return undefined;
}
