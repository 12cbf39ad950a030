import { withDefault } from "./defaults.js";
import type { ReleaseInputs } from "./inputs.js";
import { objectIn } from "./kept-declared.js";
import { recordIn } from "./kept-record.js";
import type { ReleaseState } from "./state.js";

/** The outputs that are not declared: what `check` found out, and what came of the release. */
export const RECORDED = [
    "deploymentId",
    "pendingDeploymentId",
    "status",
    "liveVersionTag",
    "unreleasedChanges",
    "previousVersionTag",
    "previousDeploymentId",
    "contentHash",
    "changes",
    "risk",
    "gates",
    "nodesCount",
    "lastModified",
    "complianceRef",
    "deployedAt",
] as const satisfies readonly Exclude<keyof ReleaseState, keyof ReleaseInputs>[];

/** The outputs that are declared, and have what came of it added. */
export const SHARED: ReadonlySet<string> = new Set<keyof ReleaseInputs>(["health", "artifact"]);

/** Stands for an output of which nothing is known before `up`. */
export const NOT_YET = Symbol("not yet known");

/** An output as a program reads it. In a preview the record holds what `check` found out, and nothing of what will come of it. */
export function recordedIn(record: unknown, name: (typeof RECORDED)[number]): unknown {
    const recorded = recordIn(record);
    return recorded.status === undefined && !(name in recorded) ? NOT_YET : recorded[name];
}

/** A declared output as a program reads it: in full. */
export function declaredOutput(name: string, kept: unknown): unknown {
    return withDefault(name, objectIn(name, kept));
}

/** A declared output with what came of it. */
export function sharedOutput(name: string, kept: unknown, record: unknown): unknown {
    const declared = declaredOutput(name, kept) as object | undefined;
    return declared && { ...declared, ...(recordIn(record)[name] as object | undefined) };
}
