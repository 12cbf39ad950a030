import { canonicalJson } from "./canonical.js";
import type { Impact, ReleaseContext } from "./context.js";
import { RISKS } from "./diff/change.js";
import { fromText } from "./kept-text.js";

type Properties = Record<string, unknown>;

/**
 * A context as the engine keeps it, short: it writes that of all releases anew with every step.
 *
 * A release that stands has the context with which it went live, and a key more that holds null: the engine takes null for
 * nothing, so the inputs are those that it has already, and it does not write its state anew for each release.
 */
export function keptContext({ deploys, proven, impact, ...rest }: ReleaseContext): Properties {
    return {
        ...rest,
        ...(impact ? { impact: keptImpact(impact) } : {}),
        ...(proven.length > 0 ? { proven } : {}),
        ...(deploys ? {} : { stands: null }),
    };
}

/** A context as {@link keptContext} left it, or an earlier version of this package. */
export function contextIn(context: Properties): ReleaseContext {
    const { stands, deploys = stands !== null, proven = [], impact, ...rest } = context;
    return {
        ...rest,
        ...(impact === undefined ? {} : { impact: impactIn(fromText(impact) as Impact) }),
        deploys,
        proven,
    } as ReleaseContext;
}

/** As one text, always the same for the same, and without the risks that no change has. */
function keptImpact(impact: Impact): string {
    const risks = Object.entries(impact.risks).filter(([, count]) => count > 0);
    return canonicalJson({ ...impact, risks: Object.fromEntries(risks) });
}

function impactIn({ risks, ...rest }: Impact): Impact {
    const none = Object.fromEntries(RISKS.map((risk) => [risk, 0]));
    return { ...rest, risks: { ...none, ...risks } as Impact["risks"] };
}
