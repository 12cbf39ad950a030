import { plainText } from "./plain-text.js";
import type { ReleaseState } from "./state.js";

/**
 * Something that a release met and that a person can act upon: told in plain words, without a stack.
 *
 * The engine's host prints an error's `toString()` and stack beside the message when a method other than `create` and
 * `update` fails; both are cut down to a pointer so that the message stands alone.
 */
export class ReleaseError extends Error {
    override name = "ReleaseError";

    constructor(message: string) {
        super(plainText(message));
        this.stack = "the reason is told with the resource";
    }

    override toString(): string {
        return "cognigy";
    }
}

/** A release that did not go through, with the state to keep, so that the next attempt goes on from there. */
export class ReleaseFailure extends ReleaseError {
    override name = "ReleaseFailure";

    constructor(
        message: string,
        readonly state: ReleaseState,
    ) {
        super(message);
    }
}

/** What work comes to; undefined where it is refused with a reason for people, and nobody fails for it. */
export async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
    try {
        return await work;
    } catch (error) {
        if (error instanceof ReleaseError) {
            return undefined;
        }
        throw error;
    }
}
