import type { InputProblem } from "../release/inputs.js";

/** Where a tenant is, and how to get in. Never printed. */
export interface Connection {
    /** Scheme, host and port. */
    origin: string;
    /** What stands before every path; empty, or `/something`. */
    prefix: string;
    clientId: string;
    clientSecret: string;
    audience: string;
    /** Where each setting comes from, for messages. */
    sources: Record<Setting, string>;
}

/** Reads a Pulumi config value by its full key, such as `cognigy:baseUrl`. */
export type ReadConfig = (key: string) => string | undefined;

type Setting = "baseUrl" | "clientId" | "clientSecret" | "audience";

const DEFAULT_BASE_URL = "https://api.cognigy.com";

/**
 * Finds the tenant of a connection: Pulumi config first, then the environment.
 *
 * @param name the config namespace, such as `cognigy`; the variables are named after it: `COGNIGY_BASE_URL`.
 */
export function resolveConnection(
    name: string,
    config: ReadConfig,
    environment: NodeJS.ProcessEnv,
): { connection: Connection } | { problems: [InputProblem, ...InputProblem[]] } {
    const settings = {
        baseUrl: lookUp(name, "baseUrl", config, environment),
        clientId: lookUp(name, "clientId", config, environment),
        clientSecret: lookUp(name, "clientSecret", config, environment),
        audience: lookUp(name, "audience", config, environment),
    };
    const { baseUrl, clientId, clientSecret, audience } = settings;
    const base = parseBaseUrl(baseUrl.value ?? DEFAULT_BASE_URL);
    const problems: InputProblem[] = [];
    if (!base) {
        problems.push({
            property: baseUrl.source,
            expected: `expected the platform's address, such as "${DEFAULT_BASE_URL}": http or https, without credentials, query or fragment`,
        });
    }
    if (!clientId.value) {
        problems.push(missing("client's id", name, clientId, `pulumi config set ${name}:clientId <id>`));
    }
    if (!clientSecret.value) {
        problems.push(
            missing("client's secret", name, clientSecret, `pulumi config set --secret ${name}:clientSecret`),
        );
    }
    const [first, ...others] = problems;
    if (first) {
        return { problems: [first, ...others] };
    }
    const { origin, prefix } = base as { origin: string; prefix: string };
    return {
        connection: {
            origin,
            prefix,
            clientId: clientId.value as string,
            clientSecret: clientSecret.value as string,
            audience: audience.value ?? `${origin}${prefix}`,
            sources: {
                baseUrl: baseUrl.source,
                clientId: clientId.source,
                clientSecret: clientSecret.source,
                audience: audience.source,
            },
        },
    };
}

interface Found {
    value: string | undefined;
    /** The config key, or the variable where that is what is set. */
    source: string;
    variable: string;
}

function lookUp(name: string, setting: Setting, config: ReadConfig, environment: NodeJS.ProcessEnv): Found {
    const key = `${name}:${setting}`;
    const variable = `${name}_${setting.replace(/[A-Z]/g, "_$&")}`
        .replace(/[^A-Za-z0-9]/g, "_")
        .toUpperCase();
    const configured = config(key)?.trim();
    if (configured) {
        return { value: configured, source: key, variable };
    }
    const exported = environment[variable]?.trim();
    return exported
        ? { value: exported, source: variable, variable }
        : { value: undefined, source: key, variable };
}

function missing(
    what: string,
    connection: string,
    { source, variable }: Found,
    command: string,
): InputProblem {
    return {
        property: source,
        expected: `expected the ${what} for the connection "${connection}": run \`${command}\` or set ${variable}`,
    };
}

function parseBaseUrl(text: string): { origin: string; prefix: string } | undefined {
    if (!URL.canParse(text)) {
        return undefined;
    }
    const url = new URL(text);
    const plain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
    const web = url.protocol === "https:" || url.protocol === "http:";
    return plain && web ? { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") } : undefined;
}
