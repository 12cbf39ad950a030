import type { Json } from "./json";

const secretNames = /secret|password|token|authorization|api[-_]?key/i;

/** The same value with whatever stands under a secret's name replaced. */
export function redact(value: Json): Json {
    if (Array.isArray(value)) {
        return value.map(redact);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [
                name,
                secretNames.test(name) ? "[redacted]" : redact(inner),
            ]),
        );
    }
    return value;
}
