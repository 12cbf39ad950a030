import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bundle } from "./bundle.js";
import { temporaryFolder } from "./temporary-folder.js";

/** The command as build.mjs bundles it, of the source as it is now. For `beforeAll`. */
export function bundledCommand() {
    const command = join(temporaryFolder(), "cli.js");
    bundle("src/cli/main.ts", command);
    /** Runs it, in a folder of its own unless it is told another one. */
    const run = (
        args: readonly string[],
        cwd = temporaryFolder(),
        environment: Record<string, string> = {},
    ) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
            cwd,
            encoding: "utf8",
            env: { ...process.env, NO_COLOR: "1", ...environment },
        });
        return { status, stdout, stderr };
    };
    return Object.assign(run, { command });
}
