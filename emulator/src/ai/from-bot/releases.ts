import type { BotData, DeploymentData } from "../../data/platform-data";
import type { JsonObject } from "../../json";
import { copiesFor, hashOf, snapshottable } from "../copies";
import type { Endpoint, Resource } from "../resource";
import { type Snapshot, snapshotLimit } from "../snapshots";
import { secondsOf } from "../time";
import type { BotIds } from "./bot-ids";
import { deployedFlowFrom } from "./flows";

/** The environments that every project has an endpoint for. */
const environments = ["staging", "production"];

/** A snapshot for each version tag that was deployed, as far as there is room: the newest ones, oldest first. */
export function snapshotsFrom(
    bot: BotData,
    draft: readonly Resource[],
    projectId: string,
    ids: BotIds,
): Snapshot[] {
    const deployed = deploymentsOf(bot).filter(
        ({ status }) => status !== "failed" && status !== "in_progress",
    );
    const byTag = new Map(deployed.map((deployment) => [deployment.versionTag, deployment]));
    return [...byTag.values()].slice(-snapshotLimit).map((deployment) => {
        const _id = ids.id("snapshot", deployment.versionTag);
        const resources = asDeployed(bot, draft, deployment, ids);
        return {
            _id,
            projectId,
            name: deployment.versionTag,
            description: deployment.changelog ?? "",
            hash: hashOf(resources),
            createdAt: secondsOf(createdAtOf(deployment)),
            createdBy: ids.userId,
            resources: copiesFor(_id, resources),
        };
    });
}

/** An endpoint for each environment: it leads to what was deployed there last, else to the draft. */
export function endpointsFrom(
    bot: BotData,
    draft: readonly Resource[],
    projectId: string,
    snapshots: readonly Snapshot[],
    ids: BotIds,
): Endpoint[] {
    const completed = deploymentsOf(bot).filter(({ status = "completed" }) => status === "completed");
    const places = new Set([...environments, ...completed.map(({ targetEnvironment }) => targetEnvironment)]);
    return [...places].map((place) => {
        const live = completed.filter(({ targetEnvironment }) => targetEnvironment === place).at(-1);
        const snapshot = snapshots.find(({ name }) => name === live?.versionTag);
        const binding = {
            entrypoint: snapshot?._id ?? projectId,
            flowId: draft.find(({ type }) => type === "flow")?.referenceId ?? "",
            localeId: draft.find(({ type }) => type === "locale")?.referenceId ?? "",
        };
        return {
            ...ids.base("endpoint", place, place.charAt(0).toUpperCase() + place.slice(1)),
            ...binding,
            channel: "rest",
            URLToken: ids.id("token", place) + ids.id("token", place, "more"),
            active: true,
            settings: endpointSettings,
            before: binding,
            boundAt: 0,
        };
    });
}

/** What the project held when a flow was deployed, as far as the data tells. */
function asDeployed(
    bot: BotData,
    draft: readonly Resource[],
    deployment: DeploymentData,
    ids: BotIds,
): Resource[] {
    const deployed = deployedFlowFrom(bot, ids, deployment);
    return snapshottable(draft).map((resource) =>
        deployed !== undefined && resource._id === deployed._id ? deployed : resource,
    );
}

/** Oldest first. */
function deploymentsOf({ deployments = [] }: BotData): DeploymentData[] {
    return [...deployments].sort((a, b) => createdAtOf(a) - createdAtOf(b));
}

function createdAtOf({ createdAt = "2026-01-01T00:00:00Z" }: DeploymentData): number {
    return Date.parse(createdAt);
}

const endpointSettings: JsonObject = {
    nluConnectorId: "",
    overrideSnapshotConnections: false,
    useAnalytics: true,
    useConversations: true,
    useContactProfiles: true,
    maskIPAddress: false,
    maskAnalytics: false,
    maskLogging: false,
    settings: {},
    transformer: {},
    handoverSettings: { provider: "none" },
    translationSettings: { translationEnabled: false },
    foreignId: "",
};
