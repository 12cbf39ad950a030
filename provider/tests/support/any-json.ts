import fc from "fast-check";

const NAMES = ["__proto__", "constructor", "toString", "items", "steps", "nodes", "status", "flows", "id"];
const anyKey = fc.oneof(fc.constantFrom(...NAMES), fc.string());
/** Any JSON: with names that trip code which looks them up in plain objects, and with those of the contract. */
export const { json: anyJson } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, true, false, "", "completed", "..", 0, -1, 1e308),
        fc.double(),
        fc.string({ unit: "binary" }),
        fc.array(tie("json"), { maxLength: 4 }),
        fc.dictionary(anyKey, tie("json"), { maxKeys: 5 }),
    ),
}));

/** An answer as it should be, with one value in it that is anything: deeper in than chance alone would get. */
export function nearly(good: unknown, value: unknown, at: number): unknown {
    const places: ((anything: unknown) => unknown)[] = [(anything) => anything];
    const walk = (here: unknown, replace: (anything: unknown) => unknown): void => {
        for (const [key, inner] of Object.entries(here ?? {})) {
            const replaceInner = (anything: unknown) =>
                replace(
                    Array.isArray(here)
                        ? here.map((one, index) => (String(index) === key ? anything : one))
                        : { ...(here as object), [key]: anything },
                );
            places.push(replaceInner);
            if (typeof inner === "object") {
                walk(inner, replaceInner);
            }
        }
    };
    walk(good, (anything) => anything);
    return places[at % places.length]?.(value);
}
