import type { QuotaSettings } from "../quota";
import type { Timing } from "../tasks";
import type { Variants } from "../variants";

/** Who may call with an API key. */
export interface UserData {
    readonly email: string;
    readonly apiKey: string;
    /** @default the e-mail address */
    readonly name?: string;
    /** Roles in the organisation; `admin` and `fullSupportUser` may read the audit events. @default ["admin"] */
    readonly roles?: readonly string[];
    /** The names of the projects that the user is a member of. @default all */
    readonly projects?: readonly string[];
}

/** Who may ask for OAuth2 tokens. */
export interface OauthClientData {
    readonly clientId: string;
    readonly clientSecret: string;
    /** The e-mail address of the user in whose name the client acts. */
    readonly user: string;
}

/** What the Cognigy.AI contract needs beside the bots, each of which is a project there. */
export interface AiData extends Partial<Timing> {
    /** @default the demo user */
    readonly users?: readonly UserData[];
    /** @default none */
    readonly oauthClients?: readonly OauthClientData[];
    /** How many requests in which time; null: no limit. @default 1000 in 300 seconds */
    readonly quota?: QuotaSettings | null;
    /** What is not known for sure, and which of the answers is given. */
    readonly variants?: Partial<Variants>;
}
