import { ReleaseError } from "../release/failure.js";

/**
 * What kind of answer it was.
 *
 * `unavailable`: no answer, a reset, a time-out or a 5xx; for a call that changes something the outcome is unknown.
 * `malformed`: an answer that does not fit the contract; likewise unknown.
 */
export type PlatformErrorKind =
    | "unauthorized"
    | "forbidden"
    | "not_found"
    | "conflict"
    | "rejected"
    | "rate_limited"
    | "redirected"
    | "unavailable"
    | "malformed";

/** A call that the platform did not answer as hoped. The message names the call and says what to do. */
export class PlatformError extends ReleaseError {
    override name = "PlatformError";

    /**
     * @param kind what kind of answer it was.
     * @param call the call, such as `GET /api/v2/bots/bot_12345/flows/flow_67890`.
     * @param message for people.
     */
    constructor(
        readonly kind: PlatformErrorKind,
        readonly call: string,
        message: string,
    ) {
        super(message);
    }

    /** Whether a call that changes something may have done so all the same. */
    get outcomeUnknown(): boolean {
        return this.kind === "unavailable" || this.kind === "malformed";
    }
}

/** Tells whether an error is a platform error of one of these kinds. */
export function isPlatformError(error: unknown, ...kinds: PlatformErrorKind[]): error is PlatformError {
    return error instanceof PlatformError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** What a call comes to; undefined where the platform says that there is no such thing. */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
    try {
        return await call;
    } catch (error) {
        if (isPlatformError(error, "not_found")) {
            return undefined;
        }
        throw error;
    }
}
