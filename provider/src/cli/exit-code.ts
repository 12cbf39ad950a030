import { isPlatformError } from "../cognigy/errors.js";
import { LedgerUnreachable } from "../ledger/unreachable.js";
import { UsageError } from "./usage-error.js";

/** How the command ends. */
export const EXIT = {
    good: 0,
    /** What was looked at is not as it should be, or what was asked for is refused. */
    refused: 1,
    /** It was not called as it should be. */
    usage: 2,
    /** The platform, or a ledger, cannot be reached. */
    unreachable: 3,
} as const;

/** How the command ends with an error. */
export function exitCodeOf(error: unknown): number {
    if (error instanceof UsageError) {
        return EXIT.usage;
    }
    return isPlatformError(error) || error instanceof LedgerUnreachable ? EXIT.unreachable : EXIT.refused;
}
