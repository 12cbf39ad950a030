import { homedir } from "node:os";

/**
 * Tells the user what is going on. Always on stderr: stdout belongs to what a script was asked for.
 *
 * @param {string} line
 */
export function say(line) {
    process.stderr.write(`${line}\n`);
}

/**
 * A path as people write it, with `~` for the home folder.
 *
 * @param {string} path
 * @returns {string}
 */
export function tilde(path) {
    const home = homedir();
    return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
