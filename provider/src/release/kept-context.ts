import type { Impact, ReleaseContext } from "./context.js";
import { RISKS } from "./diff/change.js";
import { fromText } from "./kept-text.js";
import type { SharedUse } from "./shared.js";
import { withoutUsual } from "./usual.js";

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

/** What a release touches where it does not say otherwise. */
const NO_RISKS = Object.fromEntries(RISKS.map((risk) => [risk, 0])) as Impact["risks"];
const NOTHING_SHARED: SharedUse = { flows: [], resources: 0, unseen: 0 };

function keptImpact({ risks, shared, ...rest }: Impact): Properties {
    return {
        ...rest,
        risks: withoutUsual(risks, NO_RISKS),
        ...(shared ? { shared: withoutUsual(shared, NOTHING_SHARED) } : {}),
    };
}

function impactIn({ risks, shared, ...rest }: Impact): Impact {
    return {
        ...rest,
        risks: { ...NO_RISKS, ...risks },
        ...(shared ? { shared: { ...NOTHING_SHARED, ...shared } } : {}),
    };
}
