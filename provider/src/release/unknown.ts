/**
 * The string that stands for a value which is not known before `pulumi up`: the engine hands it to `check`
 * and `diff` in place of the value, whatever the value's real type.
 *
 * A literal, because the domain does not import Pulumi; a test compares it with the SDK's own.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Tells whether a value is not known yet. */
export function isUnknown(value: unknown): boolean {
    return value === UNKNOWN;
}

/** Tells whether a value, or anything inside it, is not known yet. */
export function containsUnknown(value: unknown): boolean {
    if (isUnknown(value)) {
        return true;
    }
    return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
