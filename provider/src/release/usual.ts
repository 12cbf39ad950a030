import { sameValue } from "./canonical.js";

/** An object without what is as usual. */
export function withoutUsual(value: object, usual: object): object {
    return Object.fromEntries(
        Object.entries(value).filter(([name, own]) => !sameValue(own, Reflect.get(usual, name))),
    );
}
