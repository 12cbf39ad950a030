import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Interrupted } from "./failure.mjs";

/**
 * @typedef {object} Outcome
 * @property {boolean} ok The command ran and ended with exit code 0.
 * @property {number} code The exit code; 127 when the command could not be started, 128 and up when a signal ended it.
 * @property {string} stdout What it printed, when captured.
 * @property {string} stderr
 */

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {"capture" | "tee" | "stderr" | "inherit"} [output] Kept for the caller (default), kept and shown as it comes,
 *   shown on stderr, or left alone.
 * @property {AbortSignal} [abort] Ends the command and everything that it started.
 */

const FORWARDED = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const STDIO = {
    capture: ["ignore", "pipe", "pipe"],
    tee: ["ignore", "pipe", "pipe"],
    stderr: ["ignore", 2, 2],
    inherit: "inherit",
};

/**
 * Runs a command to its end. It never outlives a signal that ends this process: the signal is passed on, and when the
 * command is gone the promise is rejected, so that locks and temporary folders are cleaned up on the way out.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd, env, output = "capture", abort } = {}) {
    // A process group of its own lets everything that a captured command started be ended with it.
    const grouped = STDIO[output][1] === "pipe" && process.platform !== "win32";
    let child;
    let received;

    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
        try {
            if (grouped) {
                process.kill(-child.pid, signal);
            } else {
                child.kill(signal);
            }
        } catch {
            // It has ended already.
        }
    };
    const forward = (signal) => {
        received = signal;
        end(signal);
    };
    const giveUp = () => {
        end("SIGKILL");
        child.stdout?.destroy();
        child.stderr?.destroy();
    };

    return new Promise((resolve, reject) => {
        const printed = { stdout: "", stderr: "" };
        const finish = (outcome) => {
            for (const signal of FORWARDED) {
                process.off(signal, forward);
            }
            abort?.removeEventListener("abort", giveUp);
            if (received) {
                reject(new Interrupted(received));
            } else {
                resolve({ ok: outcome.code === 0, ...printed, ...outcome });
            }
        };

        // Before the start, which takes a moment in which the command runs already.
        for (const signal of FORWARDED) {
            process.on(signal, forward);
        }
        child = spawn(command, args, { cwd, env, stdio: STDIO[output], detached: grouped });
        child.on("error", (error) => finish({ code: 127, stderr: error.message }));
        child.on("close", (code, signal) => finish({ code: code ?? 128 + constants.signals[signal] }));
        for (const stream of ["stdout", "stderr"]) {
            child[stream]?.setEncoding("utf8").on("data", (text) => {
                printed[stream] += text;
                if (output === "tee") {
                    process[stream].write(text);
                }
            });
        }
        abort?.addEventListener("abort", giveUp);
    });
}
