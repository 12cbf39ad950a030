import { statSync } from "node:fs";
import { run } from "../run.mjs";
import { filesBelow } from "../stamp.mjs";

/**
 * Runs a command for as long as it makes progress, which for a download means that files grow.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.folder The files below it are watched.
 * @param {number} options.patience Milliseconds without growth after which the command is ended.
 * @param {NodeJS.ProcessEnv} options.env
 * @returns {Promise<import("../run.mjs").Outcome & { stalled: boolean }>}
 */
export async function runWhileGrowing(command, args, { folder, patience, env }) {
    const controller = new AbortController();
    let bytes = 0;
    let since = Date.now();
    const watch = setInterval(() => {
        const now = bytesBelow(folder);
        if (now !== bytes) {
            bytes = now;
            since = Date.now();
        } else if (Date.now() - since >= patience) {
            controller.abort();
        }
    }, patience / 15);
    try {
        const outcome = await run(command, args, { env, abort: controller.signal });
        return { ...outcome, stalled: controller.signal.aborted };
    } finally {
        clearInterval(watch);
    }
}

function bytesBelow(folder) {
    // Files come and go while we look.
    return filesBelow(folder).reduce(
        (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
        0,
    );
}
