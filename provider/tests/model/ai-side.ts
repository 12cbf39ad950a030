import { demoUser, type PlatformData } from "cognigy-emulator";
import { deploymentIdOf } from "../../src/cognigy/ai/binding.js";
import { markedIn } from "../../src/cognigy/ai/marker.js";
import { digest } from "../../src/release/canonical.js";
import { contentHash } from "../../src/release/content-hash.js";
import type { FlowDefinition } from "../../src/release/flow.js";
import type { World } from "../support/harness.js";
import { platformData } from "../support/platform-data.js";
import { AI, type Happening, historiesOf } from "./history.js";
import {
    ifPossible,
    type NextDeployment,
    type PlatformSide,
    type SideMaker,
    type Version,
    type Watcher,
} from "./platform-side.js";

const PRODUCTION = "Production";
/** As many as a project may have. */
const LIMIT = 10;
/** What is made by hand until there is no room is called so. */
const FILLER = "filler";

type Ai = World["emulator"]["ai"];
type Project = ReturnType<Ai["projects"]["find"]>;
type Snapshot = ReturnType<Ai["snapshots"]["find"]>;

/** The Cognigy.AI API: deployments are where the endpoint leads to, versions are snapshots. */
export const aiSide: SideMaker = {
    api: "cognigy-ai",
    histories: historiesOf(AI),
    data: smallData,
    make: async (world) => {
        const side = new AiSide(world);
        const { botId, flowId } = side.place;
        template ??= await world.pipeline().platform.flow({ botId, flowId });
        return side;
    },
};

/** The flow as the dialect reads it; the same for every world, but for the one text that is edited. */
let template: FlowDefinition | undefined;

class AiSide implements PlatformSide {
    readonly place;
    readonly health = { utterances: [{ input: "hello" }] };
    readonly editsGoUnseen = false;
    private byHand = 0;
    /** What happens now is somebody else's doing. */
    private others = false;
    private readonly project: Project;

    constructor(private readonly world: World) {
        const [project] = this.ai.projects.list();
        if (!project) {
            throw new Error("the data has no project");
        }
        this.project = project;
        this.place = {
            botId: project._id,
            flowId: this.flow.referenceId,
            targetEnvironment: "production",
        };
    }

    get deployedByHand(): string | undefined {
        return this.byHand > 0 ? `v9.${this.byHand}.0` : undefined;
    }

    watch(watcher: Watcher): void {
        const { endpoints, snapshots, tasks } = this.ai;
        const patch = endpoints.patch.bind(endpoints);
        endpoints.patch = (project, endpoint, change, userId) => {
            if (this.others || change.entrypoint === undefined) {
                return patch(project, endpoint, change, userId);
            }
            const before = idOf(endpoint);
            const result = patch(project, endpoint, change, userId);
            const { entrypoint } = result;
            const snapshot = snapshots.get(entrypoint);
            watcher.changes();
            if (idOf(result) === before) {
                watcher.broken(8, `the endpoint is switched to ${snapshot?.name}, where it leads already`);
            }
            if (!snapshot && entrypoint !== this.project._id) {
                watcher.broken(12, `the endpoint is switched to ${entrypoint}, which is not there`);
            }
            watcher.started({
                deploymentId: idOf(result),
                ...(snapshot ? { versionTag: snapshot.name } : {}),
                ...(entrypoint === this.project._id ? { versionTag: "draft" } : {}),
                contentHash: snapshot ? hashOf(snapshot) : this.draftHash(),
                names: snapshot ? [nameOf(snapshot, this.flow.referenceId)] : [],
                instead: before,
            });
            return result;
        };
        const create = snapshots.create.bind(snapshots);
        snapshots.create = (project, name, userId) => {
            watcher.changes();
            const isThere = snapshots.of(project._id).some((one) => one.name === name.name);
            const isMade = tasks
                .list()
                .some(
                    ({ type, status, parameters }) =>
                        type === "createSnapshot" &&
                        (status === "queued" || status === "active") &&
                        parameters.name === name.name,
                );
            if (isThere || isMade) {
                watcher.broken(8, `snapshot ${name.name} is made again`);
            }
            return create(project, name, userId);
        };
        const remove = snapshots.remove.bind(snapshots);
        snapshots.remove = (snapshot, userId) => {
            watcher.changes();
            if (!markedIn(snapshot.description)) {
                watcher.broken(12, `snapshot ${snapshot.name} is deleted, which somebody else has made`);
            }
            watcher.removed({ id: snapshot._id, versionTag: snapshot.name });
            return remove(snapshot, userId);
        };
    }

    secrets(): string[] {
        return [demoUser.apiKey];
    }

    draftHash(): string {
        return hashOf({ resources: this.project.all() });
    }

    live(): Version | undefined {
        const { endpoint } = this;
        const snapshot = this.ai.snapshots.get(endpoint.entrypoint);
        const isDraft = endpoint.entrypoint === this.project._id;
        return {
            deploymentId: idOf(endpoint),
            versionTag: isDraft ? "draft" : (snapshot?.name ?? endpoint.entrypoint),
        };
    }

    sight(): unknown {
        return [this.endpoint, this.flow, this.ai.snapshots.of(this.project._id).map(({ _id }) => _id)];
    }

    stands(deploymentId: string): boolean {
        return idOf(this.endpoint) === deploymentId;
    }

    isFrozen(versionTag: string): boolean {
        return this.ai.snapshots.of(this.project._id).some(({ name }) => name === versionTag);
    }

    overlaps(): { one: string; other: string }[] {
        // A switch takes no time: it happens, or it does not.
        return [];
    }

    happen(happening: Happening): void {
        this.others = true;
        try {
            this.change(happening);
        } finally {
            this.others = false;
        }
    }

    edit(text: string): void {
        const { flow } = this;
        const nodes = flow.chart.nodes.map((node) =>
            node.type === "say" ? { ...node, config: { text } } : node,
        );
        this.project.put({
            ...flow,
            chart: { ...flow.chart, nodes },
            lastChanged: Math.floor(this.ai.now() / 1000),
        });
    }

    nextDeployment({ outcome, seconds, takesEffect }: NextDeployment): void {
        this.ai.tasks.addScript({
            type: "createSnapshot",
            outcome: ({ completed: "done", failed: "error", stuck: "stuck" } as const)[outcome],
            durationMs: seconds * 1000,
            ...(takesEffect === undefined ? {} : { takesEffect }),
        });
    }

    settle(): void {
        const { snapshots, tasks } = this.ai;
        (Reflect.get(tasks, "scripts") as unknown[]).length = 0;
        this.world.clock.skip(3 * 3_600_000);
        this.ai.settle();
        for (const { _id, status } of tasks.list()) {
            if (status === "active" || status === "queued") {
                tasks.cancel(_id);
            }
        }
        this.world.clock.skip(60_000);
        this.ai.settle();
        // There is room for what comes.
        for (const snapshot of snapshots.of(this.project._id)) {
            if (snapshot.name.startsWith(FILLER) && snapshots.attachedTo(snapshot).length === 0) {
                snapshots.forget(snapshot._id);
            }
        }
        const unattached = snapshots
            .of(this.project._id)
            .filter((one) => snapshots.attachedTo(one).length === 0);
        for (const snapshot of unattached.slice(0, Math.max(0, unattached.length - (LIMIT - 4)))) {
            snapshots.forget(snapshot._id);
        }
    }

    private change(happening: Happening): void {
        const { ai, project, endpoint } = this;
        const { snapshots, endpoints } = ai;
        const all = snapshots.of(project._id);
        switch (happening.what) {
            case "edit":
                this.edit(`content ${happening.content}`);
                break;
            case "deploy by hand": {
                ifPossible(() => {
                    const { _id } = this.taken(`v9.${this.byHand + 1}.0`);
                    this.byHand += 1;
                    const goal = happening.staging ? this.endpointNamed("Staging") : endpoint;
                    endpoints.patch(project, goal, { entrypoint: _id }, project.createdBy);
                });
                break;
            }
            case "roll back by hand": {
                const entrypoints = [...all.map(({ _id }) => _id).reverse(), project._id];
                const entrypoint = entrypoints[happening.nth] ?? project._id;
                endpoints.patch(project, endpoint, { entrypoint }, project.createdBy);
                break;
            }
            case "forget": {
                const gone = all.reverse()[happening.nth];
                if (gone) {
                    snapshots.forget(gone._id);
                }
                break;
            }
            case "take a snapshot by hand":
                ifPossible(() => this.taken(happening.tag));
                break;
            case "fill the snapshots":
                for (let more = all.length; more < LIMIT; more += 1) {
                    ifPossible(() => this.taken(`${FILLER} ${more} at ${ai.now()}`));
                }
                break;
            case "health": {
                const answers = happening.sequence.map((well) => answerWhen(well));
                ai.conversations.script(endpoint._id, {
                    sequence: answers,
                    afterwards: answerWhen(happening.afterwards),
                });
                break;
            }
            case "simulations":
                ai.playbooks.failOn(happening.fail ? ["book a flight", "cancel my reservation"] : []);
                break;
            case "dependency": {
                const lexicon = [...project.all(), ...project.allMissing()].find(
                    ({ type }) => type === "lexicon",
                );
                if (lexicon) {
                    project.setAccess(lexicon, happening.access);
                }
                break;
            }
            default:
        }
    }

    private taken(name: string): Snapshot {
        const { project, ai } = this;
        return ai.snapshots.take(project, { name, description: "" }, project.createdBy, ai.now());
    }

    private get ai() {
        return this.world.emulator.ai;
    }

    private get flow() {
        const [flow] = this.project.of("flow");
        if (!flow) {
            throw new Error("the project has no flow");
        }
        return flow;
    }

    private get endpoint() {
        return this.endpointNamed(PRODUCTION);
    }

    private endpointNamed(name: string) {
        const found = this.project.of("endpoint").find((one) => one.name === name);
        if (!found) {
            throw new Error(`the project has no endpoint ${name}`);
        }
        return found;
    }
}

function idOf({ _id, entrypoint, flowId, localeId }: ReturnType<Ai["endpoints"]["patch"]>): string {
    return deploymentIdOf([{ endpoint: _id, entrypoint, flowId, localeId }]);
}

function answerWhen(well: boolean): "computed" | "silent" {
    return well ? "computed" : "silent";
}

/** The hash of the flow as a snapshot holds it, or a draft. */
function hashOf({ resources }: Pick<Snapshot, "resources">): string {
    const flow = resources.find(({ type }) => type === "flow") as ReturnType<Project["of"]>[number] & {
        chart: { nodes: { type: string; config: { text?: unknown } }[] };
    };
    const text = flow.chart.nodes.find(({ type }) => type === "say")?.config.text;
    if (!template) {
        throw new Error("the flow was never read");
    }
    const nodes = template.nodes.map((node) => (node.type === "say" ? { ...node, config: { text } } : node));
    // A flow does not name what is not there any more, and this one has one lexicon.
    const isThere = resources.some(({ type }) => type === "lexicon");
    const attachedLexicons = isThere ? template.attachedLexicons : [];
    return contentHash({ ...template, nodes, attachedLexicons });
}

/** What the content of a snapshot is called that nobody can look into. */
function nameOf({ hash }: Snapshot, flow: string): string {
    return digest({ snapshot: hash, flow });
}

/** One flow of one step and two intents, and one thing that it needs, so that a history is short. */
function smallData(): PlatformData {
    const data = platformData();
    const [bot] = data.bots;
    const [flow] = bot?.flows ?? [];
    if (!bot || !flow) {
        throw new Error("the data has no flow");
    }
    const nodes = (text: string) => [
        { id: "n1", type: "start", next: "n3" },
        { id: "n3", type: "say", label: "Book", next: null, config: { text } },
    ];
    return {
        ...data,
        ai: { quota: null, queuedMs: 100, taskMs: 1_500 },
        bots: [
            {
                ...bot,
                resources: [],
                externalApis: [],
                flows: [
                    {
                        ...flow,
                        nodes: nodes("Where to, please?"),
                        dependencies: [
                            { resourceType: "entity", resourceId: "city", referencePath: "nodes/n3/entity" },
                        ],
                    },
                ],
                deployments: (bot.deployments ?? []).map((deployment) => ({
                    ...deployment,
                    snapshot: { ...flow, nodes: nodes("Where to?") },
                })),
            },
        ],
    };
}
