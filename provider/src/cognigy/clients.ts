import { aiAccess } from "./ai/access.js";
import type { AiConnection } from "./ai/connection.js";
import { botsAccess } from "./bots/access.js";
import type { BotsConnection } from "./bots/connection.js";
import { OPEN_TO_ALL } from "./http/access.js";
import { HttpClient, type HttpClientParts } from "./http/client.js";

/** What clients are made with, whatever tenant they are for. */
export type ClientParts = Omit<HttpClientParts, "address" | "access">;

/** The client for a tenant that speaks the bots API. */
export function botsClient(connection: BotsConnection, parts: ClientParts): HttpClient {
    return new HttpClient({ ...parts, address: connection, access: botsAccess(connection, parts.clock) });
}

/** The clients for a tenant that speaks the Cognigy.AI API: for the API, and for conversations. */
export function aiClients(
    connection: AiConnection,
    parts: ClientParts,
): { http: HttpClient; endpoints: HttpClient } {
    return {
        http: new HttpClient({ ...parts, address: connection, access: aiAccess(connection, parts.clock) }),
        endpoints: new HttpClient({ ...parts, address: connection.endpoints, access: () => OPEN_TO_ALL }),
    };
}
