import { canonicalJson } from "./canonical.js";
import { withDefaults, withoutDefaults } from "./defaults.js";
import { ReleaseError } from "./failure.js";
import { gatesIn, keptGates } from "./kept-gates.js";
import { fromText, KEPT_AS_TEXT } from "./kept-text.js";
import { compact, type ReleaseState, SCHEMA_VERSION } from "./state.js";

type Properties = Record<string, unknown>;

/** A state as the engine keeps it: without defaults, and without a line for each part of a property. */
export function keptState(state: ReleaseState): Properties {
    const kept: Properties = {
        ...withoutDefaults({ ...state, gates: keptGates(state.gates) }),
        schemaVersion: SCHEMA_VERSION,
    };
    for (const name of KEPT_AS_TEXT) {
        if (kept[name] !== undefined) {
            kept[name] = canonicalJson(kept[name]);
        }
    }
    return compact(kept);
}

/**
 * Reads a state as an earlier version of this package, or this one, wrote it.
 *
 * @throws ReleaseError when it cannot be one.
 */
export function readState(properties: Properties): ReleaseState {
    const { schemaVersion } = properties;
    if (typeof schemaVersion !== "number") {
        throw new ReleaseError(
            "this is no state of a release: `pulumi import` does not work for dynamic resources. Declare the release instead.",
        );
    }
    if (schemaVersion > SCHEMA_VERSION) {
        throw new ReleaseError(
            `this state was written by a later version of pulumi-cognigy (state version ${schemaVersion}, this one reads ` +
                `up to ${SCHEMA_VERSION}). Install that version or a later one.`,
        );
    }
    // Version 1 held all of it by name, with the defaults.
    const state = { ...properties };
    for (const name of KEPT_AS_TEXT) {
        if (state[name] !== undefined) {
            state[name] = fromText(state[name]);
        }
    }
    return { ...withDefaults(state), ...compact({ gates: gatesIn(state.gates) }) } as unknown as ReleaseState;
}
