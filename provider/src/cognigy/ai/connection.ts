import * as z from "zod";
import type { InputProblem } from "../../release/inputs.js";
import type { Address } from "../http/address.js";
import type { ClientCredentials } from "../http/client-credentials.js";
import { type Resolved, resolved } from "../resolved.js";
import { expectedBaseUrl, type LookUp, missing, parseBaseUrl, type Setting } from "../setting.js";

/** The names of environments, each with the endpoints that it consists of: names or ids. */
export type Environments = ReadonlyMap<string, readonly string[]>;

/** A tenant that speaks the Cognigy.AI API, and how to get in. Never printed. */
export interface AiConnection extends Address {
    api: "cognigy-ai";
    credentials: ApiKey | ({ kind: "client" } & ClientCredentials);
    /** Where conversations are held: another host than that of the API. */
    endpoints: Address;
    environments: Environments;
    /** How long conversations may begin with the version before, after an endpoint was switched: in seconds. */
    propagationSeconds: number;
    sources: Address["sources"] & { environments: string };
}

/** The key of a user, who can do what that user can. */
export interface ApiKey {
    kind: "apiKey";
    apiKey: string;
    /** The setting that it comes from. */
    source: string;
}

const EXAMPLE = "https://api-trial.cognigy.ai";
const ENVIRONMENTS_EXPECTED =
    'expected the endpoints of each environment as JSON, such as {"production": ["Web chat", "Phone"]}: names or ids';

/** In seconds. Nothing is promised; this is what others have found to be enough. */
const PROPAGATION = 20;
const LONGEST_PROPAGATION = 600;

const ENVIRONMENTS = z.record(
    z.string().min(1),
    z.union([
        z
            .string()
            .min(1)
            .transform((one) => [one]),
        z.array(z.string().min(1)).min(1),
    ]),
);

/** Finds the tenant of a connection. */
export function resolveAi(name: string, lookUp: LookUp): Resolved<AiConnection> {
    const problems: InputProblem[] = [];
    const baseUrl = lookUp("baseUrl");
    const base = baseUrl.value === undefined ? undefined : parseBaseUrl(baseUrl.value);
    if (baseUrl.value === undefined) {
        problems.push(
            missing("address of the API", name, baseUrl, `pulumi config set ${name}:baseUrl ${EXAMPLE}`),
        );
    } else if (!base) {
        problems.push({ property: baseUrl.source, expected: expectedBaseUrl(EXAMPLE) });
    }
    // The product's own list of addresses shows some with the path of its documentation, or of a version.
    const address = base && { ...base, prefix: base.prefix.replace(/(\/new)?(\/v2\.0)?(\/openapi)?$/, "") };
    const endpoints = endpointsFrom(lookUp("endpointBaseUrl"), address, problems);
    const credentials = credentialsFrom(name, lookUp, address, baseUrl.source, problems);
    const environments = environmentsFrom(lookUp("environments"), problems);
    const propagationSeconds = propagationFrom(lookUp("propagationSeconds"), problems);
    return resolved(problems, () => ({
        api: "cognigy-ai",
        ...(address as { origin: string; prefix: string }),
        sources: { baseUrl: baseUrl.source, environments: lookUp("environments").source },
        credentials: credentials as AiConnection["credentials"],
        endpoints: endpoints as Address,
        environments,
        propagationSeconds,
    }));
}

type Base = { origin: string; prefix: string };

/** Conversations have a host of their own, whose name follows from that of the API on the hosted product. */
function endpointsFrom(
    setting: Setting,
    base: Base | undefined,
    problems: InputProblem[],
): Address | undefined {
    const { value, source } = setting;
    const sources = { baseUrl: source };
    if (value !== undefined) {
        const parsed = parseBaseUrl(value);
        if (!parsed) {
            problems.push({
                property: source,
                expected: expectedBaseUrl("https://endpoint-trial.cognigy.ai"),
            });
        }
        return parsed && { ...parsed, sources };
    }
    if (base === undefined) {
        return undefined;
    }
    const host = /^(https?:\/\/)(cognigy-)?api-(.+)$/.exec(base.origin);
    if (!host) {
        problems.push({
            property: source,
            expected:
                'expected the address of the endpoints, such as "https://endpoint-trial.cognigy.ai": it cannot be told from ' +
                `${base.origin}, whose name does not begin with "api-"`,
        });
        return undefined;
    }
    const [, scheme, product = "", rest] = host;
    return { origin: `${scheme}${product}endpoint-${rest}`, prefix: "", sources };
}

function credentialsFrom(
    name: string,
    lookUp: LookUp,
    base: Base | undefined,
    baseUrlSource: string,
    problems: InputProblem[],
): AiConnection["credentials"] | undefined {
    const apiKey = lookUp("apiKey");
    if (apiKey.value !== undefined) {
        return { kind: "apiKey", apiKey: apiKey.value, source: apiKey.source };
    }
    const clientId = lookUp("clientId");
    const clientSecret = lookUp("clientSecret");
    if (clientId.value === undefined || clientSecret.value === undefined) {
        const problem = missing("API key", name, apiKey, `pulumi config set --secret ${name}:apiKey`);
        problems.push({
            ...problem,
            expected: `${problem.expected}; or set both ${clientId.source} and ${clientSecret.source}`,
        });
        return undefined;
    }
    return {
        kind: "client",
        origin: base?.origin ?? "",
        prefix: base?.prefix ?? "",
        clientId: clientId.value,
        clientSecret: clientSecret.value,
        sources: {
            baseUrl: baseUrlSource,
            clientId: clientId.source,
            clientSecret: clientSecret.source,
        },
    };
}

function environmentsFrom({ value, source }: Setting, problems: InputProblem[]): Environments {
    if (value === undefined) {
        return new Map();
    }
    const parsed = ENVIRONMENTS.safeParse(parseJson(value));
    if (!parsed.success) {
        problems.push({ property: source, expected: ENVIRONMENTS_EXPECTED });
        return new Map();
    }
    return new Map(Object.entries(parsed.data));
}

function propagationFrom({ value, source }: Setting, problems: InputProblem[]): number {
    const seconds = value === undefined ? PROPAGATION : Number(value);
    if (Number.isFinite(seconds) && seconds >= 0 && seconds <= LONGEST_PROPAGATION) {
        return seconds;
    }
    problems.push({
        property: source,
        expected: `expected a number of seconds from 0 to ${LONGEST_PROPAGATION}`,
    });
    return PROPAGATION;
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
