import type { InputProblem } from "../release/inputs.js";

/** Reads a Pulumi config value by its full key, such as `cognigy:baseUrl`. */
export type ReadConfig = (key: string) => string | undefined;

/** A setting of a connection, as it was found. */
export interface Setting {
    value: string | undefined;
    /** The config key, or the variable where that is what is set. */
    source: string;
    variable: string;
}

/** Looks settings of one connection up. */
export type LookUp = (setting: string) => Setting;

/**
 * Looks settings up: in Pulumi config first, then in the environment.
 *
 * @param name the config namespace, such as `cognigy`; the variables are named after it: `COGNIGY_BASE_URL`.
 */
export function settingsOf(name: string, config: ReadConfig, environment: NodeJS.ProcessEnv): LookUp {
    return (setting) => {
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
    };
}

/** What to say of a setting that is needed and not there. */
export function missing(
    what: string,
    connection: string,
    { source, variable }: Setting,
    command: string,
): InputProblem {
    return {
        property: source,
        expected: `expected the ${what} for the connection "${connection}": run \`${command}\` or set ${variable}`,
    };
}

/** Reads a web address without credentials, query and fragment. */
export function parseBaseUrl(text: string): { origin: string; prefix: string } | undefined {
    if (!URL.canParse(text)) {
        return undefined;
    }
    const url = new URL(text);
    const plain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
    const web = url.protocol === "https:" || url.protocol === "http:";
    return plain && web ? { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") } : undefined;
}

/** What a base URL must be, for messages. */
export function expectedBaseUrl(example: string): string {
    return `expected the platform's address, such as "${example}": http or https, without credentials, query or fragment`;
}
