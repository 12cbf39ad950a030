import type { InputProblem } from "../../release/inputs.js";
import type { ClientCredentials } from "../http/client-credentials.js";
import { type Resolved, resolved } from "../resolved.js";
import { expectedBaseUrl, type LookUp, missing, parseBaseUrl } from "../setting.js";

/** A tenant that speaks the bots API, and how to get in. Never printed. */
export interface BotsConnection extends ClientCredentials {
    api: "bots";
    audience: string;
    sources: Record<"baseUrl" | "clientId" | "clientSecret" | "audience", string>;
}

const DEFAULT_BASE_URL = "https://api.cognigy.com";

/** Finds the tenant of a connection. */
export function resolveBots(name: string, lookUp: LookUp): Resolved<BotsConnection> {
    const baseUrl = lookUp("baseUrl");
    const clientId = lookUp("clientId");
    const clientSecret = lookUp("clientSecret");
    const audience = lookUp("audience");
    const base = parseBaseUrl(baseUrl.value ?? DEFAULT_BASE_URL);
    const problems: InputProblem[] = [];
    if (!base) {
        problems.push({ property: baseUrl.source, expected: expectedBaseUrl(DEFAULT_BASE_URL) });
    }
    if (!clientId.value) {
        problems.push(missing("client's id", name, clientId, `pulumi config set ${name}:clientId <id>`));
    }
    if (!clientSecret.value) {
        problems.push(
            missing("client's secret", name, clientSecret, `pulumi config set --secret ${name}:clientSecret`),
        );
    }
    return resolved(problems, () => {
        const { origin, prefix } = base as { origin: string; prefix: string };
        return {
            api: "bots",
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
        };
    });
}
