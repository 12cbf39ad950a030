import type { Clock } from "../../clock.js";
import type { HttpClientParts } from "../http/client.js";
import { ClientCredentialsAccess } from "../http/client-credentials.js";
import type { BotsConnection } from "./connection.js";

/** Access with the tokens of the bots API. */
export function botsAccess(client: BotsConnection, clock: Clock): HttpClientParts["access"] {
    return (send) => new ClientCredentialsAccess(client, "/oauth/token", send, clock);
}
