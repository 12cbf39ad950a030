import { isRecord } from "./canonical.js";
import { fromText } from "./kept-text.js";
import { isUnknown } from "./unknown.js";

/** What holds for a simulation that does not say otherwise: all must pass, and all have. */
const ALL = { passRate: 1, minPassRate: 1 };

/** What the gates found, without what goes without saying. Values that are not known yet, or not there, pass. */
export function keptGates(gates: unknown): unknown {
    if (!isRecord(gates) || !isRecord(gates.simulation)) {
        return gates;
    }
    const rest = Object.entries(gates.simulation).filter(([name, value]) => Reflect.get(ALL, name) !== value);
    return { ...gates, simulation: Object.fromEntries(rest) };
}

/** What {@link keptGates} was given, also where that was made a text. */
export function gatesIn(kept: unknown): unknown {
    const gates = isUnknown(kept) ? kept : fromText(kept);
    return isRecord(gates) && isRecord(gates.simulation)
        ? { ...gates, simulation: { ...ALL, ...gates.simulation } }
        : gates;
}
