import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { run } from "../run.mjs";
import { readStamp, writeStamp } from "../stamp.mjs";

const ANSWER_WITHIN_MILLISECONDS = 20_000;

/** Below this size it is a script, such as a version manager's, that may start another engine tomorrow. */
const SMALLEST_BINARY = 1024 * 1024;

/**
 * What `pulumi version` says. Running it takes a fifth of a second, so the answer of a binary is kept until the file changes.
 *
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 * @param {string} stamps The folder where answers are kept.
 * @returns {Promise<string>}
 */
export async function engineVersion(pulumi, env, stamps) {
    const path = realpathSync(pulumi);
    const { size, mtimeMs, ino } = statSync(path);
    const identity = JSON.stringify([path, size, mtimeMs, ino]);
    const stamp = join(stamps, `engine-${createHash("sha256").update(path).digest("hex").slice(0, 16)}`);
    const [known, answer] = readStamp(stamp)?.split("\n") ?? [];
    if (known === identity) {
        return answer;
    }
    const version = await askVersion(pulumi, env);
    if (size >= SMALLEST_BINARY) {
        writeStamp(stamp, `${identity}\n${version}`);
    }
    return version;
}

/**
 * Runs `pulumi version`.
 *
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
export async function askVersion(pulumi, env) {
    const abort = AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS);
    const options = { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" }, abort };
    const { ok, code, stdout, stderr } = await run(pulumi, ["version"], options);
    if (abort.aborted) {
        throw new Failure(
            `\`${pulumi} version\` gave no answer within ${ANSWER_WITHIN_MILLISECONDS / 1000} s`,
        );
    }
    if (!ok) {
        throw new Failure(
            `\`${pulumi} version\` failed with exit code ${code}: ${stderr.trim().split("\n").at(-1)}`,
        );
    }
    return stdout.trim().split("\n").at(-1);
}
