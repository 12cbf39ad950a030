import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { DeploymentData, PlatformData } from "../data/platform-data";
import { Refusal } from "../refusal";
import { type BotSnapshot, definitionFrom, snapshotOf } from "./bot";
import type { Catalog } from "./catalog";

/** How a deployment can stand. */
export const deploymentStatuses = ["in_progress", "completed", "failed", "rolled_back"] as const;

/** One of `deploymentStatuses`. */
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** What is to go live, and where. */
export interface DeploymentRequest {
    readonly botId: string;
    readonly flowId: string;
    readonly versionTag: string;
    readonly targetEnvironment: string;
    readonly changelog: string;
    readonly createdBy: string;
}

/** How the next deployments go. */
export interface DeploymentScript {
    /** @default the `deploymentMs` of the data */
    readonly durationMs?: number;
    /** `stuck` stays in progress for ever. @default completed */
    readonly outcome?: "completed" | "failed" | "stuck";
    /** The words that the status call gives on the way, one after the other, in place of `in_progress`. */
    readonly statuses?: readonly string[];
}

/** A deployment as the list of deployments shows it. */
export interface DeploymentItem {
    readonly deploymentId: string;
    readonly botId: string;
    readonly flowId: string;
    readonly versionTag: string;
    readonly targetEnvironment: string;
    readonly status: DeploymentStatus;
    /** ISO 8601 */
    readonly createdAt: string;
    /** When it was completed or failed; null before, and when it was rolled back on the way. */
    readonly completedAt: string | null;
}

/** A deployment with what the list leaves out. */
export interface DeploymentRecord extends DeploymentItem {
    readonly changelog: string;
    readonly createdBy: string;
    readonly rollback: Rollback | null;
}

/** That, when and why a deployment was taken back. */
export interface Rollback {
    readonly rollbackId: string;
    readonly reason: string;
    readonly at: string;
}

/** What is live in one environment. */
export interface LiveVersion {
    readonly flowId: string;
    readonly targetEnvironment: string;
    readonly versionTag: string;
    readonly deploymentId: string;
    readonly since: string | null;
}

interface Deployment {
    readonly deploymentId: string;
    readonly request: DeploymentRequest;
    readonly createdAt: string;
    readonly startedAt: number;
    readonly script: Required<DeploymentScript>;
    readonly snapshot: BotSnapshot;
    status: DeploymentStatus;
    completedAt: string | null;
    /** Counts completions: the highest of those that are still completed is live. */
    completion: number;
    rollback: Rollback | null;
}

/** All deployments of the tenant. Time alone moves them on: whoever looks settles what is due. */
export class Deployments {
    /** Oldest first. */
    private readonly deployments = new Map<string, Deployment>();
    private readonly inProgress = new Set<Deployment>();
    private readonly scripts: { readonly script: DeploymentScript; times: number }[] = [];
    private readonly durationMs: number;
    private completions = 0;

    constructor(
        { bots, deploymentMs = 300 }: PlatformData,
        private readonly catalog: Catalog,
        private readonly clock: Clock,
    ) {
        this.durationMs = deploymentMs;
        const past = bots.flatMap(({ id, deployments = [] }) =>
            deployments.map((data) => ({ botId: id, data })),
        );
        for (const { botId, data } of past.sort((a, b) => createdAtOf(a.data) - createdAtOf(b.data))) {
            this.addPast(botId, data);
        }
    }

    /** Says how the next `times` deployments go; scripts are used up in the order in which they come. */
    addScript(script: DeploymentScript, times = 1): void {
        this.scripts.push({ script, times });
    }

    /**
     * Starts a deployment of the draft as it is now.
     * @throws Refusal when the flow does not exist, the bot is busy, or the tag is taken
     */
    start(request: DeploymentRequest): string {
        return this.add(request, () => this.nextScript());
    }

    /** As `start`, but past every script, and completed at once unless said otherwise: somebody else did it. */
    deployByHand(request: DeploymentRequest, durationMs = 0): string {
        return this.add(request, () => ({ durationMs }));
    }

    /** The deployments of a bot, oldest first. @throws Refusal when there is no such bot */
    list(botId: string, status?: DeploymentStatus): DeploymentItem[] {
        this.catalog.bot(botId);
        return this.settled()
            .filter(({ request }) => request.botId === botId)
            .filter((deployment) => status === undefined || deployment.status === status)
            .map(itemOf);
    }

    /** All deployments of all bots, oldest first. */
    records(): DeploymentRecord[] {
        return this.settled().map(recordOf);
    }

    /** @throws Refusal when there is no such deployment */
    record(deploymentId: string): DeploymentRecord {
        return recordOf(this.find(deploymentId));
    }

    /** The status, or one of the script's odd words on the way. @throws Refusal when there is no such deployment */
    progress(deploymentId: string): { readonly item: DeploymentItem; readonly word: string } {
        const deployment = this.find(deploymentId);
        return { item: itemOf(deployment), word: this.wordOf(deployment) };
    }

    /** The id of the deployment that occupies the bot. */
    inProgressOf(botId: string): string | null {
        this.settle();
        return this.occupant(botId)?.deploymentId ?? null;
    }

    /** Takes a deployment back; one in progress is cancelled. @throws Refusal when that is not possible */
    rollBack(deploymentId: string, reason: string): Rollback {
        const deployment = this.find(deploymentId);
        const { status } = deployment;
        if (status === "rolled_back" || status === "failed") {
            throw new Refusal(
                "conflict",
                status === "failed" ? "deployment_failed" : "already_rolled_back",
                status === "failed"
                    ? `The deployment "${deploymentId}" has failed: there is nothing to roll back.`
                    : `The deployment "${deploymentId}" is already rolled back.`,
                { deploymentId },
            );
        }
        this.inProgress.delete(deployment);
        deployment.status = "rolled_back";
        deployment.rollback = {
            rollbackId: `rb_${randomUUID().slice(0, 13)}`,
            reason,
            at: new Date(this.clock.now()).toISOString(),
        };
        return deployment.rollback;
    }

    /** The deployment vanishes, as if it had never been. @throws Refusal when there is no such deployment */
    forget(deploymentId: string): void {
        this.inProgress.delete(this.find(deploymentId));
        this.deployments.delete(deploymentId);
    }

    /** What is live of a bot: per flow and environment the deployment that was completed last. */
    live(botId: string): LiveVersion[] {
        const live = new Map<string, Deployment>();
        for (const deployment of this.settled()) {
            const { request, status, completion } = deployment;
            const place = JSON.stringify([request.flowId, request.targetEnvironment]);
            if (
                request.botId === botId &&
                status === "completed" &&
                completion > (live.get(place)?.completion ?? 0)
            ) {
                live.set(place, deployment);
            }
        }
        return [...live.values()].map(liveVersionOf);
    }

    /**
     * The snapshots under a tag, the newest last: of each flow the newest one, whatever its environment.
     * A failed deployment has freed its tag.
     */
    snapshots(botId: string, versionTag: string): BotSnapshot[] {
        const newest = new Map<string, BotSnapshot>();
        for (const { request, status, snapshot } of this.settled()) {
            if (request.botId === botId && request.versionTag === versionTag && status !== "failed") {
                newest.delete(request.flowId);
                newest.set(request.flowId, snapshot);
            }
        }
        return [...newest.values()];
    }

    private add(request: DeploymentRequest, scriptFor: () => DeploymentScript): string {
        const bot = this.catalog.bot(request.botId);
        const { definition } = this.catalog.flow(request.botId, request.flowId);
        this.settle();
        this.refuseWhenBusy(request.botId);
        this.refuseTakenTag(request);
        return this.insert({
            deploymentId: `dep_${randomUUID().slice(0, 13)}`,
            request,
            createdAt: new Date(this.clock.now()).toISOString(),
            startedAt: this.clock.now(),
            script: { durationMs: this.durationMs, outcome: "completed", statuses: [], ...scriptFor() },
            snapshot: snapshotOf(bot, definition),
            status: "in_progress",
            completedAt: null,
            completion: 0,
            rollback: null,
        });
    }

    private addPast(botId: string, data: DeploymentData): void {
        const { deploymentId, flowId, versionTag, targetEnvironment, snapshot, status = "completed" } = data;
        const { changelog = "", createdBy = "unknown" } = data;
        const createdAt = new Date(createdAtOf(data)).toISOString();
        const completedAt = data.completedAt ?? createdAt;
        const draft = this.catalog.flow(botId, flowId).definition;
        this.insert({
            deploymentId,
            request: { botId, flowId, versionTag, targetEnvironment, changelog, createdBy },
            createdAt,
            startedAt: this.clock.now(),
            script: { durationMs: this.durationMs, outcome: "completed", statuses: [] },
            snapshot: snapshotOf(this.catalog.bot(botId), snapshot ? definitionFrom(snapshot) : draft),
            status,
            completedAt: status === "in_progress" ? null : completedAt,
            completion: status === "completed" ? this.nextCompletion() : 0,
            rollback:
                status === "rolled_back"
                    ? { rollbackId: `rb_${deploymentId}`, reason: "unknown", at: completedAt }
                    : null,
        });
    }

    private insert(deployment: Deployment): string {
        this.deployments.set(deployment.deploymentId, deployment);
        if (deployment.status === "in_progress") {
            this.inProgress.add(deployment);
        }
        return deployment.deploymentId;
    }

    private refuseWhenBusy(botId: string): void {
        const occupant = this.occupant(botId);
        if (occupant !== undefined) {
            const { deploymentId, request } = occupant;
            throw new Refusal(
                "conflict",
                "deployment_in_progress",
                `The deployment "${deploymentId}" (${request.versionTag}) of bot "${botId}" is in progress.`,
                { deploymentId },
            );
        }
    }

    private refuseTakenTag({ botId, flowId, versionTag, targetEnvironment }: DeploymentRequest): void {
        for (const { deploymentId, request, status } of this.deployments.values()) {
            if (
                request.versionTag === versionTag &&
                request.flowId === flowId &&
                request.targetEnvironment === targetEnvironment &&
                request.botId === botId &&
                status !== "failed"
            ) {
                throw new Refusal(
                    "conflict",
                    "version_tag_exists",
                    `The version tag ${versionTag} of flow "${flowId}" in ${targetEnvironment} is taken by deployment "${deploymentId}" (${status}).`,
                    { deploymentId },
                );
            }
        }
    }

    private occupant(botId: string): Deployment | undefined {
        return [...this.inProgress].find(({ request }) => request.botId === botId);
    }

    private find(deploymentId: string): Deployment {
        this.settle();
        const deployment = this.deployments.get(deploymentId);
        if (deployment === undefined) {
            throw Refusal.notFound(`The deployment "${deploymentId}" does not exist.`);
        }
        return deployment;
    }

    private settled(): Deployment[] {
        this.settle();
        return [...this.deployments.values()];
    }

    /** Ends what is due, the earliest first: which one is live depends on the order. */
    private settle(): void {
        if (this.inProgress.size === 0) {
            return;
        }
        const now = this.clock.now();
        const due = [...this.inProgress]
            .filter(({ script }) => script.outcome !== "stuck")
            .filter((deployment) => endOf(deployment) <= now)
            .sort((a, b) => endOf(a) - endOf(b));
        for (const deployment of due) {
            const { outcome } = deployment.script;
            this.inProgress.delete(deployment);
            deployment.status = outcome === "failed" ? "failed" : "completed";
            deployment.completedAt = new Date(endOf(deployment)).toISOString();
            deployment.completion = outcome === "failed" ? 0 : this.nextCompletion();
        }
    }

    private nextCompletion(): number {
        this.completions += 1;
        return this.completions;
    }

    private nextScript(): DeploymentScript {
        const first = this.scripts[0];
        if (first === undefined) {
            return {};
        }
        first.times -= 1;
        if (first.times === 0) {
            this.scripts.shift();
        }
        return first.script;
    }

    private wordOf({ status, script, startedAt }: Deployment): string {
        const { statuses, durationMs } = script;
        if (status !== "in_progress" || statuses.length === 0) {
            return status;
        }
        const elapsed = durationMs === 0 ? 1 : (this.clock.now() - startedAt) / durationMs;
        const index = Math.min(statuses.length - 1, Math.floor(elapsed * statuses.length));
        return statuses[index] ?? status;
    }
}

function createdAtOf({ createdAt }: DeploymentData): number {
    return Date.parse(createdAt ?? "2026-01-01T00:00:00Z");
}

function endOf({ startedAt, script }: Deployment): number {
    return startedAt + script.durationMs;
}

function itemOf({ deploymentId, request, status, createdAt, completedAt }: Deployment): DeploymentItem {
    const { botId, flowId, versionTag, targetEnvironment } = request;
    return { deploymentId, botId, flowId, versionTag, targetEnvironment, status, createdAt, completedAt };
}

function recordOf(deployment: Deployment): DeploymentRecord {
    const { changelog, createdBy } = deployment.request;
    return { ...itemOf(deployment), changelog, createdBy, rollback: deployment.rollback };
}

function liveVersionOf({ deploymentId, request, completedAt }: Deployment): LiveVersion {
    const { flowId, targetEnvironment, versionTag } = request;
    return { flowId, targetEnvironment, versionTag, deploymentId, since: completedAt };
}
