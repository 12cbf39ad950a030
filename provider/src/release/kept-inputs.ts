import type { ReleaseInputs } from "./inputs.js";
import { declaredIn, keptDeclared } from "./kept-declared.js";
import { findingsIn, keptFindings } from "./kept-findings.js";
import type { CheckedFindings, CheckedInputs } from "./state.js";
import type { UNKNOWN } from "./unknown.js";

type Properties = Record<string, unknown>;

/** Inputs as the engine keeps them: what was declared, and what was found out. */
export function keptInputs(inputs: ReleaseInputs, findings: CheckedFindings | typeof UNKNOWN): Properties {
    return { ...keptDeclared({ ...inputs }), ...keptFindings(findings) };
}

/** Inputs as {@link keptInputs} gave them, or an earlier version of this package. Values that are not known yet pass. */
export function checkedIn(properties: Properties): CheckedInputs {
    return { ...declaredIn(properties), ...findingsIn(properties) } as unknown as CheckedInputs;
}
