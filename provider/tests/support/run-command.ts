import { execFile } from "node:child_process";
import { temporaryFolder } from "./temporary-folder.js";

/** What a command ended with. */
export interface Ended {
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs the command in a folder of its own, beside an emulator in this very process. */
export function runCommand(
    command: string,
    args: readonly string[],
    settings: Record<string, string>,
): Promise<Ended> {
    const env = { ...process.env, NO_COLOR: "1", ...settings };
    return new Promise((resolve) => {
        execFile(
            process.execPath,
            [command, ...args],
            { env, cwd: temporaryFolder() },
            (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
        );
    });
}
