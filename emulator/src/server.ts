import { setMaxListeners } from "node:events";
import { createServer } from "node:http";
import fastify, {
    type FastifyError,
    type FastifyInstance,
    type FastifyReply,
    type FastifyRequest,
    type FastifyServerFactory,
} from "fastify";
import { Annex } from "./annex";
import { registerFaultControl } from "./control/faults";
import { registerRateLimitControl } from "./control/rate-limit";
import { registerRequestControl } from "./control/requests";
import { registerResetControl } from "./control/reset";
import type { Dialect } from "./dialect";
import { Refusal, type RefusalKind } from "./refusal";
import { compileCheck } from "./schema";
import { pathOf, type Traffic, watchTraffic } from "./traffic";

/** Where the control API lives. */
export const controlPrefix = "/_control";

const httpStatus: Readonly<Record<RefusalKind, number>> = {
    invalid: 400,
    unauthenticated: 401,
    forbidden: 403,
    not_found: 404,
    conflict: 409,
    unsupported_media_type: 415,
    too_many_requests: 429,
    internal: 500,
};

/** How long a connection is kept without a request: what Fastify's own server has. */
const keepAliveMs = 72_000;

/** Builds the HTTP server, not listening yet: the contracts behind the traffic's hooks, and the control API. */
export function buildServer(traffic: Traffic, dialects: readonly Dialect[]): FastifyInstance {
    const closing = new AbortController();
    // As many as sleep at the same time.
    setMaxListeners(0, closing.signal);
    const annexes = dialects.flatMap((dialect) =>
        dialect.paths === undefined
            ? []
            : [new Annex(dialect.paths, () => contractServer(traffic, [dialect], closing.signal))],
    );
    const server = contractServer(
        traffic,
        dialects.filter(({ paths }) => paths === undefined),
        closing.signal,
        (handle) =>
            createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
                const annex = annexes.find((part) => part.owns(request));
                if (annex === undefined) {
                    handle(request, response);
                } else {
                    annex.handle(request, response);
                }
            }),
    );
    server.register(
        async (control) => {
            registerRequestControl(control, traffic);
            registerFaultControl(control, traffic);
            registerRateLimitControl(control, traffic);
            registerResetControl(control, traffic, dialects);
        },
        { prefix: controlPrefix },
    );
    server.addHook("preClose", async () => {
        closing.abort();
        await Promise.all(annexes.map((annex) => annex.close()));
    });
    return server;
}

/** A server that speaks some contracts. */
function contractServer(
    traffic: Traffic,
    dialects: readonly Dialect[],
    closing: AbortSignal,
    serverFactory?: FastifyServerFactory,
): FastifyInstance {
    const server = fastify({
        exposeHeadRoutes: false,
        forceCloseConnections: true,
        bodyLimit: 32 * 1024 * 1024,
        rewriteUrl: ({ url = "/" }) => withoutAlias(url, dialects),
        // Ids may be long; Node's own limit on the head of a request is the one that counts.
        routerOptions: { maxParamLength: 64 * 1024 },
        frameworkErrors: (error, request, reply) => {
            traffic.note(request).status = error.statusCode ?? 400;
            sendError(error, request, reply);
        },
        ...(serverFactory === undefined ? {} : { serverFactory }),
    });
    server.setErrorHandler(sendError);
    server.setValidatorCompiler(({ schema, httpPart }) => {
        const check = compileCheck(schema as object, `The ${httpPart ?? "value"}`);
        return (value: unknown) => {
            const problem = check(value);
            return problem === null ? { value } : { error: Refusal.invalid(problem) };
        };
    });
    server.register(async (api) => {
        watchTraffic(api, traffic, closing);
        takeRawBodies(api);
        api.setNotFoundHandler(refuseUnknownCall);
        for (const dialect of dialects) {
            dialect.registerApi(api);
        }
    });
    server.register(
        async (control) => {
            control.setNotFoundHandler(refuseUnknownCall);
            for (const dialect of dialects) {
                dialect.registerControl(control);
            }
        },
        { prefix: controlPrefix },
    );
    return server;
}

/** Refuses a call that no contract has. */
export function refuseUnknownCall(request: FastifyRequest): never {
    throw Refusal.notFound(`There is no call ${request.method} ${pathOf(request)}.`);
}

function withoutAlias(url: string, dialects: readonly Dialect[]): string {
    for (const [alias, path] of dialects.flatMap(({ aliases = {} }) => Object.entries(aliases))) {
        if (url.startsWith(alias)) {
            return path + url.slice(alias.length);
        }
    }
    return url;
}

/** The media type is looked at after the faults and the credentials: who may not call gets no hint on the body. */
function takeRawBodies(api: FastifyInstance): void {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

function sendError(error: FastifyError | Refusal, _request: FastifyRequest, reply: FastifyReply): void {
    if (error instanceof Refusal) {
        const { code, message, details } = error;
        reply.code(httpStatus[error.kind]).send({ error: code, message, ...details });
        return;
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
        reply.code(status).send({ error: "bad_request", message: error.message });
        return;
    }
    process.stderr.write(`${error.stack ?? error.message}\n`);
    reply.code(500).send({ error: "internal_error", message: "The emulator made a mistake." });
}
