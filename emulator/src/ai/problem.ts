import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { JsonObject } from "../json";
import type { RefusalKind } from "../refusal";

/** An error as the API gives it (RFC 7807), with the product's own number. */
export interface Problem {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    readonly instance: string;
    readonly code: number;
    readonly traceId: string;
    readonly details: JsonObject;
}

/** The HTTP status and the product's number of each sort of refusal. */
const answers: Readonly<Record<RefusalKind, { readonly status: number; readonly code: number }>> = {
    invalid: { status: 400, code: 1005 },
    unauthenticated: { status: 401, code: 401 },
    forbidden: { status: 403, code: 403 },
    not_found: { status: 404, code: 1002 },
    conflict: { status: 409, code: 1004 },
    unsupported_media_type: { status: 400, code: 400 },
    too_many_requests: { status: 429, code: 429 },
    internal: { status: 500, code: 1008 },
};

/** The code of a refusal because of something that is left out. */
export const missingArgument = "missing_argument";

/** The problem that tells a refusal. */
export function problemOf(kind: RefusalKind, reason: string, detail: string, path: string): Problem {
    const { status, code } = answers[kind];
    return problem(status, reason === missingArgument ? 1000 : code, detail, path);
}

/** Any problem. */
export function problem(status: number, code: number, detail: string, path: string): Problem {
    return {
        type: "about:blank",
        title: STATUS_CODES[status] ?? "Error",
        status,
        detail,
        instance: path,
        code,
        traceId: randomUUID(),
        details: {},
    };
}
