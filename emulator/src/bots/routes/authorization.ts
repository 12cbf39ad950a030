import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../../refusal";
import type { Scope } from "../scopes";
import type { Tokens } from "../tokens";

declare module "fastify" {
    interface FastifyContextConfig {
        /** The scope that the call needs. */
        scope?: Scope;
    }
}

/** Lets nobody through without a valid token that has the scope of the route. */
export function requireTokens(api: FastifyInstance, tokens: () => Tokens): void {
    api.addHook("preValidation", (request, reply, done) => {
        try {
            authorize(request, reply, tokens());
            done();
        } catch (refusal) {
            done(refusal as Refusal);
        }
    });
}

function authorize(request: FastifyRequest, reply: FastifyReply, tokens: Tokens): void {
    reply.header("www-authenticate", 'Bearer error="invalid_token"');
    const { clientId, scopes } = tokens.check(bearerOf(request));
    const needed = request.routeOptions.config.scope;
    if (needed !== undefined && !scopes.includes(needed)) {
        reply.header("www-authenticate", `Bearer error="insufficient_scope", scope="${needed}"`);
        throw new Refusal(
            "forbidden",
            "insufficient_scope",
            `This call needs the scope ${needed}, which the client "${clientId}" does not have.`,
            { required_scope: needed },
        );
    }
    reply.removeHeader("www-authenticate");
}

function bearerOf(request: FastifyRequest): string {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (token === undefined) {
        throw new Refusal("unauthenticated", "invalid_token", "The call needs an access token (Bearer).");
    }
    return token;
}
