import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Fault, MalformedFault, StatusFault } from "./faults";
import { httpDate } from "./rate-limit";

/** Says that the connection is closed, so that nothing may be sent any more. */
export const closed = Symbol("closed");

const gatewayPage = "<!doctype html>\n<title>Gateway</title>\n<h1>The service is being updated</h1>\n";

/** Closes the connection without a word. */
export function dropConnection(request: FastifyRequest): typeof closed {
    request.raw.socket.destroy();
    return closed;
}

/** Answers with the status, headers and body of the fault. */
export function sendStatusFault(reply: FastifyReply, fault: StatusFault, now: number): void {
    reply.send(applyStatus(reply, fault, now));
}

/** What is sent in place of an answer that is ready: another body, or nothing. */
export function damageAnswer(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: unknown,
    fault: Fault,
    now: number,
): unknown {
    switch (fault.kind) {
        case "status":
            return applyStatus(reply, fault, now);
        case "malformed":
            return applyMalformed(reply, fault);
        case "drop":
            return dropConnection(request);
        case "truncate":
            return request.method === "HEAD" ? dropConnection(request) : sendHalf(reply, answer);
        case "latency":
            return answer;
    }
}

function applyStatus(reply: FastifyReply, fault: StatusFault, now: number): string {
    const { status, retryAfter, retryAfterDate } = fault;
    const body = fault.body ?? { error: "injected_fault", message: `This answer (${status}) was injected.` };
    reply.code(status).type(typeof body === "string" ? "text/plain; charset=utf-8" : "application/json");
    if (retryAfterDate !== undefined) {
        reply.header("retry-after", httpDate(now + retryAfterDate * 1000));
    }
    if (retryAfter !== undefined) {
        reply.header("retry-after", String(retryAfter));
    }
    return typeof body === "string" ? body : JSON.stringify(body);
}

function applyMalformed(reply: FastifyReply, fault: MalformedFault): string {
    reply.type(fault.contentType ?? "text/html; charset=utf-8");
    return fault.body ?? gatewayPage;
}

/** Promises the whole answer, sends the first half of it, closes. */
function sendHalf(reply: FastifyReply, answer: unknown): typeof closed {
    const bytes = Buffer.from(typeof answer === "string" || Buffer.isBuffer(answer) ? answer : "  ");
    reply.raw.writeHead(reply.statusCode, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        "content-length": bytes.length,
    });
    reply.raw.write(bytes.subarray(0, Math.max(1, bytes.length >> 1)), () => reply.raw.destroy());
    return closed;
}
