import { withDefaults, withoutDefaults } from "./defaults.js";
import { declaredOf, type ReleaseInputs } from "./inputs.js";
import { asText, fromText } from "./kept-text.js";

type Properties = Record<string, unknown>;

/** The declared properties that are objects. */
export const OBJECTS = [
    "dependencies",
    "simulation",
    "deployment",
    "health",
    "snapshots",
    "artifact",
    "promotedFrom",
] as const satisfies readonly (keyof ReleaseInputs)[];

const IS_OBJECT: ReadonlySet<string> = new Set(OBJECTS);

/** What is declared of a release, as the engine keeps it: short, and without what goes without saying. */
export function keptDeclared(release: Properties): Properties {
    return mapped(withoutDefaults(declaredOf(release)), (_name, value) => asText(value));
}

/** What is declared of a release in inputs or state as they are kept, with the defaults. */
export function declaredIn(kept: Properties): Properties {
    return withDefaults(declaredOf(mapped(kept, objectIn)));
}

/** A declared property as a program wrote it. */
export function objectIn(name: string, kept: unknown): unknown {
    return IS_OBJECT.has(name) ? fromText(kept) : kept;
}

function mapped(properties: Properties, change: (name: string, value: unknown) => unknown): Properties {
    return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, change(name, value)]));
}
