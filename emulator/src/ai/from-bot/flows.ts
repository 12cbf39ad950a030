import type { DependencyRow } from "../../bots/definition";
import type { BotData, DefinitionData, DeploymentData, FlowData, IntentData } from "../../data/platform-data";
import type { Flow, FlowUse, Intent } from "../resource";
import { secondsOf } from "../time";
import type { BotIds } from "./bot-ids";
import { chartFrom, nodeIdOf } from "./chart";
import { isThere, nameOf, typeOfKind } from "./resources";

/** The bot's flows, and empty ones for those that are only mentioned among its resources. */
export function flowsFrom(bot: BotData, ids: BotIds): Flow[] {
    const own = bot.flows ?? [];
    const mentioned = (bot.resources ?? [])
        .filter((data) => data.type === "flow" && isThere(data))
        .filter(({ id }) => own.every((flow) => flow.id !== id));
    return [
        ...own.map((flow) => flowFrom(ids, flow, intentsOf(bot, flow), flow.dependencies ?? [])),
        ...mentioned.map((data) => flowFrom(ids, { id: data.id, name: nameOf(data) }, [], [])),
    ];
}

/** A flow as it was deployed; undefined when the data does not tell. */
export function deployedFlowFrom(
    bot: BotData,
    ids: BotIds,
    { flowId, snapshot }: DeploymentData,
): Flow | undefined {
    const flow = bot.flows?.find(({ id }) => id === flowId);
    return snapshot === undefined || flow === undefined
        ? undefined
        : flowFrom(ids, snapshot, intentsOf(bot, flow), flow.dependencies ?? []);
}

/** The intents that a flow mentions; those that none mentions belong to the first one. */
function intentsOf({ flows = [], intents = [] }: BotData, flow: FlowData): readonly IntentData[] {
    const mentions = ({ nodes = [] }: FlowData, { id }: IntentData) =>
        JSON.stringify(nodes).includes(JSON.stringify(id));
    const isOurs = (intent: IntentData) =>
        mentions(flow, intent) || (flow === flows[0] && !flows.some((other) => mentions(other, intent)));
    return intents.filter((intent) => isThere(intent) && isOurs(intent));
}

function flowFrom(
    ids: BotIds,
    definition: DefinitionData,
    intentData: readonly IntentData[],
    rows: readonly DependencyRow[],
): Flow {
    const { id, name = id, description, updated_at = "2026-01-01T00:00:00Z", nodes = [] } = definition;
    const intents = intentData.map((data) => intentFrom(ids, id, data));
    const uses = rows.flatMap((row) => useFrom(ids, id, row));
    const lexicons = uses.filter(({ type }) => type === "lexicon").map(({ referenceId }) => referenceId);
    return {
        ...ids.base("flow", id, name),
        lastChanged: secondsOf(Date.parse(updated_at)),
        description: typeof description === "string" ? description : "",
        locale: ids.reference("locale", "primary"),
        attachedLexicons: [...new Set(lexicons)],
        chart: chartFrom(ids, id, nodes),
        uses: uses.filter(({ type }) => type !== "lexicon"),
        intents,
        trained: intents,
        isTrainingOutOfDate: false,
    };
}

/** An intent is called by its id: that is what steps and test cases know it by. */
function intentFrom(ids: BotIds, flowId: string, { id, name = id, examples = [] }: IntentData): Intent {
    return {
        _id: ids.id("intent", flowId, id),
        referenceId: ids.reference("intent", flowId, id),
        name: id,
        description: name,
        examples,
    };
}

/** Rows that speak of what is no resource of a project, such as templates, are left out. */
function useFrom(ids: BotIds, flowId: string, row: DependencyRow): FlowUse[] {
    const type = typeOfKind[row.resourceType];
    const [, nodeId] = /^nodes\/([^/]+)/.exec(row.referencePath) ?? [];
    return type === undefined || nodeId === undefined
        ? []
        : [{ node: nodeIdOf(ids, flowId, nodeId), type, referenceId: ids.reference(type, row.resourceId) }];
}
