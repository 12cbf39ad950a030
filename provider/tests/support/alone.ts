import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { temporaryFolder } from "./temporary-folder.js";

/** How a call ended in a process of its own. */
export interface Alone {
    /** What it gave, or `name: message` of its error. */
    ended: unknown;
    /** By how much the process grew at most. */
    megabytes: number;
    /** Where it worked. */
    folder: string;
}

/** What a call is given beside the server. */
export interface AloneOptions {
    /** The largest file that it may write, in kilobytes. */
    fileLimit?: number;
}

/** Gives a function that makes one of the calls of `alone-child.ts` in a process of its own. */
export async function buildAlone(): Promise<
    (origin: string, call: string, options?: AloneOptions) => Promise<Alone>
> {
    const child = join(temporaryFolder(), "child.cjs");
    await build({
        entryPoints: [join(__dirname, "alone-child.ts")],
        outfile: child,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        logLevel: "warning",
    });
    return async (origin, call, { fileLimit } = {}) => {
        const folder = temporaryFolder();
        const limits = fileLimit === undefined ? "" : `ulimit -f ${fileLimit}; `;
        const command = ["-c", `${limits}exec "$0" "$@"`, process.execPath, child, origin, call];
        const { stdout } = await promisify(execFile)("bash", command, { cwd: folder });
        return { ...JSON.parse(stdout), folder };
    };
}
