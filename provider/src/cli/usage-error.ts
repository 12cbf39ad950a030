import { ReleaseError } from "../release/failure.js";

/** The command was not called as it should be. */
export class UsageError extends ReleaseError {
    override name = "UsageError";
}
