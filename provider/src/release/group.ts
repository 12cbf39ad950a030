import * as z from "zod";

/** An object that takes the listed properties and no others. */
export function group<T extends z.ZodRawShape>(shape: T) {
    const names = Object.keys(shape).join(", ");
    return z.strictObject(shape, {
        error: (issue) =>
            issue.code === "unrecognized_keys"
                ? `has no property ${issue.keys.map((key) => `"${key}"`).join(", ")}; expected ${names}`
                : `expected an object with ${names}`,
    });
}
