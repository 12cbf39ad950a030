import type { Deployment } from "../cognigy/platform.js";
import type { LedgerEvent } from "../ledger/event.js";
import type { Ledger } from "../ledger/ledger.js";
import type { Proof, Rejection } from "../release/context.js";
import type { Version } from "../release/inputs.js";
import type { ReleaseState } from "../release/state.js";

/** Names a deployment of a bot. */
type OfBot = Pick<Deployment, "botId" | "deploymentId">;

/** The last event of some actions that the ledger has for one version in one environment. */
export async function lastEvent(
    ledger: Ledger,
    version: Version,
    actions: readonly LedgerEvent["action"][],
): Promise<LedgerEvent | undefined> {
    return lastWhere(ledger, version, ({ action }) => actions.includes(action));
}

/** What the ledger has last of a deployment of a version: that it was begun, or how it ended. Not what was refused before one. */
export async function lastDeployed(ledger: Ledger, version: Version): Promise<LedgerEvent | undefined> {
    return lastWhere(
        ledger,
        version,
        ({ action, details }) =>
            action === "deployment_intent" ||
            (action === "deployment_execution" && details.deployment_id !== undefined),
    );
}

async function lastWhere(
    ledger: Ledger,
    version: Version,
    isMeant: (event: LedgerEvent) => boolean,
): Promise<LedgerEvent | undefined> {
    let last: LedgerEvent | undefined;
    for await (const event of ledger.events(version)) {
        if (isOf(event, version) && isMeant(event)) {
            last = event;
        }
    }
    return last;
}

/** Whether an event tells of a version in an environment. */
export function isOf(event: LedgerEvent, version: Version): boolean {
    return (
        event.bot_id === version.botId &&
        event.flow_id === version.flowId &&
        event.version_tag === version.versionTag &&
        event.details.target_environment === version.targetEnvironment
    );
}

/** The record of a version that went live and stayed, where this very deployment brought it there. */
export async function ownRelease(
    ledger: Ledger,
    version: Version,
    deploymentId: string,
): Promise<LedgerEvent | undefined> {
    const last = await lastEvent(ledger, version, ["deployment_intent", "deployment_execution"]);
    return last?.status === "completed" && last.details.deployment_id === deploymentId ? last : undefined;
}

/** Whether the last release that was given a deployment is another than the one with this reference. */
export async function ownedByAnother(
    ledger: Ledger,
    { botId, deploymentId, complianceRef }: OfBot & Pick<ReleaseState, "complianceRef">,
): Promise<boolean> {
    let owner: string | undefined;
    for await (const { action, status, details, compliance_ref } of ledger.events({ botId })) {
        const given = action === "adoption" || action === "deployment_execution";
        if (given && status === "completed" && details.deployment_id === deploymentId) {
            owner = compliance_ref;
        }
    }
    return owner !== undefined && complianceRef !== undefined && owner !== complianceRef;
}

/** What ends an attempt: also that its deployment was taken over as it was. */
const OUTCOMES = ["deployment_execution", "adoption"] as const;

/** An attempt that was begun and whose outcome was never recorded: its process died, or the answer was lost. */
export async function unfinishedAttempt(ledger: Ledger, version: Version): Promise<LedgerEvent | undefined> {
    const last = await lastEvent(ledger, version, ["deployment_intent", ...OUTCOMES]);
    return last?.action === "deployment_intent" ? last : undefined;
}

/** The rollback that an unfinished attempt had begun, or had just made, when its process died; and that attempt. */
export async function unfinishedRollback(
    ledger: Ledger,
    version: Version,
): Promise<{ rollback: LedgerEvent; intent: LedgerEvent } | undefined> {
    const last = await lastEvent(ledger, version, ["deployment_intent", "rollback_intent", "rollback"]);
    if (last?.action !== "rollback_intent" && last?.action !== "rollback") {
        return undefined;
    }
    const intent = await unfinishedAttempt(ledger, version);
    return intent && { rollback: last, intent };
}

/** Whether a deployment of a version is ours: deployed by us or taken over, or begun by a run that did not see its end. */
export async function isOurs(ledger: Ledger, version: Version, deploymentId: string): Promise<boolean> {
    const last = await lastEvent(ledger, version, ["deployment_intent", ...OUTCOMES]);
    return last?.action === "deployment_intent" || last?.details.deployment_id === deploymentId;
}

/** Whether some event tells of a deployment. */
export async function isInLedger(ledger: Ledger, { botId, deploymentId }: OfBot): Promise<boolean> {
    for await (const { details } of ledger.events({ botId })) {
        if (details.deployment_id === deploymentId) {
            return true;
        }
    }
    return false;
}

/** Whether something was rolled back so that this deployment is live again, and it was not proved healthy since. */
export async function isUnprovedReturn(ledger: Ledger, { botId, deploymentId }: OfBot): Promise<boolean> {
    let unproved = false;
    for await (const { action, details } of ledger.events({ botId })) {
        if (action === "rollback_intent" && details.returns_to === deploymentId) {
            unproved = true;
        } else if (action === "deployment_execution" && details.deployment_id === deploymentId) {
            unproved = false;
        }
    }
    return unproved;
}

/** The deployments of a bot that may be gone back to, or from: in each place the last good one, and what it took the place of. */
export async function wantedBack(ledger: Ledger, botId: string): Promise<string[]> {
    const good = new Map<string, LedgerEvent>();
    for await (const event of ledger.events({ botId })) {
        const { action, status, flow_id, details } = event;
        if (action === "deployment_execution" && status === "completed") {
            good.set(JSON.stringify([flow_id, details.target_environment]), event);
        }
    }
    return [...good.values()]
        .flatMap(({ details }) => [details.deployment_id, details.previous_deployment_id])
        .filter((id) => typeof id === "string");
}

/** What was begun for a flow in an environment, of any version, and has no outcome: oldest first. */
export async function openIntents(
    ledger: Ledger,
    place: Omit<Version, "versionTag">,
): Promise<LedgerEvent[]> {
    const open = new Map<string, LedgerEvent>();
    for await (const event of ledger.events(place)) {
        const { action, version_tag, details } = event;
        if (details.target_environment !== place.targetEnvironment) {
            continue;
        }
        if (action === "deployment_intent" || OUTCOMES.some((one) => one === action)) {
            keep(open, `deployment ${version_tag}`, event);
        } else if (action === "rollback_intent" || action === "rollback") {
            keep(open, `rollback ${details.deployment_id}`, event);
        }
    }
    return [...open.values()];
}

function keep(open: Map<string, LedgerEvent>, key: string, event: LedgerEvent): void {
    open.delete(key);
    if (event.status === "started") {
        open.set(key, event);
    }
}

/** What became of one content of a flow. */
export interface ContentHistory {
    /** Where it has gone live and was not rolled back since. */
    proven: Proof[];
    /** That its last attempt in the release's environment was rolled back. */
    rejected?: Rejection;
}

/** Reads from the ledger where a content has stood, and whether it was rejected. */
export async function contentHistory(
    ledger: Ledger,
    release: Omit<Version, "versionTag">,
    contentHash: string,
): Promise<ContentHistory> {
    const proofs = new Map<string, Proof & { deploymentId: unknown }>();
    let rejected: Rejection | undefined;
    for await (const event of ledger.events(release)) {
        const { action, status, details, timestamp } = event;
        const environment = details.target_environment;
        if (action === "rollback" && proofs.get(environment)?.deploymentId === details.deployment_id) {
            proofs.delete(environment);
        }
        if (action !== "deployment_execution" || event.content_hash !== contentHash) {
            continue;
        }
        if (status === "completed" && !proofs.has(environment)) {
            proofs.set(environment, { environment, since: timestamp, deploymentId: details.deployment_id });
        }
        if (
            environment === release.targetEnvironment &&
            (status === "completed" || status === "rolled_back")
        ) {
            rejected = status === "completed" ? undefined : rejectionIn(event);
        }
    }
    return {
        proven: [...proofs.values()].map(({ environment, since }) => ({ environment, since })),
        ...(rejected ? { rejected } : {}),
    };
}

function rejectionIn({ version_tag, timestamp, details }: LedgerEvent): Rejection {
    return {
        versionTag: version_tag,
        at: timestamp,
        reason: String(details.summary ?? details.reason ?? ""),
    };
}
