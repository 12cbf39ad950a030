import { canonicalJson } from "./canonical.js";
import { containsUnknown, isUnknown } from "./unknown.js";

/**
 * A property as the engine keeps it: a list or an object as one text of JSON. The engine writes the state of all resources
 * anew with every step of an `up`, and puts each property of a property on a line of its own, far to the right.
 *
 * What holds a value that is not known yet stays as it is: in a text nobody could tell.
 */
export function asText(value: unknown): unknown {
    return typeof value === "object" && value !== null && !containsUnknown(value)
        ? canonicalJson(value)
        : value;
}

/** A property as it was before {@link asText}; an earlier version of this package kept it as it was. */
export function fromText(value: unknown): unknown {
    return typeof value === "string" && !isUnknown(value) ? JSON.parse(value) : value;
}
