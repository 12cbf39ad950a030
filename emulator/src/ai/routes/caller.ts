import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "../../refusal";
import { pathOf } from "../../traffic";
import type { AiPlatform } from "../platform";
import { problem } from "../problem";
import type { Credentials, User } from "../users";

declare module "fastify" {
    interface FastifyRequest {
        /** Who calls; null before that is known. */
        aiCaller: User | null;
    }
}

/** Lets nobody through without a valid API key or token. */
export function requireCaller(api: FastifyInstance, platform: AiPlatform): void {
    api.addHook("preValidation", (request, reply, done) => {
        try {
            request.aiCaller = platform.users.authenticate(credentialsOf(request));
            done();
        } catch (error) {
            const { invalidKeyStatus } = platform.variants.now;
            if (invalidKeyStatus === 401) {
                done(error as Refusal);
                return;
            }
            reply
                .code(500)
                .type("application/json")
                .send(JSON.stringify(problem(500, 1008, "The user could not be read.", pathOf(request))));
        }
    });
}

/** Who calls. */
export function callerOf(request: FastifyRequest): User {
    if (request.aiCaller === null) {
        throw new Refusal("unauthenticated", "unauthenticated", "The call needs a valid API key.");
    }
    return request.aiCaller;
}

/** The key or token that a call shows: as a header, or as a query parameter. */
export function credentialsOf({ headers, query }: FastifyRequest): Credentials {
    const fromHeader = headers["x-api-key"];
    const fromQuery = (query as { readonly api_key?: unknown }).api_key;
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
    const apiKey = typeof fromHeader === "string" ? fromHeader : fromQuery;
    return { apiKey: typeof apiKey === "string" ? apiKey : undefined, bearer };
}
