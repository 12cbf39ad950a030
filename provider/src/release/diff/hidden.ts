import { credentialIn } from "../credentials.js";
import type { Json } from "./change.js";
import { isFields, isList, type Value } from "./value.js";

/** Stands for what must not be seen. */
export const HIDDEN = "[not shown]";

/** Names under which credentials are kept. */
const SECRET_NAME =
    /secret|passw|pwd|token(?!s)|authori[sz]ation|cookie|credential|(?:api|access|private)[-_ ]?key/i;

/** A value as plain JSON, with nothing in it that looks like a credential or stands where one is kept. */
export function withoutCredentials(value: Value, path: readonly string[]): Json {
    const secret = path.some((name) => SECRET_NAME.test(name));
    if (typeof value === "string") {
        return secret || credentialIn(value) ? HIDDEN : value.toWellFormed();
    }
    if (isFields(value)) {
        return Object.fromEntries(
            [...value].map(([name, inner]) => [name, withoutCredentials(inner, secret ? path : [name])]),
        );
    }
    return isList(value) ? value.map((item) => withoutCredentials(item, secret ? path : [])) : value;
}
