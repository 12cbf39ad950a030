import type { InputProblem } from "../release/inputs.js";
import { type AiConnection, resolveAi } from "./ai/connection.js";
import { type BotsConnection, resolveBots } from "./bots/connection.js";
import type { Resolved } from "./resolved.js";
import { type ReadConfig, settingsOf } from "./setting.js";

/** Where a tenant is, what it speaks, and how to get in. Never printed. */
export type Connection = BotsConnection | AiConnection;

/** The dialects of the platform, as `cognigy:api` names them. */
const APIS = { bots: resolveBots, "cognigy-ai": resolveAi } as const;

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
    const lookUp = settingsOf(name, config, environment);
    const { value: api = "bots", source } = lookUp("api");
    return isApi(api) ? APIS[api](name, lookUp) : { problems: [unknownApi(source)] };
}

function isApi(name: string): name is keyof typeof APIS {
    return Object.hasOwn(APIS, name);
}

function unknownApi(property: string): InputProblem {
    const names = Object.keys(APIS).map((name) => `"${name}"`);
    return { property, expected: `expected one of ${names.join(", ")}` };
}
