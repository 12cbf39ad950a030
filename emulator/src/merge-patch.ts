import { isJsonObject, type Json } from "./json";

/** The value with a JSON merge patch (RFC 7386) applied: null removes. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
    if (!isJsonObject(patch)) {
        return patch;
    }
    const merged = new Map(isJsonObject(target) ? Object.entries(target) : []);
    for (const [name, value] of Object.entries(patch)) {
        if (value === null) {
            merged.delete(name);
        } else {
            merged.set(name, mergePatch(merged.get(name), value));
        }
    }
    return Object.fromEntries(merged);
}
