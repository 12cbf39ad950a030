import type { PlatformErrorKind } from "../errors.js";

/** Why a call was refused, and what to do. */
export interface Refusal {
    kind: PlatformErrorKind;
    /** One sentence or two. */
    text: string;
}

/** How a client shows who it is. */
export interface Access {
    /** A credential that is good for now. */
    credential(): Promise<string>;
    /** Forgets a credential that was refused. @returns whether another one can be had. */
    renew(refused: string): boolean;
    /** The headers that carry it. */
    headers(credential: string): Record<string, string>;
    /** What never stands in a message, beside the credential. */
    readonly secrets: readonly string[];
    /**
     * What a status means that has to do with who calls.
     *
     * @param need what the call needs, such as a scope.
     * @returns undefined where it has nothing to do with that.
     */
    refusal(status: number, need: string): Refusal | undefined;
}

/** Nobody needs to know who calls. */
export const OPEN_TO_ALL: Access = {
    credential: async () => "",
    renew: () => false,
    headers: () => ({}),
    secrets: [],
    refusal: () => undefined,
};
