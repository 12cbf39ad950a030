import { withDefaults } from "./defaults.js";
import { gatesIn } from "./kept-gates.js";
import { fromText } from "./kept-text.js";
import { compact, type ReleaseState } from "./state.js";

/** The properties that state version 2 kept as one text each. */
const TEXTS = [
    "dependencies",
    "simulation",
    "deployment",
    "health",
    "artifact",
    "promotedFrom",
    "gates",
    "changes",
    "unreleasedChanges",
];

/** Reads state version 1, which held all of it by name, with the defaults, and version 2, which held it by name, short. */
export function earlierState(properties: Record<string, unknown>): ReleaseState {
    const texts = TEXTS.map((name) => [name, fromText(properties[name])]);
    const state = withDefaults({ ...properties, ...compact(Object.fromEntries(texts)) });
    return { ...state, ...compact({ gates: gatesIn(state.gates) }) } as unknown as ReleaseState;
}
