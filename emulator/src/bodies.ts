import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import type { Json } from "./json";
import { Refusal } from "./refusal";

/** Replaces the raw bytes of a body by the JSON value in them; refuses every other media type. */
export function jsonBody(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
    done(decode(request, "application/json", parseJson));
}

/** Replaces the raw bytes of a body by the fields of the form in them; refuses every other media type. */
export function formBody(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
    done(decode(request, "application/x-www-form-urlencoded", parseForm));
}

/** The body for the request log, whatever its type: never the bytes of what cannot be read. */
export function bodyForLog(request: FastifyRequest): Json | undefined {
    const { body } = request;
    if (!Buffer.isBuffer(body)) {
        return undefined;
    }
    const parse = mediaTypeOf(request) === "application/x-www-form-urlencoded" ? parseForm : parseJson;
    try {
        return parse(body.toString());
    } catch {
        return `(${body.length} bytes that cannot be read)`;
    }
}

function decode(
    request: FastifyRequest,
    mediaType: string,
    parse: (text: string) => Json,
): Refusal | undefined {
    const { body } = request;
    const sent = mediaTypeOf(request);
    if (sent !== mediaType && (sent !== undefined || body !== undefined)) {
        return new Refusal(
            "unsupported_media_type",
            "unsupported_media_type",
            `The body must be sent as ${mediaType}${sent === undefined ? "" : `, not ${sent}`}.`,
        );
    }
    if (!Buffer.isBuffer(body) || body.length === 0) {
        return Refusal.invalid(`A body (${mediaType}) is required.`);
    }
    try {
        request.body = parse(body.toString());
        return undefined;
    } catch (error) {
        return Refusal.invalid(`The body is not valid JSON: ${(error as Error).message}`);
    }
}

function mediaTypeOf(request: FastifyRequest): string | undefined {
    return request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
}

function parseJson(text: string): Json {
    return JSON.parse(text) as Json;
}

/** A field that is given twice becomes a list, so that the schema refuses it. */
function parseForm(text: string): Json {
    const fields = new URLSearchParams(text);
    return Object.fromEntries(
        [...new Set(fields.keys())].map((name) => {
            const values = fields.getAll(name);
            return [name, values.length === 1 ? (values[0] ?? "") : values];
        }),
    );
}
