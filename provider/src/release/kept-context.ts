import type { Impact, ReleaseContext } from "./context.js";
import { RISKS } from "./diff/change.js";
import { fromText } from "./kept-text.js";

type Properties = Record<string, unknown>;

/** A context as the engine keeps it, short, and without whether the release deploys. */
export function keptContext({ deploys: _, proven, impact, ...rest }: ReleaseContext): Properties {
    return {
        ...rest,
        ...(impact ? { impact: keptImpact(impact) } : {}),
        ...(proven.length > 0 ? { proven } : {}),
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

/** Without the risks that no change has. */
function keptImpact({ risks, ...rest }: Impact): Properties {
    return { ...rest, risks: Object.fromEntries(Object.entries(risks).filter(([, count]) => count > 0)) };
}

function impactIn({ risks, ...rest }: Impact): Impact {
    const none = Object.fromEntries(RISKS.map((risk) => [risk, 0]));
    return { ...rest, risks: { ...none, ...risks } as Impact["risks"] };
}
