import * as z from "zod";
import type { Clock } from "../../clock.js";
import type { Access, Refusal } from "./access.js";
import { type Address, addressOf } from "./address.js";
import type { Form, SendForm } from "./client.js";
import { printable } from "./printable.js";
import { TokenCache } from "./token.js";

/** A client that is known to an OAuth 2.0 server, and where that is. */
export interface ClientCredentials extends Address {
    clientId: string;
    clientSecret: string;
    /** Whom the tokens are for, where the server asks. */
    audience?: string;
    sources: Address["sources"] & { clientId: string; clientSecret: string; audience?: string };
}

/** What a token comes with. */
const TOKEN = z.object({
    // What a header can hold (RFC 6750, 2.1), and what servers take in one.
    access_token: z
        .string()
        .regex(/^[\x21-\x7e]{1,16384}$/, { error: "expected a token as a header can hold it" }),
    expires_in: z.number().positive(),
});

/** Access with the tokens that a client gets for its id and secret (RFC 6749, 4.4). */
export class ClientCredentialsAccess implements Access {
    private readonly tokens: TokenCache;

    constructor(
        private readonly client: ClientCredentials,
        /** Where tokens are given: starts with a slash. */
        path: string,
        send: SendForm,
        clock: Clock,
    ) {
        const fetchToken = async () => {
            const { access_token, expires_in } = await send(tokenForm(path, client), TOKEN);
            return { value: access_token, expiresIn: expires_in };
        };
        this.tokens = new TokenCache(fetchToken, clock);
    }

    get secrets(): readonly string[] {
        return [this.client.clientSecret];
    }

    credential(): Promise<string> {
        return this.tokens.get();
    }

    renew(refused: string): boolean {
        this.tokens.drop(refused);
        return true;
    }

    headers(token: string): Record<string, string> {
        return { authorization: `Bearer ${token}` };
    }

    refusal(status: number, scope: string): Refusal | undefined {
        if (status === 401) {
            return refusedCredentials(this.client);
        }
        return status === 403
            ? {
                  kind: "forbidden",
                  text: `the client of ${this.client.sources.clientId} needs the scope ${scope}. Grant it on the platform.`,
              }
            : undefined;
    }
}

/** The form that asks for a token. */
function tokenForm(path: string, client: ClientCredentials): Form {
    const { clientId, clientSecret, audience } = client;
    return {
        path,
        fields: {
            grant_type: "client_credentials",
            client_id: clientId,
            client_secret: clientSecret,
            ...(audience === undefined ? {} : { audience }),
        },
        secrets: [clientSecret],
        refusal: (status) => tokenRefusal(client, status),
    };
}

function tokenRefusal(client: ClientCredentials, status: number): Refusal | undefined {
    // A client is refused with a 400 too (RFC 6749, 5.2).
    if (status === 401 || status === 400) {
        return refusedCredentials(client);
    }
    if (status === 403) {
        const { sources } = client;
        return {
            kind: "forbidden",
            text:
                `${addressOf(client)} gives the client of ${sources.clientId} no token${audienceOf(client)}. ` +
                "Grant it on the platform, or correct the setting.",
        };
    }
    return status === 404
        ? {
              kind: "not_found",
              text: `nothing gives tokens at ${addressOf(client)}. Check that it is the platform's address.`,
          }
        : undefined;
}

function refusedCredentials(client: ClientCredentials): Refusal {
    const { sources } = client;
    const both = sources.audience === undefined ? "it is" : "address and audience are";
    return {
        kind: "unauthorized",
        text:
            `${addressOf(client)} refuses the credentials${audienceOf(client)}. ` +
            `Check ${sources.clientId} and ${sources.clientSecret}, and that ${both} their tenant's.`,
    };
}

function audienceOf({ audience, clientSecret, sources }: ClientCredentials): string {
    // Whoever mixes up the two settings is not to read the secret.
    return audience === undefined
        ? ""
        : ` for the audience "${printable(audience, [clientSecret], 200)}" (${sources.audience})`;
}
