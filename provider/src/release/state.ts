import type { ReleaseContext } from "./context.js";
import type { Risk } from "./diff/change.js";
import type { GateSummary } from "./gates.js";
import type { ReleaseInputs } from "./inputs.js";

/** The version of the state's shape. A later version of this package reads every earlier one. */
export const SCHEMA_VERSION = 3;

/**
 * How the last attempt at a release ended.
 *
 * `in_progress`: it was deployed, and how it ended is not known yet; the next `up` finds out.
 */
export type ReleaseStatus = "completed" | "failed" | "rolled_back" | "blocked" | "in_progress";

/** The exported version on disk. */
export interface Artifact {
    /** Where it was written, beside `Pulumi.yaml` unless the declared folder is absolute. */
    path: string;
    /** 64 hex digits. */
    sha256: string;
    bytes: number;
}

/** What `check` finds out and hands on with the inputs: stable values only, no clock and no run id. */
export interface CheckedFindings {
    /** Names the content that passed the gates: `sha256:<hex>`. */
    contentHash?: string;
    /** What the release changes in the flow, one readable line each, the riskiest first. */
    changes?: string[];
    /** The highest risk of all changes; left out where nothing is live to compare with. */
    risk?: Risk | "none";
    gates?: GateSummary;
    /** What policies judge the release by. Not kept beyond the inputs. */
    context?: ReleaseContext;
}

/** Inputs as `check` returns them and `create` and `update` get them. */
export type CheckedInputs = ReleaseInputs & CheckedFindings;

/** What the bake found. */
export interface HealthSummary {
    verdict: "healthy" | "failed" | "inconclusive" | "error";
    probes: number;
    failures: number;
    errors: number;
}

/** What the state keeps of a release: the inputs as checked, and what came of them. */
export interface ReleaseState extends Omit<CheckedInputs, "health" | "artifact" | "context"> {
    schemaVersion: number;
    status: ReleaseStatus;
    /** The deployment that put this release's last good version live. */
    deploymentId?: string;
    /** A deployment that was started and whose end is not known yet. */
    pendingDeploymentId?: string;
    /** What is live for the flow in the environment, as last seen. */
    liveVersionTag?: string;
    /** What was edited in the flow since it was released, one readable line each, as a refresh last saw it. */
    unreleasedChanges?: string[];
    /** What was live before this release's deployment. */
    previousVersionTag?: string;
    previousDeploymentId?: string;
    nodesCount?: number;
    /** ISO 8601 time of the flow's last edit before the release. */
    lastModified?: string;
    /** The declared limits, and what the bake found. */
    health: ReleaseInputs["health"] & Partial<HealthSummary>;
    /** The declared folder, and the file that was written there. */
    artifact?: NonNullable<ReleaseInputs["artifact"]> & Partial<Artifact>;
    complianceRef?: string;
    /** ISO 8601 time at which the deployment was complete. */
    deployedAt?: string;
}

/** What came of a release, beside its inputs. */
export type Outcome = Omit<ReleaseState, keyof CheckedInputs | "schemaVersion"> &
    Omit<CheckedFindings, "context">;

/** The state of a release that stands on what an earlier attempt left, if there was one. */
export function stateOf(checked: CheckedInputs, outcome: Outcome, found: Found = {}): ReleaseState {
    const { context: _, ...inputs } = checked;
    return {
        ...inputs,
        ...outcome,
        schemaVersion: SCHEMA_VERSION,
        health: { ...inputs.health, ...found.health },
        ...(inputs.artifact ? { artifact: { ...inputs.artifact, ...found.artifact } } : {}),
    };
}

/** The parts of an outcome that share a property with the inputs. */
export interface Found {
    health?: HealthSummary | undefined;
    artifact?: Artifact | undefined;
}

/** The findings of an earlier attempt. */
export function foundIn(state: ReleaseState): Found {
    const { verdict, probes, failures, errors } = state.health;
    const { path, sha256, bytes } = state.artifact ?? {};
    return {
        health:
            verdict === undefined
                ? undefined
                : { verdict, probes: probes ?? 0, failures: failures ?? 0, errors: errors ?? 0 },
        artifact: path && sha256 && bytes !== undefined ? { path, sha256, bytes } : undefined,
    };
}

/** What a state says stands on the platform, whatever becomes of the next attempt. */
export function standingIn(prior: ReleaseState | undefined): Omit<Outcome, "status"> {
    if (!prior) {
        return {};
    }
    const { deploymentId, liveVersionTag, previousVersionTag, previousDeploymentId } = prior;
    const { nodesCount, lastModified, complianceRef, deployedAt } = prior;
    return compact({
        deploymentId,
        liveVersionTag,
        previousVersionTag,
        previousDeploymentId,
        nodesCount,
        lastModified,
        complianceRef,
        deployedAt,
    });
}

/**
 * A state as plain JSON in well-formed Unicode: the engine takes no `undefined` and no half of a character, and says only
 * "Unexpected struct type" or "invalid UTF-8" when it meets one.
 */
export function toPlain(state: object): Record<string, unknown> {
    const wellFormed = (_key: string, value: unknown) =>
        typeof value === "string" ? value.toWellFormed() : value;
    return JSON.parse(JSON.stringify(state, wellFormed)) as Record<string, unknown>;
}

/** The properties that are there. */
export function compact<T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
    return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as never;
}
