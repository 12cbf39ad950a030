import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { defaultAudience, demoClient } from "../data/demo-client";
import type { ClientData } from "../data/platform-data";
import { Refusal } from "../refusal";
import { type Scope, scopes } from "./scopes";

/** What a client shows to get a token. */
export interface Credentials {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly audience: string;
}

/** A client without its secret. */
export interface ClientSummary {
    readonly clientId: string;
    readonly audience: string;
    readonly scopes: readonly Scope[];
}

/** A token that was just issued. */
export interface IssuedToken {
    readonly token: string;
    readonly lifetimeSeconds: number;
    readonly scopes: readonly Scope[];
}

/** What a valid token allows. */
export interface Grant {
    readonly clientId: string;
    readonly scopes: readonly Scope[];
    readonly expiresAt: number;
}

/** Who may ask for tokens, and the tokens that are out. */
export class Tokens {
    private readonly clients: readonly Required<ClientData>[];
    private readonly grants = new Map<string, Grant>();

    constructor(
        clients: readonly ClientData[] = [demoClient],
        private readonly lifetimeSeconds: number,
        private readonly clock: Clock,
    ) {
        this.clients = clients.map((client) => ({ audience: defaultAudience, scopes, ...client }));
    }

    /** @throws Refusal `invalid_client`, naming the credential that is wrong */
    issue({ clientId, clientSecret, audience }: Credentials): IssuedToken {
        const client = this.clients.find((known) => known.clientId === clientId);
        if (client === undefined) {
            throw invalidClient("The client_id is not known.");
        }
        if (client.clientSecret !== clientSecret) {
            throw invalidClient("The client_secret is not the one of this client_id.");
        }
        if (client.audience !== audience) {
            throw invalidClient("The audience is not one that this client_id may ask for.");
        }
        this.forgetExpired();
        const token = randomUUID().replaceAll("-", "");
        const expiresAt = this.clock.now() + this.lifetimeSeconds * 1000;
        this.grants.set(token, { clientId, scopes: client.scopes, expiresAt });
        return { token, lifetimeSeconds: this.lifetimeSeconds, scopes: client.scopes };
    }

    /** @throws Refusal `invalid_token` when it was never issued or is expired */
    check(token: string): Grant {
        const grant = this.grants.get(token);
        if (grant === undefined || grant.expiresAt <= this.clock.now()) {
            throw new Refusal("unauthenticated", "invalid_token", "The access token is unknown or expired.");
        }
        return grant;
    }

    /** All tokens that are out expire at once. */
    expireAll(): void {
        this.grants.clear();
    }

    summaries(): readonly ClientSummary[] {
        return this.clients.map(({ clientId, audience, scopes }) => ({ clientId, audience, scopes }));
    }

    private forgetExpired(): void {
        const now = this.clock.now();
        for (const [token, grant] of this.grants) {
            if (grant.expiresAt <= now) {
                this.grants.delete(token);
            }
        }
    }
}

function invalidClient(message: string): Refusal {
    return new Refusal("unauthenticated", "invalid_client", message, { error_description: message });
}
