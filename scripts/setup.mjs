import "./lib/node-version.mjs";
import { installDependencies } from "./lib/dependencies.mjs";
import { resolveEngine } from "./lib/engine/resolve.mjs";
import { buildPackages } from "./lib/packages.mjs";
import { root } from "./lib/root.mjs";

export { engineEnv } from "./lib/engine/env.mjs";
export { Failure } from "./lib/failure.mjs";
export { main } from "./lib/main.mjs";
export { root } from "./lib/root.mjs";
export { run } from "./lib/run.mjs";
export { say } from "./lib/say.mjs";

/**
 * Makes sure that node_modules holds what package-lock.json lists.
 *
 * @returns {Promise<boolean>} whether anything had to be installed
 */
export function ensureDependencies() {
    return installDependencies(root);
}

/**
 * Makes sure that every package is built from its present sources.
 *
 * @returns {Promise<string[]>} the names of the packages that had to be built
 */
export async function ensureBuild() {
    await ensureDependencies();
    return buildPackages(root);
}

/**
 * Makes sure that there is a Pulumi engine.
 *
 * @param {NodeJS.ProcessEnv} [env] Says where the user's cache is; this process's own by default.
 * @returns {Promise<string>} the folder that holds `pulumi`
 */
export function ensureEngine(env = process.env) {
    return resolveEngine({ root, env, ensureDependencies });
}
