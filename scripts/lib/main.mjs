import { Failure } from "./failure.mjs";
import { say } from "./say.mjs";

/**
 * Runs a script: its exit code is what `task` returns (nothing means 0); a failure is told on stderr.
 *
 * @param {() => Promise<number | undefined | void>} task
 */
export async function main(task) {
    let code = 0;
    try {
        code = (await task()) ?? 0;
    } catch (error) {
        say(error instanceof Failure ? error.message : String(error?.stack ?? error));
        code = error instanceof Failure ? error.exitCode : 1;
    }
    // A name look-up that was given up may still be pending and would keep the process; the callback lets stdout drain.
    process.stdout.write("", () => process.exit(code));
}
