import type { Clock } from "../clock";
import type { PlatformData } from "../data/platform-data";
import { Audit } from "./audit";
import { type ConversationScript, Conversations } from "./conversations";
import { demoUser } from "./data/demo-user";
import { Downloads } from "./downloads";
import { Endpoints } from "./endpoints";
import { Entrypoints } from "./entrypoints";
import { projectFrom } from "./from-bot/project";
import { LlmCredentials } from "./llm-credentials";
import { Packages } from "./packages";
import { Playbooks } from "./playbooks";
import { Projects } from "./project";
import { Quota, sharedQuota } from "./quota";
import type { Binding } from "./resource";
import { Simulator } from "./simulator";
import { Snapshots } from "./snapshots";
import { type TaskStatus, Tasks, type Timing } from "./tasks";
import { Users, userIdFor } from "./users";
import { VariantBook, type Variants } from "./variants";

/** An endpoint at a glance. */
export interface EndpointState extends Binding {
    readonly _id: string;
    readonly name: string;
    readonly channel: string;
    readonly URLToken: string;
    readonly active: boolean;
    /** The name of the snapshot that it leads to; null: the draft, or nothing that exists. */
    readonly snapshot: string | null;
    readonly conversation: Required<ConversationScript>;
}

/** A snapshot at a glance. */
export interface SnapshotState {
    readonly _id: string;
    readonly name: string;
    readonly description: string;
    readonly hash: string;
    readonly isPackaged: boolean;
    /** The names of the endpoints that lead to it. */
    readonly attachedTo: readonly string[];
}

/** A task at a glance. */
export interface TaskState {
    readonly _id: string;
    readonly type: string;
    readonly status: TaskStatus;
    readonly failReason: string;
}

/** A project at a glance. */
export interface ProjectState {
    readonly _id: string;
    readonly name: string;
    /** Oldest first. */
    readonly snapshots: readonly SnapshotState[];
    readonly endpoints: readonly EndpointState[];
    /** Oldest first. */
    readonly tasks: readonly TaskState[];
}

/** The state of the platform at a glance. */
export interface AiState {
    readonly projects: readonly ProjectState[];
    readonly variants: Variants;
}

const defaultTiming: Timing = { queuedMs: 100, taskMs: 200, settleMs: 100 };

/** The platform behind the Cognigy.AI contract, without HTTP: a state that calls and time move on. */
export class AiPlatform {
    /** Built when it is first needed: most emulators are asked in the words of the other contract. */
    private built: Parts | null = null;

    constructor(
        private readonly data: PlatformData,
        private readonly clock: Clock,
    ) {}

    get users(): Users {
        return this.parts.users;
    }

    get projects(): Projects {
        return this.parts.projects;
    }

    get tasks(): Tasks {
        return this.parts.tasks;
    }

    get snapshots(): Snapshots {
        return this.parts.snapshots;
    }

    get packages(): Packages {
        return this.parts.packages;
    }

    get downloads(): Downloads {
        return this.parts.downloads;
    }

    get entrypoints(): Entrypoints {
        return this.parts.entrypoints;
    }

    get endpoints(): Endpoints {
        return this.parts.endpoints;
    }

    get conversations(): Conversations {
        return this.parts.conversations;
    }

    get playbooks(): Playbooks {
        return this.parts.playbooks;
    }

    get simulator(): Simulator {
        return this.parts.simulator;
    }

    get credentials(): LlmCredentials {
        return this.parts.credentials;
    }

    get audit(): Audit {
        return this.parts.audit;
    }

    get quota(): Quota {
        return this.parts.quota;
    }

    get variants(): VariantBook {
        return this.parts.variants;
    }

    /** Milliseconds since 1970. */
    now(): number {
        return this.clock.now();
    }

    /** Does what is due by now. Every call does this first. */
    settle(): void {
        this.tasks.settle();
    }

    /** Goes back to the data with which it was built. */
    reset(): void {
        this.built = null;
    }

    state(): AiState {
        this.settle();
        return {
            projects: this.projects.list().map(({ _id, name }) => ({
                _id,
                name,
                snapshots: this.snapshots.of(_id).map((snapshot) => ({
                    _id: snapshot._id,
                    name: snapshot.name,
                    description: snapshot.description,
                    hash: snapshot.hash,
                    isPackaged: this.snapshots.file(snapshot._id) !== null,
                    attachedTo: this.snapshots.attachedTo(snapshot),
                })),
                endpoints: this.endpointStates(_id),
                tasks: this.tasks
                    .list()
                    .filter(({ projectId }) => projectId === _id)
                    .map(({ _id: id, type, status, failReason }) => ({ _id: id, type, status, failReason })),
            })),
            variants: this.variants.now,
        };
    }

    private get parts(): Parts {
        this.built ??= build(this.data, this.clock);
        return this.built;
    }

    private endpointStates(projectId: string): EndpointState[] {
        return this.projects
            .find(projectId)
            .of("endpoint")
            .map(({ _id, name, channel, URLToken, active, entrypoint, flowId, localeId }) => ({
                _id,
                name,
                channel,
                URLToken,
                active,
                entrypoint,
                flowId,
                localeId,
                snapshot: this.snapshots.get(entrypoint)?.name ?? null,
                conversation: this.conversations.outlook(_id),
            }));
    }
}

type Parts = ReturnType<typeof build>;

function build({ ai = {}, bots, tokenLifetimeSeconds = 3600 }: PlatformData, clock: Clock) {
    const timing = {
        queuedMs: ai.queuedMs ?? defaultTiming.queuedMs,
        taskMs: ai.taskMs ?? defaultTiming.taskMs,
        settleMs: ai.settleMs ?? defaultTiming.settleMs,
    };
    const author = userIdFor((ai.users?.[0] ?? demoUser).email);
    const made = bots.map((bot) => projectFrom(bot, author));
    const variants = new VariantBook(ai.variants ?? {});
    const projects = new Projects(made.map(({ project }) => project));
    const tasks = new Tasks(timing, clock);
    const downloads = new Downloads(clock);
    const credentials = new LlmCredentials();
    const snapshots = new Snapshots(
        made.flatMap((it) => it.snapshots),
        { projects, tasks, downloads, variants, clock },
    );
    const entrypoints = new Entrypoints(projects, snapshots);
    return {
        variants,
        projects,
        tasks,
        downloads,
        credentials,
        snapshots,
        entrypoints,
        users: new Users(ai.users, ai.oauthClients ?? [], tokenLifetimeSeconds, clock),
        packages: new Packages({ tasks, downloads, variants }),
        endpoints: new Endpoints(entrypoints, variants, clock),
        conversations: new Conversations(entrypoints, variants, clock),
        playbooks: new Playbooks({ tasks, entrypoints, clock }),
        simulator: new Simulator(
            made.flatMap((it) => it.scenarios),
            { entrypoints, credentials, clock },
        ),
        audit: new Audit(timing.settleMs, variants, clock),
        quota: new Quota(ai.quota === undefined ? sharedQuota : ai.quota, clock),
    };
}
