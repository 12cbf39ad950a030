import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * All files below a folder, in a stable order; none when there is no such folder.
 *
 * @param {string} folder
 * @returns {string[]} full paths
 */
export function filesBelow(folder) {
    let entries;
    try {
        entries = readdirSync(folder, { withFileTypes: true });
    } catch {
        return [];
    }
    return entries
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
            const path = join(folder, entry.name);
            return entry.isDirectory() ? filesBelow(path) : [path];
        });
}

/**
 * A hash over the names and the contents of files, and over anything else that matters.
 *
 * @param {string} root The names are taken relative to this folder, so that a moved checkout stays up to date.
 * @param {string[]} files
 * @param {unknown} [more]
 * @returns {string}
 */
export function hashFiles(root, files, more = null) {
    const hash = createHash("sha256").update(JSON.stringify(more));
    for (const file of files) {
        const content = readFileSync(file);
        hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content);
    }
    return hash.digest("hex");
}

/**
 * A hash over the names and sizes of all files below a folder: tells whether it was removed or written by someone else.
 *
 * @param {string} folder
 * @returns {string}
 */
export function hashListing(folder) {
    const listing = filesBelow(folder).map((file) => [relative(folder, file), statSync(file).size]);
    return createHash("sha256").update(JSON.stringify(listing)).digest("hex");
}

/**
 * What a stamp holds, or nothing when it was never written.
 *
 * @param {string} file
 * @returns {string | undefined}
 */
export function readStamp(file) {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return undefined;
    }
}

/**
 * Writes a stamp in one step: nobody ever reads half of it.
 *
 * @param {string} file
 * @param {string} value
 */
export function writeStamp(file, value) {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, value);
    renameSync(draft, file);
}
