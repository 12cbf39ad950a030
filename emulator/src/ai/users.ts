import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { Refusal } from "../refusal";
import type { OauthClientData, UserData } from "./data/ai-data";
import { demoUser } from "./data/demo-user";
import { objectIdFor } from "./ids";
import type { Project } from "./project";

/** Somebody who may call. */
export interface User {
    readonly _id: string;
    readonly email: string;
    readonly name: string;
    /** Roles in the organisation, such as `admin`. */
    readonly roles: readonly string[];
    /** The names of the projects that the user is a member of; null: all. */
    readonly projects: readonly string[] | null;
}

/** What a call shows. */
export interface Credentials {
    readonly apiKey?: string | undefined;
    readonly bearer?: string | undefined;
}

/** Who may call, and with which keys and tokens. */
export class Users {
    private readonly byKey: ReadonlyMap<string, User>;
    private readonly byEmail: ReadonlyMap<string, User>;
    private readonly tokens = new Map<string, { readonly user: User; readonly expiresAt: number }>();

    constructor(
        users: readonly UserData[] = [demoUser],
        private readonly clients: readonly OauthClientData[],
        private readonly tokenLifetimeSeconds: number,
        private readonly clock: Clock,
    ) {
        const known = users.map((data) => ({ data, user: userFrom(data) }));
        this.byKey = new Map(known.map(({ data, user }) => [data.apiKey, user]));
        this.byEmail = new Map(known.map(({ user }) => [user.email, user]));
    }

    /** @throws Refusal when there are no credentials, or they are not known */
    authenticate({ apiKey, bearer }: Credentials): User {
        const user = apiKey !== undefined ? this.byKey.get(apiKey) : this.bearerOf(bearer);
        if (user === undefined) {
            throw new Refusal("unauthenticated", "unauthenticated", "The call needs a valid API key.");
        }
        return user;
    }

    /** A token for a client. @throws Refusal when the client or its secret is not known */
    issueToken(
        clientId: string,
        clientSecret: string,
    ): { readonly token: string; readonly lifetimeSeconds: number } {
        const client = this.clients.find((known) => known.clientId === clientId);
        const user = client && this.byEmail.get(client.user);
        if (user === undefined || client?.clientSecret !== clientSecret) {
            throw new Refusal("unauthenticated", "invalid_client", "The client is not known.");
        }
        const token = randomUUID();
        this.tokens.set(token, { user, expiresAt: this.clock.now() + this.tokenLifetimeSeconds * 1000 });
        return { token, lifetimeSeconds: this.tokenLifetimeSeconds };
    }

    private bearerOf(token: string | undefined): User | undefined {
        const grant = token === undefined ? undefined : this.tokens.get(token);
        return grant !== undefined && grant.expiresAt > this.clock.now() ? grant.user : undefined;
    }
}

/** Whether the user is a member of the project. */
export function isMember({ projects }: User, project: Project): boolean {
    return projects === null || projects.includes(project.name);
}

/** The `_id` of the user with an e-mail address. */
export function userIdFor(email: string): string {
    return objectIdFor("user", email);
}

function userFrom({ email, name = email, roles = ["admin"], projects }: UserData): User {
    return { _id: userIdFor(email), email, name, roles, projects: projects ?? null };
}
