import type { FastifyInstance } from "fastify";
import { formBody } from "../../bodies";
import type { Refusal } from "../../refusal";
import type { AiPlatform } from "../platform";

interface TokenForm {
    readonly grant_type: string;
    readonly client_id: string;
    readonly client_secret: string;
}

const field = { type: "string", minLength: 1 };

const tokenFormSchema = {
    type: "object",
    required: ["grant_type", "client_id", "client_secret"],
    properties: { grant_type: field, client_id: field, client_secret: field },
};

/** `POST /auth/oauth2/token`: a client's credentials for a token. Its errors are those of OAuth2. */
export function registerOauthRoute(api: FastifyInstance, platform: AiPlatform): void {
    api.post<{ Body: TokenForm }>(
        "/auth/oauth2/token",
        { preValidation: formBody, schema: { body: tokenFormSchema } },
        ({ body }, reply) => {
            if (body.grant_type !== "client_credentials") {
                return reply.code(400).send({
                    error: "unsupported_grant_type",
                    error_description: "Only client_credentials is offered here.",
                });
            }
            try {
                const { token, lifetimeSeconds } = platform.users.issueToken(
                    body.client_id,
                    body.client_secret,
                );
                return reply
                    .header("cache-control", "no-store")
                    .send({ access_token: token, token_type: "Bearer", expires_in: lifetimeSeconds });
            } catch (error) {
                const { code, message } = error as Refusal;
                return reply.code(401).send({ error: code, error_description: message });
            }
        },
    );
}
