import type { BotData, DefinitionData, FlowData, IntentData, ResourceData } from "../data/platform-data";
import type { JsonObject } from "../json";
import type { Access, DependencyRow, FlowDefinition, Intent, ResourceKind } from "./definition";

/** The `updated_at` of flows that come without one. */
const longAgo = "2026-01-01T00:00:00Z";

/** A flow as it stands in the editor. */
export interface Flow {
    definition: FlowDefinition;
    dependencies: readonly DependencyRow[];
}

/** A resource and whether it may be used. */
export interface Resource {
    readonly id: string;
    readonly access: Access;
    /** What the artifact says of it. */
    readonly content: Readonly<Record<string, unknown>>;
}

/** A bot with all that belongs to it. The maps keep the order of the data. */
export interface Bot {
    readonly id: string;
    readonly name: string;
    readonly flows: Map<string, Flow>;
    readonly intents: Map<string, Intent>;
    readonly resources: Readonly<Record<ResourceKind, Map<string, Resource>>>;
}

/** What of a bot goes live with a deployment, frozen at that moment. */
export interface BotSnapshot {
    readonly flow: FlowDefinition;
    readonly intents: readonly Intent[];
    readonly entities: readonly Resource["content"][];
}

/** Builds a bot from its data. */
export function botFrom(data: BotData): Bot {
    const intents = data.intents ?? [];
    return {
        id: data.id,
        name: data.name ?? data.id,
        flows: byId((data.flows ?? []).map(flowFrom), (flow) => flow.definition.id),
        intents: byId(intents.map(intentFrom), (intent) => intent.id),
        resources: {
            intent: resourcesFrom(intents),
            entity: resourcesFrom(data.entities),
            external_api: resourcesFrom(data.externalApis),
            resource: resourcesFrom(data.resources),
        },
    };
}

/** Fills in what a definition by hand leaves out. */
export function definitionFrom(data: DefinitionData): FlowDefinition {
    const { id, name = id, updated_at = longAgo, nodes = [], ...rest } = data;
    return { id, name, ...(rest as JsonObject), nodes, updated_at };
}

/** The intents that may be used now. */
export function usableIntents(bot: Bot): Intent[] {
    return [...bot.intents.values()].filter((intent) => accessOf(bot, "intent", intent.id) === "ok");
}

/** Whether a resource is there. */
export function accessOf(bot: Bot, kind: ResourceKind, id: string): Access {
    return bot.resources[kind].get(id)?.access ?? "missing";
}

/** Freezes what would go live now with `flow`. Nothing is copied: edits make new values. */
export function snapshotOf(bot: Bot, flow: FlowDefinition): BotSnapshot {
    return {
        flow,
        intents: usableIntents(bot),
        entities: [...bot.resources.entity.values()]
            .filter((entity) => entity.access === "ok")
            .map((entity) => entity.content),
    };
}

function flowFrom({ dependencies = [], ...definition }: FlowData): Flow {
    return { definition: definitionFrom(definition), dependencies };
}

function intentFrom({ id, name = id, examples = [] }: IntentData): Intent {
    return { id, name, examples };
}

function resourcesFrom(list: readonly (ResourceData | IntentData)[] = []): Map<string, Resource> {
    const resources = list.map(({ access = "ok", ...content }) => ({ id: content.id, access, content }));
    return byId(resources as Resource[], (resource) => resource.id);
}

function byId<Item>(items: readonly Item[], idOf: (item: Item) => string): Map<string, Item> {
    return new Map(items.map((item) => [idOf(item), item]));
}
