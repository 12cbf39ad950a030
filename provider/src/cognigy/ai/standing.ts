import { ifThere } from "../errors.js";
import type { Deployment } from "../platform.js";
import type * as answers from "./answers.js";
import { deploymentIdOf } from "./binding.js";
import { bindingOf, type Environment, type EnvironmentBook } from "./environments.js";
import type { Projects } from "./projects.js";
import type { Snapshots } from "./snapshots.js";
import type { Switching } from "./switching.js";
import type { Tasks } from "./tasks.js";

/** What is live where an endpoint leads to the project itself. */
export const DRAFT = "draft";

interface StandingParts {
    environments: EnvironmentBook;
    switching: Switching;
    snapshots: Snapshots;
    projects: Projects;
    tasks: Tasks;
}

/** What environments lead to, told as deployments. The platform keeps no other record of them. */
export class Standing {
    constructor(private readonly parts: StandingParts) {}

    /** Where all endpoints of a project lead to. */
    async bound(botId: string): Promise<answers.Endpoint[]> {
        const environments = await this.parts.environments.of(botId);
        const endpoints = environments.map((environment) => this.parts.switching.now(environment));
        return (await Promise.all(endpoints)).flat();
    }

    /** What each environment leads to. */
    async completed(botId: string, declared: string | undefined): Promise<Deployment[]> {
        const environments =
            declared === undefined
                ? await this.parts.environments.of(botId)
                : [await this.parts.environments.find(botId, declared)].filter((one) => one !== undefined);
        const [snapshots, ...bound] = await Promise.all([
            this.parts.snapshots.of(botId),
            ...environments.map(async (environment) => ({
                environment,
                endpoints: await this.parts.switching.now(environment),
            })),
        ]);
        const tags = new Map([[botId, DRAFT], ...snapshots.map(({ _id, name }) => [_id, name] as const)]);
        return Promise.all(bound.map((one) => this.deploymentOf(botId, one, tags)));
    }

    private async deploymentOf(
        botId: string,
        { environment, endpoints }: { environment: Environment; endpoints: readonly answers.Endpoint[] },
        tags: ReadonlyMap<string, string>,
    ): Promise<Deployment> {
        const [primary] = endpoints as [answers.Endpoint];
        const flowId = primary.flowId ?? "";
        const flow =
            (await this.parts.projects.listed(botId, flowId)) ??
            (await this.frozen(botId, primary.entrypoint, flowId));
        const versions = new Set(endpoints.map(({ entrypoint }) => tags.get(entrypoint) ?? entrypoint));
        return {
            deploymentId: deploymentIdOf(endpoints.map(bindingOf)),
            botId,
            flowId,
            versionTag: [...versions].join(" / "),
            targetEnvironment: environment.name,
            status: "completed",
            createdAt: new Date(primary.lastChanged * 1000).toISOString(),
            aliases: { flows: flow ? [flow._id, flow.name] : [], environments: environment.aliases },
            ...(versions.size > 1 ? { mixed: true as const } : {}),
        };
    }

    /** A flow of a snapshot that came from another project: the draft does not have it. */
    private async frozen(botId: string, entrypoint: string, flowId: string) {
        if (entrypoint === botId || flowId === "") {
            return undefined;
        }
        // Where the snapshot is gone, the endpoint leads nowhere.
        const flows = await ifThere(this.parts.snapshots.contents(entrypoint, "flow"));
        return flows?.find(({ referenceId }) => referenceId === flowId);
    }

    /** What is on its way and would change the project under a release. */
    async inProgress(botId: string): Promise<Deployment[]> {
        return (await this.parts.tasks.changing(botId)).map((task) => inProgress(botId, task));
    }
}

function inProgress(botId: string, { _id, name, status }: answers.Task): Deployment {
    return {
        deploymentId: _id,
        botId,
        flowId: "",
        versionTag: "",
        targetEnvironment: "",
        status: "in_progress",
        createdAt: new Date(0).toISOString(),
        description: `task ${_id} of the project (${name}, ${status})`,
    };
}
