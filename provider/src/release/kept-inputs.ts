import { canonicalJson, isRecord } from "./canonical.js";
import type { ReleaseContext } from "./context.js";
import { withDefaults, withoutDefaults } from "./defaults.js";
import { declaredOf, type ReleaseInputs } from "./inputs.js";
import { contextIn, keptContext } from "./kept-context.js";
import { gatesIn, keptGates } from "./kept-gates.js";
import { type CheckedFindings, type CheckedInputs, compact } from "./state.js";

type Properties = Record<string, unknown>;

/**
 * Inputs as the engine keeps them: what was declared, and what was found out. The engine writes the inputs and outputs of all
 * resources anew with every step of an `up`, so what can be said without them is left out.
 */
export function keptInputs(inputs: ReleaseInputs, findings: CheckedFindings | Properties): Properties {
    const { gates, context, ...others } = findings;
    return {
        ...withoutDefaults(declaredOf({ ...inputs })),
        ...others,
        ...compact({
            gates: isRecord(gates) ? canonicalJson(keptGates(gates)) : gates,
            context: isRecord(context) ? keptContext(context as unknown as ReleaseContext) : context,
        }),
    };
}

/** Inputs as {@link keptInputs} gave them, or an earlier version of this package. Values that are not known yet pass. */
export function checkedIn(properties: Properties): CheckedInputs {
    const { contentHash, changes, risk, gates, context } = properties;
    const findings = {
        contentHash,
        changes,
        risk,
        gates: gatesIn(gates),
        context: isRecord(context) ? contextIn(context) : context,
    };
    return { ...withDefaults(declaredOf(properties)), ...compact(findings) } as unknown as CheckedInputs;
}

/** The declared part of properties, with the defaults. */
export function declaredIn(properties: Properties): Properties {
    return withDefaults(declaredOf(properties));
}
