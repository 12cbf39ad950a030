import { isRecord } from "./canonical.js";

/** What holds for a simulation that does not say otherwise: all must pass, and all have. */
const ALL = { passRate: 1, minPassRate: 1 };

/** What the gates found, without what goes without saying. What is not there passes. */
export function keptGates(gates: unknown): unknown {
    if (!isRecord(gates) || !isRecord(gates.simulation)) {
        return gates;
    }
    const rest = Object.entries(gates.simulation).filter(([name, value]) => Reflect.get(ALL, name) !== value);
    return { ...gates, simulation: Object.fromEntries(rest) };
}

/** What {@link keptGates} was given. */
export function gatesIn(gates: unknown): unknown {
    return isRecord(gates) && isRecord(gates.simulation)
        ? { ...gates, simulation: { ...ALL, ...gates.simulation } }
        : gates;
}
