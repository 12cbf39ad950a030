import { isRecord } from "./canonical.js";
import { contextIn } from "./kept-context.js";
import { gatesIn } from "./kept-gates.js";
import { keptRecord, RECORD_KEY, recordIn } from "./kept-record.js";
import { fromText } from "./kept-text.js";
import { type CheckedFindings, compact } from "./state.js";
import { isUnknown, UNKNOWN } from "./unknown.js";

type Properties = Record<string, unknown>;

/** All that `check` finds out. */
export const FINDINGS = [
    "contentHash",
    "changes",
    "risk",
    "gates",
    "context",
] as const satisfies readonly (keyof CheckedFindings)[];

/**
 * What `check` found out as the engine keeps it with the inputs.
 *
 * A release that stands has the record with which it went live, and a key more that holds null: the engine takes null for
 * nothing, so the inputs are those that it has already, and it does not write its state anew for each release.
 *
 * @param findings unknown when nothing can be found out before `up`. Said so, for policies: not left out.
 */
export function keptFindings(findings: CheckedFindings | typeof UNKNOWN): Properties {
    if (findings === UNKNOWN) {
        return { [RECORD_KEY]: UNKNOWN };
    }
    return Object.keys(findings).length === 0
        ? {}
        : {
              [RECORD_KEY]: keptRecord({ ...findings }),
              ...(findings.context?.deploys === false ? { stands: null } : {}),
          };
}

/** What {@link keptFindings} was given; each is unknown where that was. */
export function findingsIn(kept: Properties): Properties {
    const record = kept[RECORD_KEY];
    if (isUnknown(record)) {
        return Object.fromEntries(FINDINGS.map((name) => [name, UNKNOWN]));
    }
    const found = record === undefined ? findingsByName(kept) : recordIn(record);
    const { context } = found;
    return isRecord(context) && kept.stands === null
        ? { ...found, context: { ...context, deploys: false } }
        : found;
}

/** Earlier versions of this package kept each under its own name. */
function findingsByName(kept: Properties): Properties {
    const { contentHash, changes, risk, gates, context } = kept;
    return compact({
        contentHash,
        changes,
        risk,
        gates: gatesIn(fromText(gates)),
        context: isRecord(context) ? contextIn(context) : context,
    });
}
