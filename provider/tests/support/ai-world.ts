import type { AiState, DefinitionData, PlatformData } from "cognigy-emulator";
import { useWorlds, type World, type WorldOptions } from "./harness.js";
import { platformData, releaseArgs } from "./platform-data.js";

/** The project that the emulator makes of the tests' bot. */
export const PROJECT = "Travel assistant";

/** A world whose platform speaks the Cognigy.AI API, and what a release needs to know of it. */
export interface AiWorld {
    world: World;
    /** The arguments of the release. */
    args: (more?: Record<string, unknown>) => Record<string, unknown>;
    projectId: string;
    /** The referenceId of the flow. */
    flowId: string;
    /** The name of the snapshot that an endpoint leads to, or `draft`. */
    leadsTo: (endpoint?: string) => Promise<string>;
    /** The names of the snapshots, oldest first. */
    snapshots: () => Promise<string[]>;
    state: () => Promise<AiState>;
    /** Somebody edits what a step says: at once. */
    edit: (text: string, label?: string) => void;
    /** Somebody lets an endpoint lead to a snapshot: at once. */
    switchTo: (snapshot: string, endpoint?: string) => void;
}

/** The tests' bot as a project can be made of it: steps of the kinds that conversations go along, and what each depends on. */
function asProject(data: PlatformData): PlatformData {
    const branching = <T extends DefinitionData>(definition: T): T => ({
        ...definition,
        nodes: (definition.nodes ?? []).flatMap((node) =>
            node.type === "intentRouter"
                ? [
                      { ...node, type: "lookup", next: { book: "n5", cancel: "n6" }, config: {} },
                      {
                          id: "n5",
                          type: "case",
                          label: "Books",
                          next: "n3",
                          config: { intent: "book_flight" },
                      },
                      {
                          id: "n6",
                          type: "case",
                          label: "Cancels",
                          next: "n4",
                          config: { intent: "cancel_reservation" },
                      },
                  ]
                : [node],
        ),
    });
    return {
        ...data,
        bots: (data.bots ?? []).map((bot) => ({
            ...bot,
            deployments: (bot.deployments ?? []).map((deployment) => ({
                ...deployment,
                ...(deployment.snapshot ? { snapshot: branching(deployment.snapshot) } : {}),
            })),
            flows: (bot.flows ?? []).map((flow) => ({
                ...branching(flow),
                dependencies: (flow.dependencies ?? []).map((row) => ({
                    ...row,
                    referencePath: row.referencePath.replace(/^(n\d+)\./, "nodes/$1/"),
                })),
            })),
        })),
    };
}

/** Gives each test of a file such worlds of its own, and ends them after it. */
export function useAiWorlds(): (options?: WorldOptions) => Promise<AiWorld> {
    const startWorld = useWorlds();
    return async (options = {}) => {
        const data = asProject(options.data ?? platformData());
        const world = await startWorld({ ...options, data, api: "cognigy-ai" });
        const { ai } = world.emulator;
        const state = () => world.control.ai.state();
        const project = async () => {
            const found = (await state()).projects.find(({ name }) => name === PROJECT);
            if (!found) {
                throw new Error(`there is no project ${PROJECT}`);
            }
            return found;
        };
        const { _id: projectId, endpoints } = await project();
        const production = endpoints.find(({ name }) => name === "Production");
        const flowId = production?.flowId ?? "";
        return {
            world,
            projectId,
            flowId,
            state,
            args: (more = {}) =>
                releaseArgs({
                    botId: projectId,
                    flowId,
                    health: { utterances: [{ input: "book a flight" }] },
                    ...more,
                }),
            leadsTo: async (endpoint = "Production") => {
                const { endpoints: now, snapshots } = await project();
                const entrypoint = now.find(({ name }) => name === endpoint)?.entrypoint;
                return (
                    snapshots.find(({ _id }) => _id === entrypoint)?.name ??
                    (entrypoint === projectId ? "draft" : String(entrypoint))
                );
            },
            snapshots: async () => (await project()).snapshots.map(({ name }) => name),
            edit: (text, label = "Book") => {
                const draft = ai.projects.find(projectId);
                const [flow] = draft.of("flow").filter(({ referenceId }) => referenceId === flowId);
                if (!flow) {
                    throw new Error("there is no flow");
                }
                const nodes = flow.chart.nodes.map((node) =>
                    node.label === label ? { ...node, config: { text } } : node,
                );
                const lastChanged = Math.floor(ai.now() / 1000);
                draft.put({ ...flow, chart: { ...flow.chart, nodes }, lastChanged });
            },
            switchTo: (snapshot, name = "Production") => {
                const draft = ai.projects.find(projectId);
                const endpoint = draft.of("endpoint").find((one) => one.name === name);
                const found = ai.snapshots.of(projectId).find((one) => one.name === snapshot);
                if (!endpoint || !found) {
                    throw new Error(`there is no endpoint ${name}, or no snapshot ${snapshot}`);
                }
                ai.endpoints.patch(draft, endpoint, { entrypoint: found._id }, draft.createdBy);
            },
        };
    };
}
