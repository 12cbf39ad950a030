import { isRecord } from "./canonical.js";
import { withDefault } from "./defaults.js";
import { contextIn } from "./kept-context.js";
import { gatesIn } from "./kept-gates.js";
import type { CheckedInputs } from "./state.js";

/**
 * A release as policies are given it, with the defaults that its inputs leave out.
 *
 * Nothing is read before it is asked for: in a preview a value may not be known yet, and reading it puts the policy off.
 */
export function releaseIn(properties: object): CheckedInputs {
    return new Proxy(properties, {
        get: (given, name) => {
            const value: unknown = Reflect.get(given, name);
            if (name === "context" && isRecord(value)) {
                return contextIn(value);
            }
            return name === "gates" ? gatesIn(value) : filledIn(String(name), value);
        },
    }) as CheckedInputs;
}

function filledIn(name: string, value: unknown): unknown {
    return isRecord(value)
        ? new Proxy(value, {
              get: (given, key) => {
                  const own: unknown = Reflect.get(given, key);
                  return own === undefined ? Reflect.get(withDefault(name, {}) as object, key) : own;
              },
          })
        : withDefault(name, value);
}
