import { earlierState } from "./earlier-state.js";
import { ReleaseError } from "./failure.js";
import { DECLARED } from "./inputs.js";
import { declaredIn, keptDeclared } from "./kept-declared.js";
import { keptRecord, RECORD_KEY, recordIn } from "./kept-record.js";
import { compact, type Found, foundIn, type ReleaseState, SCHEMA_VERSION } from "./state.js";

type Properties = Record<string, unknown>;

const IS_DECLARED: ReadonlySet<string> = new Set(DECLARED);

/** A state as the engine keeps it: what was declared, and what was found out and came of it. */
export function keptState(state: ReleaseState): Properties {
    const rest = Object.entries(state).filter(([name]) => !IS_DECLARED.has(name));
    return {
        ...keptDeclared({ ...state }),
        [RECORD_KEY]: keptRecord({
            ...Object.fromEntries(rest),
            ...compact(foundIn(state)),
            schemaVersion: SCHEMA_VERSION,
        }),
    };
}

/**
 * Reads a state as an earlier version of this package, or this one, wrote it.
 *
 * @throws ReleaseError when it cannot be one.
 */
export function readState(properties: Properties): ReleaseState {
    const { health, artifact, ...record } = recordIn(properties[RECORD_KEY]) as Partial<ReleaseState> & Found;
    // Up to version 2 it was a property of its own.
    const { schemaVersion = record.schemaVersion } = properties;
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
    if (schemaVersion < SCHEMA_VERSION) {
        return earlierState(properties);
    }
    const declared = declaredIn(properties) as unknown as ReleaseState;
    return {
        ...declared,
        ...record,
        schemaVersion,
        health: { ...declared.health, ...health },
        ...(declared.artifact ? { artifact: { ...declared.artifact, ...artifact } } : {}),
    };
}
