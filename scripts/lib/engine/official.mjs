import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { say } from "../say.mjs";
import { runWhileGrowing } from "./run-while-growing.mjs";
import { ENGINE_VERSION } from "./versions.mjs";

const INSTALLER = "https://get.pulumi.com";
const REACHABLE_WITHIN_MILLISECONDS = 3_000;
const PATIENCE_MILLISECONDS = 15_000;

/**
 * Whether the official installer can be reached: a machine without network should lose next to nothing here.
 *
 * @param {typeof fetch} fetcher
 */
export async function assertReachable(fetcher) {
    let response;
    try {
        const signal = AbortSignal.timeout(REACHABLE_WITHIN_MILLISECONDS);
        response = await fetcher(INSTALLER, { method: "HEAD", signal });
    } catch (error) {
        const why =
            error.name === "TimeoutError"
                ? `no answer within ${REACHABLE_WITHIN_MILLISECONDS / 1000} s`
                : (error.cause?.message ?? error.message);
        throw new Failure(`${INSTALLER} cannot be reached: ${why}`);
    }
    if (!response.ok) {
        throw new Failure(`${INSTALLER} answered with status ${response.status}`);
    }
}

/**
 * Installs the pinned engine with Pulumi's own installer, through the Automation API.
 *
 * @param {string} draft An empty folder; all that the installer writes stays in it.
 * @param {object} options
 * @param {string} options.root The checkout, with its dependencies installed.
 * @param {NodeJS.ProcessEnv} options.env
 * @returns {Promise<string>} the folder that holds the programs
 */
export async function installOfficially(draft, { root, env }) {
    say(`engine: downloading Pulumi v${ENGINE_VERSION} with the official installer, once`);
    const temporary = join(draft, "tmp");
    const target = join(draft, "installed");
    mkdirSync(temporary);
    const script = join(root, "scripts", "lib", "engine", "official-installer.mjs");
    const { ok, stalled, stderr } = await runWhileGrowing(
        process.execPath,
        [script, ENGINE_VERSION, target],
        {
            folder: draft,
            patience: PATIENCE_MILLISECONDS,
            env: { ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
        },
    );
    if (stalled) {
        throw new Failure(`nothing arrived for ${PATIENCE_MILLISECONDS / 1000} s`);
    }
    if (!ok) {
        throw new Failure(stderr.trim().split("\n").slice(-3).join(" "));
    }
    return join(target, "bin");
}
