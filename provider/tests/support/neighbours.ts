import type { PlatformData } from "cognigy-emulator";
import { flowDraft, platformData } from "./platform-data.js";

/** What a flow uses, as `external_api booking_service`. */
export type Uses = readonly `${string} ${string}`[];

/** The same bot with other flows beside the one that is released; each is live in production. */
export function withNeighbours(neighbours: Record<string, { name?: string; uses: Uses }>): PlatformData {
    const data = platformData();
    const [bot, ...others] = data.bots ?? [];
    const flows = Object.entries(neighbours).map(([id, { name = id, uses }]) => ({
        ...flowDraft(id),
        name,
        dependencies: uses.map((use, place) => {
            const [resourceType = "", resourceId = ""] = use.split(" ");
            return { resourceType, resourceId, referencePath: `nodes/n3/config/uses/${place}` };
        }),
    }));
    const deployments = flows.map(({ id }) => ({
        deploymentId: `dep_of_${id}`,
        flowId: id,
        versionTag: "v3.0.0",
        targetEnvironment: "production",
        createdAt: "2026-01-01T07:00:00.000Z",
    }));
    return {
        ...data,
        bots: [
            {
                ...bot,
                id: bot?.id ?? "",
                flows: [...(bot?.flows ?? []), ...flows],
                deployments: [...deployments, ...(bot?.deployments ?? [])],
            },
            ...others,
        ],
    };
}
