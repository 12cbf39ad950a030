import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import { jsonBody } from "../../bodies";
import { Refusal } from "../../refusal";
import { compileFlawCheck } from "../../schema";
import type { AiPlatform } from "../platform";
import { missingArgument } from "../problem";

/** The most bytes of a JSON body. */
const jsonLimit = 60 * 1024;

/** The most bytes of an uploaded file. */
export const fileLimit = 256 * 1024 * 1024;

/** Checks bodies: their size and schema, and that a GET has none. */
export function checkBodies(api: FastifyInstance, platform: AiPlatform): void {
    api.addHook("onRoute", (route) => {
        route.bodyLimit ??= jsonLimit;
    });
    api.setValidatorCompiler(({ schema, httpPart }) => {
        const check = compileFlawCheck(schema as object, `The ${httpPart ?? "value"}`);
        return (value: unknown) => {
            const flaw = check(value);
            if (flaw === null) {
                return { value };
            }
            const code = flaw.isMissing ? missingArgument : "bad_request";
            return { error: new Refusal("invalid", code, flaw.message) };
        };
    });
    api.addHook("preValidation", (request, _reply, done) => {
        // The server does not read the body of a GET: what the head says of it must do.
        const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
        const hasBody = length !== "0" || encoding !== undefined;
        const isRefused =
            hasBody && request.method === "GET" && platform.variants.now.getBodies === "refused";
        done(isRefused ? new Refusal("forbidden", "forbidden", "A GET must not have a body.") : undefined);
    });
}

/** As `jsonBody`, but without a body it is an empty object. */
export function optionalJsonBody(
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
): void {
    if (Buffer.isBuffer(request.body) && request.body.length > 0) {
        jsonBody(request, reply, done);
        return;
    }
    request.body = {};
    done();
}

/** An upload: a project and a file. */
export interface Upload {
    readonly projectId: string;
    readonly file: Buffer;
}

/** Reads an upload (multipart/form-data). @throws Refusal when something of it is not there */
export async function uploadOf({ body, headers }: FastifyRequest): Promise<Upload> {
    const type = headers["content-type"] ?? "";
    if (!type.startsWith("multipart/form-data") || !Buffer.isBuffer(body)) {
        throw Refusal.invalid("The body must be sent as multipart/form-data.");
    }
    const form = await readForm(body, type);
    const [projectId, file] = [form.get("projectId"), form.get("file")];
    if (typeof projectId !== "string") {
        throw new Refusal("invalid", missingArgument, "projectId is required.");
    }
    if (file === null || typeof file === "string") {
        throw new Refusal("invalid", missingArgument, "file is required.");
    }
    return { projectId, file: Buffer.from(await file.arrayBuffer()) };
}

async function readForm(body: Buffer, type: string): Promise<FormData> {
    try {
        return await new Response(body, { headers: { "content-type": type } }).formData();
    } catch {
        throw Refusal.invalid("The body is not valid multipart/form-data.");
    }
}
