import * as z from "zod";
import { itemsOf, type Tried, tried } from "../../tried.js";
import * as answers from "../answers.js";
import { type AiApi, part } from "../api.js";
import type { Environments } from "../connection.js";
import { type Environment, environmentsAmong } from "../environments.js";

/** The calls of an examination: those that change nothing. */
export type Reader = Pick<AiApi, "get" | "all">;

const MB = 1024 * 1024;

const named = z.object({ _id: z.string(), name: z.string().optional() });
const languageModel = named.extend({ provider: z.string().nullish() });
const task = answers.task.extend({ createdAt: z.number().optional() });

/** What releases read of a project: each list, or why it cannot be read. */
export interface ProjectView {
    project: answers.Project;
    flows: Tried<answers.Flow[]>;
    locales: Tried<answers.Locale[]>;
    snapshots: Tried<answers.Snapshot[]>;
    endpoints: Tried<answers.EndpointItem[]>;
    tasks: Tried<z.output<typeof task>[]>;
    playbooks: Tried<z.output<typeof answers.playbook>[]>;
    languageModels: Tried<z.output<typeof languageModel>[]>;
    graph: Tried<answers.Graph>;
    /** Each endpoint by its id, as it is given alone. */
    whole: ReadonlyMap<string, Tried<answers.Endpoint>>;
    environments: Environment[];
}

/** Reads what releases read of a project. */
export async function viewOf(
    api: Reader,
    project: answers.Project,
    configured: Environments,
): Promise<ProjectView> {
    const query = { projectId: project._id };
    const all = <T>(path: string, item: z.ZodType<T>, needs: string) =>
        tried(api.all(path, item, { query, needs }));
    const [flows, locales, snapshots, endpoints, tasks, playbooks, languageModels, graph] = await Promise.all(
        [
            all("/flows", answers.flow, "read flows"),
            all("/locales", answers.locale, "read locales"),
            all("/snapshots", answers.snapshot, "read snapshots"),
            all("/endpoints", answers.endpointItem, "read endpoints"),
            tried(newestTasks(api, project._id)),
            all("/playbooks", answers.playbook, "run playbooks"),
            all("/largelanguagemodels", languageModel, "read language models"),
            tried(
                api.get(`/projects/${part(project._id)}/graph`, answers.graph, {
                    query: { dependencies: "true" },
                    largest: 64 * MB,
                    needs: "read the project's resources",
                }),
            ),
        ],
    );
    const whole = await Promise.all(
        itemsOf(endpoints).map(
            async ({ _id }) =>
                [
                    _id,
                    await tried(
                        api.get(`/endpoints/${part(_id)}`, answers.endpoint, { needs: "read endpoints" }),
                    ),
                ] as const,
        ),
    );
    return {
        project,
        flows,
        locales,
        snapshots,
        endpoints,
        tasks,
        playbooks,
        languageModels,
        graph,
        whole: new Map(whole),
        environments: environmentsAmong(itemsOf(endpoints), configured),
    };
}

async function newestTasks(api: Reader, projectId: string) {
    const { items } = await api.get("/tasks", answers.page(task), {
        query: { projectId, limit: "100", sort: "createdAt:desc" },
        needs: "read tasks",
    });
    return items;
}

/** The flow that an endpoint leads to, as it stands in the editor. */
export function flowOf(view: ProjectView, { flowId }: answers.Endpoint): answers.Flow | undefined {
    return itemsOf(view.flows).find(({ referenceId }) => referenceId === flowId);
}
