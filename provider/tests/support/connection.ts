import type { BotsConnection } from "../../src/cognigy/bots/connection.js";

export const CLIENT_SECRET = 's3cr3t/with+"signs" & spaces';

/** Where a tenant of the tests is. */
export function connectionTo(origin: string, more: Partial<BotsConnection> = {}): BotsConnection {
    return {
        api: "bots",
        origin,
        prefix: "",
        clientId: "the-client",
        clientSecret: CLIENT_SECRET,
        audience: "the-audience",
        sources: {
            baseUrl: "cognigy:baseUrl",
            clientId: "cognigy:clientId",
            clientSecret: "COGNIGY_CLIENT_SECRET",
            audience: "cognigy:audience",
        },
        ...more,
    };
}
