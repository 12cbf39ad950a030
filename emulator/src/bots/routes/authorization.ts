import type { FastifyInstance, FastifyRequest } from "fastify";
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
            authorize(request, tokens());
            done();
        } catch (error) {
            const refusal = error as Refusal;
            reply.header("www-authenticate", challengeOf(refusal));
            done(refusal);
        }
    });
}

function authorize(request: FastifyRequest, tokens: Tokens): void {
    const { clientId, scopes } = tokens.check(bearerOf(request));
    const needed = request.routeOptions.config.scope;
    if (needed !== undefined && !scopes.includes(needed)) {
        throw new Refusal(
            "forbidden",
            "insufficient_scope",
            `This call needs the scope ${needed}, which the client "${clientId}" does not have.`,
            { required_scope: needed },
        );
    }
}

/** The only place where the answer to a HEAD can say which scope is missing. */
function challengeOf({ code, details }: Refusal): string {
    const scope = details.required_scope === undefined ? "" : `, scope="${details.required_scope}"`;
    return `Bearer error="${code}"${scope}`;
}

function bearerOf(request: FastifyRequest): string {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (token === undefined) {
        throw new Refusal("unauthenticated", "invalid_token", "The call needs an access token (Bearer).");
    }
    return token;
}
