import type { FastifyInstance } from "fastify";
import { formBody } from "../../bodies";
import { Refusal } from "../../refusal";
import type { BotsPlatform } from "../platform";

interface TokenForm {
    readonly grant_type: string;
    readonly client_id: string;
    readonly client_secret: string;
    readonly audience: string;
}

const field = { type: "string", minLength: 1 };

const tokenFormSchema = {
    type: "object",
    required: ["grant_type", "client_id", "client_secret", "audience"],
    properties: { grant_type: field, client_id: field, client_secret: field, audience: field },
};

/** `POST /oauth/token`: credentials for a token. */
export function registerTokenRoute(api: FastifyInstance, platform: BotsPlatform): void {
    api.post<{ Body: TokenForm }>(
        "/oauth/token",
        { preValidation: formBody, schema: { body: tokenFormSchema } },
        ({ body }, reply) => {
            if (body.grant_type !== "client_credentials") {
                throw new Refusal(
                    "invalid",
                    "unsupported_grant_type",
                    `The grant_type must be client_credentials, not "${body.grant_type}".`,
                );
            }
            const { token, lifetimeSeconds, scopes } = platform.tokens.issue({
                clientId: body.client_id,
                clientSecret: body.client_secret,
                audience: body.audience,
            });
            return reply.header("cache-control", "no-store").send({
                access_token: token,
                expires_in: lifetimeSeconds,
                token_type: "Bearer",
                scope: scopes.join(" "),
            });
        },
    );
}
