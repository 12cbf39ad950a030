import { type BotsConnection, resolveBots } from "./bots/connection.js";
import type { Resolved } from "./resolved.js";
import { type ReadConfig, settingsOf } from "./setting.js";

/** Where a tenant is, and how to get in. Never printed. */
export type Connection = BotsConnection;

/**
 * Finds the tenant of a connection: Pulumi config first, then the environment.
 *
 * @param name the config namespace, such as `cognigy`; the variables are named after it: `COGNIGY_BASE_URL`.
 */
export function resolveConnection(
    name: string,
    config: ReadConfig,
    environment: NodeJS.ProcessEnv,
): Resolved<Connection> {
    return resolveBots(name, settingsOf(name, config, environment));
}
