import { delimiter } from "node:path";

/**
 * The environment for running `pulumi` apart from the user's own Pulumi: this engine, its own home, its own state in a
 * folder. Settings of the user's Pulumi (`PULUMI_…`) are left out.
 *
 * @param {string} folder The engine, from `ensureEngine()`.
 * @param {object} options
 * @param {string} options.home An existing folder for plugins and credentials (PULUMI_HOME).
 * @param {string} options.backend An existing folder for the state.
 * @param {string} [options.passphrase] Encrypts the secrets in the state.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Record<string, string>}
 */
export function engineEnv(folder, { home, backend, passphrase = "passphrase", env = process.env }) {
    const kept = Object.entries(env).filter(([name]) => !/^PULUMI_(?!COGNIGY_)/.test(name));
    return {
        ...Object.fromEntries(kept),
        PATH: `${folder}${delimiter}${env.PATH ?? ""}`,
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${backend}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "1",
    };
}
