import { createHash } from "node:crypto";

/**
 * JSON with the keys of every object in order, so that equal values give equal text.
 *
 * @throws RangeError when the value is nested too deeply to walk.
 */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner));
}

/** The SHA-256 of a value's canonical JSON, as `sha256:<64 hex digits>`. */
export function digest(value: unknown): string {
    return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}

/** Tells whether two JSON values are equal, whatever the order of their keys. */
export function sameValue(one: unknown, other: unknown): boolean {
    // Most of what is compared are texts and flags, and most of it is the same: that takes no JSON.
    if (one === other || typeof one !== typeof other) {
        return one === other;
    }
    return canonicalJson(one) === canonicalJson(other);
}

/** Tells whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
    // No prototype: a key named `__proto__` is data like any other.
    const result: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(record).sort()) {
        result[key] = record[key];
    }
    return result;
}
