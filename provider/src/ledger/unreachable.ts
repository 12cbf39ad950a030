import { ReleaseError } from "../release/failure.js";

/** A ledger that cannot be read or written where it is. */
export class LedgerUnreachable extends ReleaseError {
    override name = "LedgerUnreachable";
}

/** What a release does without its ledger, as the end of a clause. */
export const NOT_WITHOUT = ": nothing is deployed without a record";

/** Why a call to the system failed: its code, or what it says. */
export function codeOf(error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    return code ?? message ?? String(error);
}
