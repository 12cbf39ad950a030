import { type Scope, scopes } from "../bots/scopes";

/** The audience of clients that name none. */
export const defaultAudience = "https://api.cognigy.com";

/** The client that data without clients has. Its secret is no secret. */
export const demoClient = {
    clientId: "demo-client",
    clientSecret: "demo-secret-do-not-use-in-production",
    audience: defaultAudience,
    scopes: scopes as readonly Scope[],
} as const;
