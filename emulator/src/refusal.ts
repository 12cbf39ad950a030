/** Why a call is refused, in the words of the domain; the server turns each into an HTTP status. */
export type RefusalKind =
    | "invalid"
    | "unauthenticated"
    | "forbidden"
    | "not_found"
    | "conflict"
    | "unsupported_media_type"
    | "too_many_requests"
    | "internal";

/** An expected "no": the platform understood the call and does not do it. */
export class Refusal extends Error {
    override readonly name = "Refusal";

    /**
     * @param kind what sort of "no" it is
     * @param code the word that programs look at, such as `version_tag_exists`
     * @param message a full sentence for people
     * @param details more fields of the answer, such as the deployment that is in the way
     */
    constructor(
        readonly kind: RefusalKind,
        readonly code: string,
        message: string,
        readonly details: Readonly<Record<string, string>> = {},
    ) {
        super(message);
    }

    /** The call itself is wrong; `message` names the field. */
    static invalid(message: string): Refusal {
        return new Refusal("invalid", "bad_request", message);
    }

    /** What the call speaks of does not exist. */
    static notFound(message: string): Refusal {
        return new Refusal("not_found", "not_found", message);
    }
}
