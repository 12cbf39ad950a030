import type { Clock } from "../clock";
import type { BotData, DefinitionData } from "../data/platform-data";
import { Refusal } from "../refusal";
import { accessOf, type Bot, botFrom, definitionFrom, type Flow } from "./bot";
import type { Access, DependencyRow, FlowDefinition, ResourceKind } from "./definition";
import { type FlowPatch, patchNodes } from "./flow-edits";

/** A part of a list. Counting starts at page 1. */
export interface Page {
    readonly page: number;
    readonly pageSize: number;
}

/** The bots of the tenant with their drafts and resources. */
export class Catalog {
    private readonly bots: ReadonlyMap<string, Bot>;

    constructor(
        bots: readonly BotData[],
        private readonly clock: Clock,
    ) {
        this.bots = new Map(bots.map((data) => [data.id, botFrom(data)]));
    }

    /** @throws Refusal when there is no such bot */
    bot(botId: string): Bot {
        const bot = this.bots.get(botId);
        if (bot === undefined) {
            throw Refusal.notFound(`The bot "${botId}" does not exist.`);
        }
        return bot;
    }

    /** @throws Refusal when there is no such bot or flow */
    flow(botId: string, flowId: string): Flow {
        const flow = this.bot(botId).flows.get(flowId);
        if (flow === undefined) {
            throw Refusal.notFound(`The flow "${flowId}" of bot "${botId}" does not exist.`);
        }
        return flow;
    }

    /** Looks for a flow in all bots. @throws Refusal when none has it */
    findFlow(flowId: string): { readonly bot: Bot; readonly flow: Flow } {
        for (const bot of this.bots.values()) {
            const flow = bot.flows.get(flowId);
            if (flow !== undefined) {
                return { bot, flow };
            }
        }
        throw Refusal.notFound(`The flow "${flowId}" does not exist.`);
    }

    dependencies(botId: string, flowId: string, { page, pageSize }: Page): readonly DependencyRow[] {
        return this.flow(botId, flowId).dependencies.slice((page - 1) * pageSize, page * pageSize);
    }

    /** Whether a resource is there; in a bot that does not exist everything is missing. */
    access(botId: string, kind: ResourceKind, id: string): Access {
        const bot = this.bots.get(botId);
        return bot === undefined ? "missing" : accessOf(bot, kind, id);
    }

    /**
     * Makes a resource accessible, forbidden or missing; one that is unknown so far appears.
     * @throws Refusal when an unknown one is to be missing: that is a misspelt id
     */
    setResource(botId: string, kind: ResourceKind, id: string, access: Access): void {
        const bot = this.bot(botId);
        const known = bot.resources[kind].get(id);
        if (known === undefined && access === "missing") {
            throw Refusal.notFound(`The ${kind} "${id}" of bot "${botId}" does not exist anyway.`);
        }
        bot.resources[kind].set(id, { id, access, content: known?.content ?? { id } });
        if (kind === "intent" && !bot.intents.has(id)) {
            bot.intents.set(id, { id, name: id, examples: [] });
        }
    }

    /** Replaces the example sentences of an intent. @throws Refusal when there is no such bot or intent */
    setExamples(botId: string, intentId: string, examples: readonly string[]): void {
        const { intents } = this.bot(botId);
        const intent = intents.get(intentId);
        if (intent === undefined) {
            throw Refusal.notFound(`The intent "${intentId}" of bot "${botId}" does not exist.`);
        }
        intents.set(intentId, { ...intent, examples });
    }

    /** Replaces a draft; a flow that is unknown so far appears. @throws Refusal when there is no such bot */
    putFlow(botId: string, flowId: string, data: DefinitionData): FlowDefinition {
        if (data.id !== flowId) {
            throw Refusal.invalid(`id must be "${flowId}", as in the path.`);
        }
        const { flows } = this.bot(botId);
        const before = flows.get(flowId);
        if (before === undefined && this.isTaken(flowId)) {
            throw new Refusal("conflict", "flow_id_taken", `Another bot has a flow "${flowId}".`);
        }
        const definition = this.touch(definitionFrom(data), before?.definition);
        flows.set(flowId, { definition, dependencies: before?.dependencies ?? [] });
        return definition;
    }

    /** Changes some nodes of a draft. @throws Refusal when there is no such bot, flow or node */
    patchFlow(botId: string, flowId: string, patch: FlowPatch): FlowDefinition {
        const flow = this.flow(botId, flowId);
        flow.definition = this.touch(patchNodes(flow.definition, patch), flow.definition);
        return flow.definition;
    }

    /** Appends dependency rows. @throws Refusal when there is no such bot or flow */
    addDependencies(botId: string, flowId: string, rows: readonly DependencyRow[]): void {
        const flow = this.flow(botId, flowId);
        flow.dependencies = [...flow.dependencies, ...rows];
        flow.definition = this.touch(flow.definition, flow.definition);
    }

    /** Every edit is seen in `updated_at`, even a second one within the same millisecond. */
    private touch(definition: FlowDefinition, before: FlowDefinition | undefined): FlowDefinition {
        const now = this.clock.now();
        const previous = before === undefined ? Number.NaN : Date.parse(before.updated_at);
        return { ...definition, updated_at: new Date(now === previous ? now + 1 : now).toISOString() };
    }

    private isTaken(flowId: string): boolean {
        return [...this.bots.values()].some((bot) => bot.flows.has(flowId));
    }
}
