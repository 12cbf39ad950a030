import { isJsonObject, type Json, type JsonObject } from "../json";
import { confidenceThreshold, understand } from "../match";
import type { Chart, ChartNode, ChartRelation } from "./chart";
import { byReference, type Flow, type Resource } from "./resource";

/** Where a conversation stands. */
export interface ConversationState {
    /** The `_id` of the question that waits for an answer; null: the flow begins anew. */
    readonly waitsAt: string | null;
    readonly context: JsonObject;
}

/** What one message brings. */
export interface Turn {
    /** What the bot says, in its order. */
    readonly outputs: readonly string[];
    /** The name of the intent that was understood. */
    readonly intent: string | null;
    /** How surely, 0 to 1. */
    readonly score: number;
    /** The names of the lexicons of which a value was mentioned. */
    readonly slots: readonly string[];
    readonly state: ConversationState;
}

/** How every conversation begins. */
export const freshState: ConversationState = { waitsAt: null, context: {} };

/** A flow that goes round in circles without a question is left after so many steps. */
const stepLimit = 1000;

/**
 * What the flow answers to a message. Steps are followed as they are connected; a question waits for the next message.
 * Nothing is evaluated: conditions hold, expressions in texts stay as they are, code, requests and other flows do
 * nothing.
 */
export function takeTurn(
    flow: Flow,
    content: readonly Resource[],
    state: ConversationState,
    text: string,
): Turn {
    const { intent, score } = intentOf(flow, text);
    const walk = new Walk(flow.chart, intent, state.context);
    const waitsAt = walk.from(firstNode(flow.chart, state.waitsAt));
    return {
        outputs: walk.outputs,
        intent,
        score,
        slots: slotsIn(text, flow, content),
        state: { waitsAt, context: walk.context },
    };
}

/** What an utterance means to the flow, as far as it was trained. */
export function intentOf(
    flow: Flow,
    text: string,
): { readonly intent: string | null; readonly score: number } {
    const meanings = flow.trained.map(({ name, examples }) => ({ id: name, examples }));
    const understood = understand(text, meanings);
    const isClear = understood !== null && understood.confidence >= confidenceThreshold;
    return { intent: isClear ? understood.intent : null, score: understood?.confidence ?? 0 };
}

class Walk {
    readonly outputs: string[] = [];
    context: JsonObject;
    private readonly nodes: ReadonlyMap<string, ChartNode>;
    private readonly relations: ReadonlyMap<string, ChartRelation>;

    constructor(
        chart: Chart,
        private readonly intent: string | null,
        context: JsonObject,
    ) {
        this.nodes = new Map(chart.nodes.map((node) => [node._id, node]));
        this.relations = new Map(chart.relations.map((relation) => [relation.node, relation]));
        this.context = context;
    }

    /** @returns the `_id` of the question at which it waits, or null at the end */
    from(first: string | null): string | null {
        let id = first;
        for (let steps = 0; id !== null && steps < stepLimit; steps += 1) {
            const node = this.nodes.get(id);
            if (node === undefined) {
                return null;
            }
            if (!node.isDisabled && this.waits(node)) {
                return id;
            }
            id = node.isDisabled ? this.nextOf(node) : this.after(node);
        }
        return null;
    }

    private waits(node: ChartNode): boolean {
        switch (node.type) {
            case "say":
                this.say(node.config.text);
                return false;
            case "question":
            case "optionalQuestion":
                this.say(node.config.text);
                return true;
            case "setContext":
                this.context = {
                    ...this.context,
                    ...(isJsonObject(node.config.values) ? node.config.values : {}),
                };
                return false;
            default:
                return false;
        }
    }

    private after(node: ChartNode): string | null {
        switch (node.type) {
            case "lookup":
                return this.branchFor(node) ?? this.nextOf(node);
            case "ifThenElse":
                return this.childOf(node, ({ type }) => type === "then") ?? this.nextOf(node);
            case "goTo":
                return this.targetOf(node) ?? this.nextOf(node);
            case "end":
                return null;
            default:
                return this.nextOf(node);
        }
    }

    private branchFor(node: ChartNode): string | null {
        const matching = ({ type, config }: ChartNode) =>
            type === "case" && this.intent !== null && config.intent === this.intent;
        return this.childOf(node, matching) ?? this.childOf(node, ({ type }) => type === "default");
    }

    private childOf(node: ChartNode, isWanted: (child: ChartNode) => boolean): string | null {
        const children = this.relations.get(node._id)?.children ?? [];
        return (
            children.find((id) => {
                const child = this.nodes.get(id);
                return child !== undefined && !child.isDisabled && isWanted(child);
            }) ?? null
        );
    }

    /** The step with the referenceId that the jump names. */
    private targetOf({ config }: ChartNode): string | null {
        const target = isJsonObject(config.flowNode) ? config.flowNode.node : undefined;
        return [...this.nodes.values()].find(({ referenceId }) => referenceId === target)?._id ?? null;
    }

    private nextOf(node: ChartNode): string | null {
        return this.relations.get(node._id)?.next ?? null;
    }

    private say(text: Json | undefined): void {
        const first = Array.isArray(text) ? text[0] : text;
        if (typeof first === "string") {
            this.outputs.push(first);
        }
    }
}

function firstNode({ nodes, relations }: Chart, waitsAt: string | null): string | null {
    const answered = relations.find(({ node }) => node === waitsAt);
    return answered === undefined ? (nodes.find((node) => node.isEntryPoint)?._id ?? null) : answered.next;
}

function slotsIn(text: string, flow: Flow, content: readonly Resource[]): string[] {
    const said = text.toLowerCase();
    return flow.attachedLexicons.flatMap((referenceId) => {
        const lexicon = byReference(content, "lexicon", referenceId);
        return lexicon?.values.some((value) => said.includes(value.toLowerCase())) ? [lexicon.name] : [];
    });
}
