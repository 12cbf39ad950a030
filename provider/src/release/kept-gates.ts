import { isRecord } from "./canonical.js";
import { withoutUsual } from "./usual.js";

/** What holds where a summary does not say otherwise: all were looked at, all must pass, and all have. */
const USUAL = { dependencies: { validated: true }, simulation: { passRate: 1, minPassRate: 1 } };

/** What the gates found, without what goes without saying. What is not there passes. */
export function keptGates(gates: unknown): unknown {
    return changed(gates, withoutUsual);
}

/** What {@link keptGates} was given. */
export function gatesIn(gates: unknown): unknown {
    return changed(gates, (kept, usual) => ({ ...usual, ...kept }));
}

function changed(gates: unknown, change: (gate: object, usual: object) => object): unknown {
    if (!isRecord(gates)) {
        return gates;
    }
    const parts = Object.entries(USUAL).flatMap(([name, usual]) => {
        const gate = gates[name];
        return isRecord(gate) ? [[name, change(gate, usual)]] : [];
    });
    return { ...gates, ...Object.fromEntries(parts) };
}
