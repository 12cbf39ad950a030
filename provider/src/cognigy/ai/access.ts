import type { Clock } from "../../clock.js";
import type { Access, Refusal } from "../http/access.js";
import { addressOf } from "../http/address.js";
import type { HttpClientParts } from "../http/client.js";
import { ClientCredentialsAccess } from "../http/client-credentials.js";
import type { AiConnection, ApiKey } from "./connection.js";

/** Access to a tenant with the key of a user, or with the tokens of a client. */
export function aiAccess(connection: AiConnection, clock: Clock): HttpClientParts["access"] {
    const { credentials } = connection;
    return (send) =>
        credentials.kind === "apiKey"
            ? new ApiKeyAccess(connection, credentials)
            : new ClientCredentialsAccess(credentials, "/auth/oauth2/token", send, clock);
}

class ApiKeyAccess implements Access {
    readonly secrets: readonly string[];

    constructor(
        private readonly connection: AiConnection,
        private readonly key: ApiKey,
    ) {
        this.secrets = [key.apiKey];
    }

    async credential(): Promise<string> {
        return this.key.apiKey;
    }

    renew(): boolean {
        return false;
    }

    headers(key: string): Record<string, string> {
        return { "x-api-key": key };
    }

    refusal(status: number, need: string): Refusal | undefined {
        const { source } = this.key;
        if (status === 401) {
            return {
                kind: "unauthorized",
                text: `${addressOf(this.connection)} refuses the API key. Check ${source}, and that the address is its tenant's.`,
            };
        }
        if (status === 403) {
            return {
                kind: "forbidden",
                text: `the user of ${source} needs a role that may ${need}. Grant it in the project.`,
            };
        }
        // Some versions answer so to a key that nobody has.
        return status === 500
            ? {
                  kind: "unavailable",
                  text: `the platform is in trouble, or does not know the API key: check ${source}, or try again later.`,
              }
            : undefined;
    }
}
