import { isRecord } from "./canonical.js";
import type { ReleaseContext } from "./context.js";
import { withDefaults, withoutDefaults } from "./defaults.js";
import { declaredOf, type ReleaseInputs } from "./inputs.js";
import { type CheckedFindings, type CheckedInputs, compact } from "./state.js";

type Properties = Record<string, unknown>;

/**
 * Inputs as the engine keeps them: what was declared, and what was found out. The engine writes the inputs and outputs of all
 * resources anew with every step of an `up`, so what can be said without them is left out.
 */
export function keptInputs(inputs: ReleaseInputs, findings: CheckedFindings | Properties): Properties {
    const { context, ...others } = findings;
    return {
        ...withoutDefaults(declaredOf({ ...inputs })),
        ...others,
        ...(isRecord(context)
            ? { context: keptContext(context as unknown as ReleaseContext) }
            : compact({ context })),
    };
}

/** Inputs as {@link keptInputs} gave them, or an earlier version of this package. Values that are not known yet pass. */
export function checkedIn(properties: Properties): CheckedInputs {
    const { contentHash, changes, risk, gates, context } = properties;
    const findings = {
        contentHash,
        changes,
        risk,
        gates,
        context: isRecord(context) ? contextIn(context) : context,
    };
    return { ...withDefaults(declaredOf(properties)), ...compact(findings) } as unknown as CheckedInputs;
}

/** The declared part of properties, with the defaults. */
export function declaredIn(properties: Properties): Properties {
    return withDefaults(declaredOf(properties));
}

/**
 * A release that stands has the context with which it went live, and a key more that holds null: the engine takes null for
 * nothing, so the inputs are those that it has already, and it does not write its state anew for each release.
 */
function keptContext({ deploys, proven, ...rest }: ReleaseContext): Properties {
    return {
        ...rest,
        ...(proven.length > 0 ? { proven } : {}),
        ...(deploys ? {} : { stands: null }),
    };
}

/** A context as {@link keptInputs} left it, or an earlier version of this package. */
export function contextIn(context: Properties): ReleaseContext {
    const { stands, deploys = stands !== null, proven = [], ...rest } = context;
    return { ...rest, deploys, proven } as ReleaseContext;
}
