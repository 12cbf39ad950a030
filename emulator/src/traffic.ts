import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { bodyForLog } from "./bodies";
import type { Clock } from "./clock";
import { closed, damageAnswer, dropConnection, sendStatusFault } from "./damage";
import { type Fault, FaultBook, type Mishap } from "./faults";
import { RateLimit } from "./rate-limit";
import { redact } from "./redact";
import { Refusal } from "./refusal";
import { type RequestEntry, RequestLog } from "./request-log";

declare module "fastify" {
    interface FastifyRequest {
        /** This request in the log; null outside the API. */
        logEntry: RequestEntry | null;
        /** What befalls the answer to this request. */
        answerFault: Fault | null;
    }
}

/** What stands between the wire and every contract: the log, the injected faults, the rate limit. */
export class Traffic {
    readonly log = new RequestLog();
    readonly faults = new FaultBook();
    readonly rateLimit = new RateLimit();

    constructor(readonly clock: Clock) {}

    /** Forgets requests, faults and the limit. */
    reset(): void {
        this.log.clear();
        this.faults.clear();
        this.rateLimit.set(null, this.clock.now());
    }

    /** Writes the request down, without its body: that is not read yet. */
    note(request: FastifyRequest): RequestEntry {
        const { method, query } = request;
        return this.log.add({
            at: new Date(this.clock.now()).toISOString(),
            method,
            path: pathOf(request),
            query: redact((query ?? {}) as Record<string, string>) as RequestEntry["query"],
        });
    }
}

/**
 * Puts the traffic's hooks before all routes of `api`: log, then faults, then rate limit.
 * @param closing aborted when the server closes, so that nobody goes on sleeping
 */
export function watchTraffic(api: FastifyInstance, traffic: Traffic, closing: AbortSignal): void {
    const { clock, faults, rateLimit } = traffic;
    api.decorateRequest("logEntry", null);
    api.decorateRequest("answerFault", null);

    api.addHook("onRequest", (request, _reply, done) => {
        request.logEntry = traffic.note(request);
        done();
    });

    // Only now is the body there: a latency that began earlier would lose what a client sent before it gave up.
    api.addHook("preValidation", (request, reply, done) => {
        noteBody(request);
        const mishap = faults.pick(request.method, pathOf(request), queryOf(request));
        if (mishap === null) {
            done();
            return;
        }
        noteFault(request, mishap);
        const strike = () => {
            const { fault } = mishap;
            if (fault?.kind === "drop" && fault.when === "before") {
                dropConnection(request);
            } else if (fault?.kind === "status" && !fault.after) {
                sendStatusFault(reply, fault, clock.now());
            } else {
                request.answerFault = fault;
                done();
            }
        };
        if (mishap.latencyMs > 0) {
            clock.sleep(mishap.latencyMs, closing).then(strike, () => dropConnection(request));
        } else {
            strike();
        }
    });

    refuseAboveLimit(api, () => rateLimit.take(clock.now()));

    api.addHook("onSend", (request, reply, payload, done) => {
        const { answerFault } = request;
        const answer =
            answerFault === null ? payload : damageAnswer(request, reply, payload, answerFault, clock.now());
        if (answer === closed) {
            if (reply.raw.headersSent) {
                noteStatus(request, reply);
            }
            return;
        }
        noteStatus(request, reply);
        done(null, answer);
    });
}

/**
 * Puts a limit before all routes of `api` that are added after it.
 * @param take counts one request; gives the `Retry-After` to refuse it with, or null when it may pass
 */
export function refuseAboveLimit(
    api: FastifyInstance,
    take: (request: FastifyRequest) => string | null,
): void {
    api.addHook("preValidation", (request, reply, done) => {
        const retryAfter = take(request);
        if (retryAfter === null) {
            done();
            return;
        }
        if (request.logEntry) {
            request.logEntry.fault ??= "rate_limit";
        }
        reply.header("retry-after", retryAfter);
        done(new Refusal("too_many_requests", "too_many_requests", "Too many requests: see Retry-After."));
    });
}

function noteBody(request: FastifyRequest): void {
    const body = bodyForLog(request);
    if (body !== undefined && request.logEntry) {
        request.logEntry.body = redact(body);
    }
}

function noteFault(request: FastifyRequest, { latencyMs, fault }: Mishap): void {
    if (request.logEntry) {
        request.logEntry.fault = [...(latencyMs > 0 ? ["latency"] : []), ...(fault ? [fault.kind] : [])].join(
            "+",
        );
    }
}

function noteStatus(request: FastifyRequest, reply: FastifyReply): void {
    if (request.logEntry) {
        request.logEntry.status = reply.statusCode;
    }
}

/** The path of a call as it was sent, without its query. */
export function pathOf({ originalUrl }: FastifyRequest): string {
    const end = originalUrl.indexOf("?");
    return end === -1 ? originalUrl : originalUrl.slice(0, end);
}

function queryOf(request: FastifyRequest): string {
    return request.originalUrl.slice(pathOf(request).length + 1);
}
