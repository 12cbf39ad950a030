import type { Readable } from "node:stream";
import type { FlowDefinition, FlowReference, FlowVersion } from "../release/flow.js";
import type { Dependency, DependencyState, SimulationProgress } from "../release/gates.js";
import type { ReleaseInputs, Simulation, Version } from "../release/inputs.js";

/** A deployment as the platform lists it. */
export interface Deployment {
    deploymentId: string;
    botId: string;
    flowId: string;
    versionTag: string;
    targetEnvironment: string;
    /** `in_progress`, `completed`, `failed`, or a word of the platform's own. */
    status: string;
    /** ISO 8601. */
    createdAt: string;
    /** What it is, where it is something else that deployments have to wait for. */
    description?: string;
    /** Set where its parts are of different versions: then none of them is live as a whole. */
    mixed?: true;
    /** Other names under which a program may declare its flow and its environment. */
    aliases?: { flows: readonly string[]; environments: readonly string[] };
}

/** A flow as the platform lists it. */
export interface ListedFlow {
    flowId: string;
    name: string;
    /** Other names under which a program may declare it. */
    aliases: readonly string[];
}

/** What is to go live. */
export interface DeployRequest {
    release: ReleaseInputs;
    /** Of the content that passed its gates. */
    contentHash: string;
    nodesCount: number;
    /** ISO 8601 time of the flow's last edit. */
    lastModified: string;
    /** What is live before it; left out where nothing is. */
    previous?: string;
    /** Deployments whose versions must be kept, for they may be gone back to. */
    keep: readonly string[];
}

/** An entry of the platform's own audit trail. */
export interface AuditEntry {
    id: string;
    /** ISO 8601. */
    at: string;
}

/** What is asked how it is. */
export interface HealthSubject {
    botId: string;
    /** Left out: the bot as a whole. */
    release?: ReleaseInputs;
    /** What must be live, where that is known. */
    deploymentId?: string;
}

/**
 * What a release needs of a platform. Each dialect of the API implements it; nothing above it knows which.
 *
 * Every method throws a `PlatformError` when the platform refuses, cannot be reached, or breaks the contract.
 */
export interface Platform {
    /** The platform's address, without credentials. */
    readonly address: string;

    /**
     * Does work that asks again when a call got no answer, until then: people are told so while the platform does not
     * answer.
     *
     * @param deadline milliseconds, by the clock that nobody sets.
     */
    askingUntil<T>(deadline: number, work: () => Promise<T>): Promise<T>;

    /** What an exported version is, as the end of a file's name. */
    readonly artifactType: "json" | "csnap";

    /** Whether all exports of a version are equal to the last byte: then a file that differs is another version. */
    readonly exportsAreEqual: boolean;

    /**
     * Makes sure that a release could be deployed at all: that there is its environment, and whatever else a platform needs.
     *
     * @throws PlatformError that says what is missing.
     */
    expectDeployable(release: ReleaseInputs): Promise<void>;

    /** The flow as it stands now: what would go live. */
    flow(version: FlowVersion): Promise<FlowDefinition>;

    /** The flows of a bot; undefined where the platform has no list of them: then those are known that are deployed. */
    flows(botId: string): Promise<readonly ListedFlow[] | undefined>;

    /** What the flow needs, page by page. */
    dependencies(version: FlowVersion): AsyncIterable<Dependency[]>;

    /** Whether one of them can be used. */
    dependencyState(botId: string, dependency: Dependency): Promise<DependencyState>;

    /** Starts a simulation. @returns its id. */
    startSimulation(version: FlowVersion, simulation: Simulation): Promise<string>;

    /** How far a simulation has come. */
    simulation(id: string): Promise<SimulationProgress>;

    /**
     * The deployments of a bot that have a status.
     *
     * @param environment the only environment that is of interest: those of others may be left out.
     */
    deployments(
        botId: string,
        status: "in_progress" | "completed" | "failed",
        environment?: string,
    ): Promise<Deployment[]>;

    /**
     * Starts a deployment. Never sent twice by itself: after a `PlatformError` whose `outcomeUnknown` is set, look it up.
     *
     * @returns the deployment's id.
     */
    deploy(request: DeployRequest): Promise<string>;

    /** A deployment's status; undefined when there is no such deployment. */
    deploymentStatus(deploymentId: string): Promise<string | undefined>;

    /** Whether a deployment is complete or in progress; where it has parts that can be changed one by one, any of them. */
    stands(botId: string, deploymentId: string): Promise<boolean>;

    /** Whether some parts of a deployment stand, and others do not. */
    standsInPart(deploymentId: string): Promise<boolean>;

    /**
     * Finds a deployment that was cut off when it was done in part.
     *
     * @param previous what it was to take the place of.
     * @returns the id of what was done of it, to be rolled back; undefined where there is none.
     */
    cutOff(version: Version, previous: string): Promise<string | undefined>;

    /**
     * Rolls a deployment back: what was done over it by somebody else stays. Never sent twice by itself.
     *
     * @param previous the deployment that it took the place of, where that is known.
     * @returns whether there was such a deployment.
     */
    rollback(deploymentId: string, reason: string, previous?: string): Promise<boolean>;

    /** Whether the bot is healthy. */
    healthy(subject: HealthSubject): Promise<boolean>;

    /** Hands the versioned bot to `consume` as it comes; from the beginning again when it breaks off. */
    exportVersion<T>(botId: string, versionTag: string, consume: (body: Readable) => Promise<T>): Promise<T>;

    /** What the platform has written down itself of a deployment, or of its being rolled back; undefined where it shows nothing. */
    auditEntry(botId: string, deploymentId: string): Promise<AuditEntry | undefined>;

    /** The definition of a flow as it was released; undefined when the platform does not show it. */
    releasedFlow(reference: FlowReference, versionTag: string): Promise<FlowDefinition | undefined>;
}
