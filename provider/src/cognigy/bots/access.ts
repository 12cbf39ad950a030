import type { Clock } from "../../clock.js";
import type { HttpClientParts } from "../http/client.js";
import { ClientCredentialsAccess, tokenForm } from "../http/client-credentials.js";
import * as answers from "./answers.js";
import type { BotsConnection } from "./connection.js";

/** Access with the tokens of the bots API. */
export function botsAccess(client: BotsConnection, clock: Clock): HttpClientParts["access"] {
    return (send) =>
        new ClientCredentialsAccess(
            client,
            async () => {
                const form = tokenForm("/oauth/token", client);
                const { access_token, expires_in } = await send(form, answers.token);
                return { value: access_token, expiresIn: expires_in };
            },
            clock,
        );
}
