/**
 * The outputs that are kept as one text of JSON each. The engine writes the state of all resources anew with every step of an
 * `up`, and puts each property of a property on a line of its own, far to the right.
 */
export const KEPT_AS_TEXT = [
    "dependencies",
    "simulation",
    "deployment",
    "health",
    "artifact",
    "promotedFrom",
    "gates",
    "changes",
    "unreleasedChanges",
] as const;

/** An output as it was before it became a text; an earlier version of this package kept it as it was. */
export function fromText(value: unknown): unknown {
    return typeof value === "string" ? JSON.parse(value) : value;
}
