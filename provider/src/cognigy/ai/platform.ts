import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { Clock } from "../../clock.js";
import { ReleaseError } from "../../release/failure.js";
import type { FlowDefinition, FlowReference, FlowVersion } from "../../release/flow.js";
import type { Dependency, DependencyState, SimulationProgress } from "../../release/gates.js";
import { type ReleaseInputs, releaseName, type Simulation, type Version } from "../../release/inputs.js";
import type { Contents } from "../contents.js";
import { PlatformError } from "../errors.js";
import type { HttpClient } from "../http/client.js";
import type {
    AuditEntry,
    Deployment,
    DeployRequest,
    HealthSubject,
    ListedFlow,
    Platform,
} from "../platform.js";
import * as answers from "./answers.js";
import { AiApi, part } from "./api.js";
import { AuditTrail } from "./audit-trail.js";
import { bindingsIn, deploymentIdOf } from "./binding.js";
import type { AiConnection } from "./connection.js";
import { answersWell, isTestable } from "./conversation.js";
import { Dependencies } from "./dependencies.js";
import { Deploying, expectSameFlow } from "./deploying.js";
import { downloadSnapshot } from "./download.js";
import { bindingOf, EnvironmentBook } from "./environments.js";
import { FlowLookup } from "./flow-lookup.js";
import { Freezing } from "./freezing.js";
import { Projects } from "./projects.js";
import { Simulations } from "./simulations.js";
import { Snapshots } from "./snapshots.js";
import { DRAFT, Standing } from "./standing.js";
import { Switching } from "./switching.js";
import { Tasks } from "./tasks.js";
import { transferSnapshot } from "./transfer.js";
import { Versions } from "./versions.js";

/** What the dialect works with. */
export interface AiPlatformParts {
    connection: AiConnection;
    /** For the API. */
    http: HttpClient;
    /** For conversations. */
    endpoints: HttpClient;
    clock: Clock;
    contents: Contents;
    /** The platform of another connection; undefined where that speaks something else. */
    other: (connection: string) => AiPlatform | undefined;
}

/** A version where it is now: in another project, from which it is taken when it goes live. */
interface Origin {
    platform: AiPlatform;
    version: FlowVersion & { versionTag: string };
}

/**
 * The Cognigy.AI API: a bot is a project, a version is a snapshot, an environment is one endpoint or several, and a
 * deployment is where these lead to.
 */
export class AiPlatform implements Platform {
    readonly address: string;
    readonly artifactType = "csnap";
    /** Each is encrypted anew. */
    readonly exportsAreEqual = false;
    private readonly api: AiApi;
    private readonly tasks: Tasks;
    private readonly projects: Projects;
    private readonly snapshots: Snapshots;
    private readonly environments: EnvironmentBook;
    private readonly switching: Switching;
    private readonly versions: Versions;
    private readonly standing: Standing;
    private readonly freezing: Freezing;
    private readonly deploying: Deploying;
    private readonly lookup: FlowLookup;
    private readonly needs: Dependencies;
    private readonly simulations: Simulations;
    /** Where versions are taken from, by connection: each keeps its pace and its token. */
    private readonly others = new Map<string, AiPlatform>();
    private readonly simulatedElsewhere = new Map<string, AiPlatform>();
    private readonly auditTrail: AuditTrail;

    constructor(private readonly parts: AiPlatformParts) {
        const { connection, http, clock, contents } = parts;
        this.address = `${connection.origin}${connection.prefix}`;
        this.api = new AiApi(http);
        this.tasks = new Tasks(this.api, clock);
        this.projects = new Projects(this.api);
        this.snapshots = new Snapshots(this.api, this.tasks, clock);
        this.environments = new EnvironmentBook(
            this.api,
            connection.environments,
            connection.sources.environments,
        );
        this.switching = new Switching(this.environments);
        this.versions = new Versions(this.api, contents, async (projectId, snapshot) =>
            (await this.standing.bound(projectId)).some(({ entrypoint }) => entrypoint === snapshot),
        );
        const { environments, switching, snapshots, projects, tasks, versions } = this;
        this.standing = new Standing({ environments, switching, snapshots, projects, tasks });
        this.freezing = new Freezing({ snapshots, standing: this.standing, projects, versions, clock });
        this.deploying = new Deploying({
            api: this.api,
            environments,
            switching,
            snapshots,
            freezing: this.freezing,
        });
        this.lookup = new FlowLookup(projects, snapshots);
        this.needs = new Dependencies(this.api);
        this.auditTrail = new AuditTrail(this.api);
        this.simulations = new Simulations(this.api, clock);
    }

    askingUntil<T>(deadline: number, work: () => Promise<T>): Promise<T> {
        return this.parts.http.askingUntil(deadline, work);
    }

    async expectDeployable(release: ReleaseInputs): Promise<void> {
        const { botId, targetEnvironment } = release;
        const environment = await this.environments.expect(botId, targetEnvironment);
        const origin = await this.originOf(release);
        if (origin) {
            await origin.platform.expectVersion(origin.version);
            await this.expectLeadingTo(release);
            await this.freezing.expectRoom(release);
            return;
        }
        const { flow, snapshot } = await this.held(release);
        expectSameFlow(flow, await this.switching.now(environment));
        if (snapshot) {
            return;
        }
        if (flow.isTrainingOutOfDate) {
            throw new ReleaseError(
                `release ${releaseName(release)} is refused: the intents of flow ${flow.name} were edited since they were ` +
                    "trained, and a version holds them as they were trained. Nothing was deployed. Build the model in the editor.",
            );
        }
        await this.freezing.expectRoom(release);
    }

    async flow(version: FlowVersion): Promise<FlowDefinition> {
        const origin = await this.originOf(version);
        if (origin) {
            return origin.platform.flow(origin.version);
        }
        const { botId } = version;
        const { flow, snapshot } = await this.held(version);
        return snapshot
            ? this.versions.frozen({ projectId: botId, flow, snapshot })
            : this.versions.draft(flow);
    }

    async flows(botId: string): Promise<ListedFlow[]> {
        const flows = await this.projects.all(botId);
        return flows.map(({ _id, referenceId, name }) => ({
            flowId: referenceId,
            name,
            aliases: [_id, name],
        }));
    }

    async *dependencies(version: FlowVersion): AsyncIterable<Dependency[]> {
        const { botId } = version;
        const origin = await this.originOf(version);
        if (origin) {
            for await (const page of origin.platform.dependencies(origin.version)) {
                this.needs.comeFrom(botId, page, (need) =>
                    origin.platform.needs.state(origin.version.botId, need),
                );
                yield page;
            }
            return;
        }
        const { flow, snapshot } = await this.held(version);
        yield await this.needs.of({ projectId: botId, flow, snapshot: snapshot?._id });
    }

    dependencyState(botId: string, dependency: Dependency): Promise<DependencyState> {
        return this.needs.state(botId, dependency);
    }

    async startSimulation(version: FlowVersion, simulation: Simulation): Promise<string> {
        const origin = await this.originOf(version);
        if (origin) {
            const id = await origin.platform.startSimulation(origin.version, simulation);
            this.simulatedElsewhere.set(id, origin.platform);
            return id;
        }
        const { botId, versionTag } = version;
        const [{ flow, snapshot }, localeId] = await Promise.all([
            this.held(version),
            this.projects.primaryLocale(botId),
        ]);
        const stage = {
            projectId: botId,
            entrypoint: snapshot?._id ?? botId,
            flowId: flow.referenceId,
            localeId,
            timeout: Math.round(simulation.timeoutSeconds * 1000),
            label: `pulumi-cognigy ${versionTag ?? DRAFT} ${randomUUID()}`,
            isDraft: async () =>
                snapshot === undefined || (await this.versions.isDraft({ projectId: botId, flow, snapshot })),
        };
        return this.simulations.start(stage, simulation);
    }

    simulation(id: string): Promise<SimulationProgress> {
        return this.simulatedElsewhere.get(id)?.simulation(id) ?? this.simulations.progress(id);
    }

    async deployments(
        botId: string,
        status: "in_progress" | "completed" | "failed",
        environment?: string,
    ): Promise<Deployment[]> {
        switch (status) {
            case "completed":
                return this.standing.completed(botId, environment);
            case "in_progress":
                return this.standing.inProgress(botId);
            case "failed":
                // A switch happens or it does not: nothing is left of one that did not.
                return [];
        }
    }

    async deploy(request: DeployRequest): Promise<string> {
        const { release } = request;
        const { botId, targetEnvironment } = release;
        const environment = await this.environments.expect(botId, targetEnvironment);
        const before = await this.switching.now(environment);
        const origin = await this.originOf(release);
        if (origin) {
            await this.take(origin, release);
        }
        const { flow, snapshot: there } = await this.held(release);
        if (origin && there) {
            // It is what passed its gates there, under this name.
            const held = { projectId: botId, flow, snapshot: there };
            await this.versions.keep(held, await origin.platform.flow(origin.version));
        }
        if (!release.snapshots?.source) {
            expectSameFlow(flow, before);
        }
        const deploymentId = await this.deploying.deploy(request, { flow, snapshot: there }, before);
        if (release.health.utterances) {
            // Who asked sooner would hear the version before, and find it well.
            await this.parts.clock.sleep(this.parts.connection.propagationSeconds * 1000);
        }
        return deploymentId;
    }

    deploymentStatus(deploymentId: string): Promise<string | undefined> {
        return this.deploying.status(deploymentId);
    }

    stands(_botId: string, deploymentId: string): Promise<boolean> {
        return this.deploying.stands(deploymentId);
    }

    standsInPart(deploymentId: string): Promise<boolean> {
        return this.deploying.standsInPart(deploymentId);
    }

    cutOff(version: Version, previous: string): Promise<string | undefined> {
        return this.deploying.cutOff(version, previous);
    }

    rollback(deploymentId: string, _reason: string, previous?: string): Promise<boolean> {
        return this.deploying.rollBack(deploymentId, previous);
    }

    async healthy({ botId, release, deploymentId }: HealthSubject): Promise<boolean> {
        if (!release) {
            await this.api.get(`/projects/${part(botId)}`, answers.project, { needs: "read the project" });
            return true;
        }
        const environment = await this.environments.expect(botId, release.targetEnvironment);
        const endpoints = await this.switching.now(environment);
        const right = deploymentId === undefined || deploymentIdOf(endpoints.map(bindingOf)) === deploymentId;
        if (!right || endpoints.some(({ active }) => !active)) {
            return false;
        }
        for (const endpoint of endpoints.filter(isTestable)) {
            for (const utterance of release.health.utterances ?? []) {
                if (!(await answersWell(this.parts.endpoints, endpoint, utterance))) {
                    return false;
                }
            }
        }
        return true;
    }

    async exportVersion<T>(
        botId: string,
        versionTag: string,
        consume: (body: Readable) => Promise<T>,
    ): Promise<T> {
        const snapshot = await this.snapshots.find(botId, versionTag);
        if (!snapshot) {
            throw new PlatformError(
                "not_found",
                "POST /new/v2.0/snapshots/…/package",
                `there is no snapshot ${versionTag} in project ${botId}.`,
            );
        }
        return downloadSnapshot(
            { api: this.api, tasks: this.tasks, clock: this.parts.clock },
            snapshot._id,
            consume,
        );
    }

    async auditEntry(botId: string, deploymentId: string): Promise<AuditEntry | undefined> {
        const [primary] = bindingsIn(deploymentId) ?? [];
        return primary && this.auditTrail.ofEndpoint(botId, primary.endpoint);
    }

    async releasedFlow(
        { botId, flowId }: FlowReference,
        versionTag: string,
    ): Promise<FlowDefinition | undefined> {
        if (versionTag === DRAFT) {
            return this.versions.draft(await this.projects.flow(botId, flowId));
        }
        const snapshot = await this.snapshots.find(botId, versionTag);
        if (!snapshot) {
            return undefined;
        }
        const flow = await this.lookup.flowIn(botId, flowId, snapshot);
        return this.versions.shown({ projectId: botId, flow, snapshot });
    }

    /** A flow of this project, and the snapshot that holds its version: none where that is still to be made. */
    private async held({ botId, flowId, versionTag }: FlowVersion) {
        const snapshot = versionTag === undefined ? undefined : await this.snapshots.find(botId, versionTag);
        return { snapshot, flow: await this.lookup.flowIn(botId, flowId, snapshot) };
    }

    /** Where a version is taken from: undefined where it is made here, or is here already. */
    private async originOf({
        botId,
        flowId,
        versionTag,
        snapshots,
    }: FlowVersion): Promise<Origin | undefined> {
        const source = snapshots?.source;
        if (!source || versionTag === undefined || (await this.snapshots.find(botId, versionTag))) {
            return undefined;
        }
        const platform = this.others.get(source.connection) ?? this.parts.other(source.connection);
        if (!platform) {
            throw new ReleaseError(
                `\`snapshots.source.connection\`: expected a connection with \`${source.connection}:api: cognigy-ai\`.`,
            );
        }
        this.others.set(source.connection, platform);
        return { platform, version: { botId: source.botId, flowId, versionTag } };
    }

    /** @throws ReleaseError where the endpoint leads to a flow of another name than a version from elsewhere has. */
    private async expectLeadingTo({ botId, flowId, targetEnvironment }: ReleaseInputs): Promise<void> {
        const [live] = await this.standing.completed(botId, targetEnvironment);
        if (live && live.flowId !== "" && live.flowId !== flowId && !live.aliases?.flows.includes(flowId)) {
            throw new ReleaseError(
                `endpoint "${live.targetEnvironment}" leads to another flow (${live.aliases?.flows.at(-1) ?? live.flowId}), not ` +
                    `to ${flowId}. Nothing was deployed. Declare \`flowId\` by its name, which it has in both projects, or ` +
                    "another `targetEnvironment`.",
            );
        }
    }

    /** @throws ReleaseError where this project does not have a version that another one is to take from it. */
    private async expectVersion({ botId, flowId, versionTag }: Origin["version"]): Promise<void> {
        const snapshot = await this.snapshots.find(botId, versionTag);
        if (!snapshot) {
            throw new ReleaseError(
                `\`snapshots.source\`: project ${botId} has no snapshot ${versionTag}. Release the version there first.`,
            );
        }
        await this.lookup.flowIn(botId, flowId, snapshot);
    }

    /** Takes a version over from another project. */
    private async take({ platform, version }: Origin, { botId, deployment }: ReleaseInputs): Promise<void> {
        const { api, tasks } = this;
        const deadline = this.parts.clock.monotonic() + deployment.timeoutSeconds * 1000;
        await transferSnapshot(
            { api, tasks },
            botId,
            (consume) => platform.exportVersion(version.botId, version.versionTag, consume),
            deadline,
        );
    }
}
