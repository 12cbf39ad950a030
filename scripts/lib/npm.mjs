import { basename } from "node:path";
import { run } from "./run.mjs";

/**
 * Runs npm with all its output on stderr: the npm that started this script, or else the one on PATH.
 *
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<import("./run.mjs").Outcome>}
 */
export function npm(root, args) {
    // `npm run --silent` hands its log level down, which would hide why an install or a build failed.
    const env = { ...process.env, npm_config_loglevel: "error" };
    const options = /** @type {const} */ ({ cwd: root, env, output: "stderr" });
    const cli = process.env.npm_execpath ?? "";
    return basename(cli) === "npm-cli.js"
        ? run(process.execPath, [cli, ...args], options)
        : run("npm", args, options);
}
