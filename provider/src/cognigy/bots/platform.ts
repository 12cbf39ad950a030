import type { Readable } from "node:stream";
import { ReleaseError } from "../../release/failure.js";
import type { FlowDefinition, FlowReference, FlowVersion } from "../../release/flow.js";
import type { Dependency, DependencyState, SimulationProgress } from "../../release/gates.js";
import type { ReleaseInputs, Simulation } from "../../release/inputs.js";
import { isPlatformError, PlatformError } from "../errors.js";
import type { HttpClient } from "../http/client.js";
import type { Deployment, DeployRequest, HealthSubject, Platform } from "../platform.js";
import * as answers from "./answers.js";
import type { BotsConnection } from "./connection.js";
import { path } from "./path.js";

const PAGE_SIZE = 100;
const MB = 1024 * 1024;
/**
 * How large an answer may be, in bytes, where a megabyte would not do: several times what the largest bots have, and
 * little enough to be held in memory.
 */
const LARGEST = {
    /** A flow of 20,000 nodes. */
    flow: 32 * MB,
    /** 50,000 conversations. */
    simulation: 16 * MB,
    /** 100,000 deployments: the list is not paged. */
    deployments: 32 * MB,
    /** All flows of a bot, to be compared. */
    export: 64 * MB,
};
/** A listing of more dependencies than this does not end. */
const MOST_DEPENDENCIES = 100_000;

const COLLECTIONS = new Map([
    ["intent", "intents"],
    ["entity", "entities"],
    ["external_api", "external-apis"],
]);

/** The bots API. */
export class BotsPlatform implements Platform {
    readonly address: string;
    readonly artifactType = "json";
    readonly exportsAreEqual = true;

    constructor(
        { origin, prefix }: Pick<BotsConnection, "origin" | "prefix">,
        private readonly http: HttpClient,
    ) {
        this.address = `${origin}${prefix}`;
    }

    askingUntil<T>(deadline: number, work: () => Promise<T>): Promise<T> {
        return this.http.askingUntil(deadline, work);
    }

    /** What is missing is told by the deployment itself; what this API does not have, here. */
    async expectDeployable({ health, snapshots, simulation }: ReleaseInputs): Promise<void> {
        const declared = {
            "health.utterances": health.utterances,
            "simulation.playbooks": simulation?.playbooks,
            "simulation.scenarios": simulation?.scenarios,
            snapshots,
        };
        const [property] = Object.entries(declared).find(([, value]) => value !== undefined) ?? [];
        if (property) {
            throw new ReleaseError(
                `\`${property}\` is for tenants that are asked with \`cognigy:api: cognigy-ai\`; this one is not. Leave it out.`,
            );
        }
    }

    async flow({ botId, flowId }: FlowReference): Promise<FlowDefinition> {
        const address = path`/api/v2/bots/${botId}/flows/${flowId}`;
        const flow = await this.http.find(
            { method: "GET", path: address, needs: "bot:manage", largest: LARGEST.flow },
            answers.flow,
        );
        if (!flow) {
            throw new PlatformError(
                "not_found",
                `GET ${address}`,
                `there is no flow ${flowId} in bot ${botId} on ${this.address}. Check \`botId\` and \`flowId\`.`,
            );
        }
        return flow;
    }

    async flows(): Promise<undefined> {
        return undefined;
    }

    async *dependencies({ botId, flowId }: FlowReference): AsyncIterable<Dependency[]> {
        const listing = path`/api/v2/bots/${botId}/dependencies`;
        const endless = (how: string) =>
            new PlatformError("malformed", `GET ${listing}`, `GET ${listing} does not end: ${how}.`);
        let last = "";
        for (let page = 1, count = 0; ; page += 1) {
            const query = { flowId, page: String(page), pageSize: String(PAGE_SIZE) };
            const { items } = await this.http.json(
                { method: "GET", path: listing, query, needs: "bot:manage" },
                answers.dependencies,
            );
            count += items.length;
            if (count > MOST_DEPENDENCIES) {
                throw endless(`${MOST_DEPENDENCIES} dependencies, and more to come`);
            }
            const text = JSON.stringify(items);
            // A platform that does not look at `page` gives the same one again and again.
            if (text === last) {
                throw endless(`page ${page} is the same as page ${page - 1}`);
            }
            last = text;
            yield items;
            if (items.length < PAGE_SIZE) {
                return;
            }
        }
    }

    async dependencyState(botId: string, { resourceType, resourceId }: Dependency): Promise<DependencyState> {
        const collection = COLLECTIONS.get(resourceType) ?? "resources";
        const status = await this.http.status(
            {
                method: "HEAD",
                path: path`/api/v2/bots/${botId}/${collection}/${resourceId}`,
                needs: "bot:manage",
            },
            [403, 404],
        );
        return status === 404 ? "missing" : status === 403 ? "forbidden" : "ok";
    }

    async startSimulation(
        { flowId }: FlowVersion,
        { testCases, timeoutSeconds }: Simulation,
    ): Promise<string> {
        const answer = await this.http.json(
            {
                method: "POST",
                path: "/api/v2/simulations",
                json: { flowId, testCases, timeout_seconds: timeoutSeconds },
                needs: "simulation:run",
            },
            answers.simulationStarted,
        );
        return answer.simulationId;
    }

    async simulation(id: string): Promise<SimulationProgress> {
        return this.http.json(
            {
                method: "GET",
                path: path`/api/v2/simulations/${id}/results`,
                needs: "simulation:run",
                largest: LARGEST.simulation,
            },
            answers.simulationResults,
        );
    }

    async deployments(botId: string, status: "in_progress" | "completed" | "failed"): Promise<Deployment[]> {
        // A bot that is not there has no deployments.
        const answer = await this.http.find(
            {
                method: "GET",
                path: "/api/v2/deployments",
                query: { botId, status },
                needs: "deployment:execute",
                largest: LARGEST.deployments,
            },
            answers.deployments,
        );
        return (answer?.items ?? []).filter((item) => item.botId === botId && item.status === status);
    }

    async deploy({ release, nodesCount, lastModified }: DeployRequest): Promise<string> {
        const { botId, flowId, versionTag, changelog, targetEnvironment, createdBy, deployment, health } =
            release;
        const answer = await this.http.json(
            {
                method: "POST",
                path: "/api/v2/deployments",
                json: {
                    snapshot: {
                        flow_id: flowId,
                        bot_id: botId,
                        version_tag: versionTag,
                        changelog,
                        target_environment: targetEnvironment,
                        nodes_count: nodesCount,
                        last_modified: lastModified,
                    },
                    deployment_config: {
                        target_environment: targetEnvironment,
                        strategy: deployment.strategy,
                        health_check_interval_seconds: health.intervalSeconds,
                        rollback_on_failure: deployment.rollbackOnFailure,
                    },
                    metadata: { version_tag: versionTag, changelog, created_by: createdBy },
                },
                needs: "deployment:execute",
                once: true,
            },
            answers.deploymentStarted,
        );
        return answer.deploymentId;
    }

    async deploymentStatus(deploymentId: string): Promise<string | undefined> {
        const answer = await this.http.find(
            {
                method: "GET",
                path: path`/api/v2/deployments/${deploymentId}/status`,
                needs: "deployment:execute",
            },
            answers.deploymentStatus,
        );
        return answer?.status;
    }

    /** The list knows; the status may be any word on the way. */
    async stands(botId: string, deploymentId: string): Promise<boolean> {
        // One after the other: what is complete in the meantime is in one of them.
        for (const status of ["in_progress", "completed"] as const) {
            const deployments = await this.deployments(botId, status);
            if (deployments.some((one) => one.deploymentId === deploymentId)) {
                return true;
            }
        }
        return false;
    }

    /** A deployment has no parts. */
    async standsInPart(): Promise<boolean> {
        return false;
    }

    /** A deployment has no parts: it goes on without whoever began it. */
    async cutOff(): Promise<undefined> {
        return undefined;
    }

    async rollback(deploymentId: string, reason: string): Promise<boolean> {
        const answer = await this.http.find(
            {
                method: "POST",
                path: path`/api/v2/deployments/${deploymentId}/rollback`,
                json: { reason },
                needs: "deployment:execute",
                once: true,
            },
            answers.rolledBack,
        );
        return answer !== undefined;
    }

    async healthy({ botId }: HealthSubject): Promise<boolean> {
        const answer = await this.http.json(
            { method: "GET", path: path`/api/v2/bots/${botId}/health`, needs: "bot:manage" },
            answers.health,
        );
        return answer.healthy;
    }

    exportVersion<T>(botId: string, versionTag: string, consume: (body: Readable) => Promise<T>): Promise<T> {
        return this.http.stream(exportCall(botId, versionTag), consume);
    }

    /** This API has no audit trail. */
    async auditEntry(): Promise<undefined> {
        return undefined;
    }

    async releasedFlow(
        { botId, flowId }: FlowReference,
        versionTag: string,
    ): Promise<FlowDefinition | undefined> {
        try {
            const answer = await this.http.find(exportCall(botId, versionTag), answers.exported, [403, 404]);
            return answer?.flows.find(({ id }) => id === flowId);
        } catch (error) {
            // The contract promises bytes, not what is in them.
            if (isPlatformError(error, "malformed")) {
                return undefined;
            }
            throw error;
        }
    }
}

function exportCall(botId: string, versionTag: string) {
    return {
        method: "GET",
        path: path`/api/v2/bots/${botId}/export`,
        query: { format: "json", versionTag },
        needs: "export:read",
        largest: LARGEST.export,
    } as const;
}
