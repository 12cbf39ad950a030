import { isRecord } from "./canonical.js";
import { withDefault } from "./defaults.js";
import { objectIn } from "./kept-declared.js";
import { FINDINGS, findingsIn } from "./kept-findings.js";
import { RECORD_KEY } from "./kept-record.js";
import type { CheckedInputs } from "./state.js";

const IS_FINDING: ReadonlySet<string> = new Set(FINDINGS);

/**
 * A release as policies are given it, in full.
 *
 * Nothing is read before it is asked for: in a preview a value may not be known yet, and reading it puts the policy off.
 */
export function releaseIn(properties: object): CheckedInputs {
    let found: Record<string, unknown> | undefined;
    return new Proxy(properties, {
        has: (given, key) => Reflect.has(given, key) || (IS_FINDING.has(String(key)) && RECORD_KEY in given),
        get: (given, key) => {
            const name = String(key);
            if (!IS_FINDING.has(name)) {
                return filledIn(name, objectIn(name, Reflect.get(given, key)));
            }
            found ??= findingsIn(given as Record<string, unknown>);
            return found[name];
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
