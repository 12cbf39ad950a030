import fc from "fast-check";
import type { FlowDefinition, FlowNode } from "../../src/release/flow.js";

/** One more step of a conversation: what it is, and what is in its branches. */
interface Step {
    type: string;
    branches: Step[][];
}

const PLAIN = ["say", "question", "httpRequest", "code"] as const;
const BRANCHING = ["ifThenElse", "lookup"] as const;

/** A conversation as it is written down: steps, and where a branch ends, and where the last one does. */
type Word = (typeof PLAIN)[number] | (typeof BRANCHING)[number] | "or" | "joined";

/** A node as these flows have it. */
export interface TalkingNode extends FlowNode {
    id: string;
    type: string;
    label: string;
    next: null | string | string[] | Record<string, string>;
    config: Record<string, unknown>;
}

/** A flow of such nodes. */
export interface Conversation extends FlowDefinition {
    nodes: TalkingNode[];
}

/** Any conversation of some length: every node has words of its own, and leads on, branches or ends. */
export const anyConversation: fc.Arbitrary<Conversation> = fc
    .array(fc.constantFrom<Word>(...PLAIN, ...PLAIN, ...BRANCHING, "or", "or", "joined"), {
        minLength: 3,
        maxLength: 60,
        size: "max",
    })
    .map((words) => conversationOf(stepsIn(words)));

/** Reads what was written down. What is not ended is ended at the end; what ends nothing is passed over. */
function stepsIn(words: readonly Word[]): Step[] {
    const all: Step[] = [];
    const open: { step: Step; branch: Step[] }[] = [];
    for (const word of words) {
        const inner = open.at(-1);
        if (word === "joined") {
            open.pop();
        } else if (word === "or") {
            if (inner) {
                inner.branch = [];
                inner.step.branches.push(inner.branch);
            }
        } else {
            const step: Step = { type: word, branches: [] };
            (inner?.branch ?? all).push(step);
            if (word === "ifThenElse" || word === "lookup") {
                const branch: Step[] = [];
                step.branches.push(branch);
                open.push({ step, branch });
            }
        }
    }
    return all;
}

/** A conversation of about so many nodes: every tenth step branches. */
export function longConversation(nodes: number): Conversation {
    const plain = (index: number): Step => ({ type: PLAIN[index % PLAIN.length] ?? "say", branches: [] });
    const all = Array.from({ length: Math.ceil(nodes / 16) }, (_, part): Step[] => [
        ...Array.from({ length: 9 }, (_step, index) => plain(part + index)),
        {
            type: part % 2 === 0 ? "ifThenElse" : "lookup",
            branches: [
                [plain(0), plain(1)],
                [plain(2), plain(3)],
            ],
        },
    ]);
    return conversationOf(all.flat());
}

function conversationOf(steps: readonly Step[]): Conversation {
    const nodes: TalkingNode[] = [];
    const add = (type: string, next: TalkingNode["next"], config: Record<string, unknown>) => {
        const number = nodes.length;
        const node = {
            id: `n${number}`,
            type,
            label: `Step ${number}`,
            next,
            config,
            layout: { x: number, y: 0 },
        };
        nodes.push(node);
        return node.id;
    };
    // From the end on, so that each step knows what comes after it.
    const sequence = (parts: readonly Step[], after: string): string =>
        parts.reduceRight((next, { type, branches }) => {
            if (branches.length === 0) {
                return add(type, next, configOf(type, nodes.length));
            }
            const entries = branches.map((branch, place) =>
                type === "lookup"
                    ? add("case", sequence(branch, next), { intent: `intent_${nodes.length}` })
                    : add(place === 0 ? "then" : "else", sequence(branch, next), {}),
            );
            return type === "lookup"
                ? add("lookup", entries, { operand: `{{input.intent${nodes.length}}}` })
                : add("ifThenElse", Object.fromEntries(entries.map((id, place) => [`case${place}`, id])), {
                      condition: `context.value${nodes.length} > ${nodes.length}`,
                  });
        }, after);
    const end = add("end", null, {});
    add("start", sequence(steps, end), {});
    return {
        id: "flow_67890",
        name: "Booking",
        locale: "en-GB",
        updated_at: "2026-01-02T03:04:05Z",
        intents: ["book", "cancel", "change"].map((name) => ({
            id: `${name}_flight`,
            name: `${name} a flight`,
            examples: [`${name} my flight`, `please ${name} the journey`, `I want to ${name} it`],
        })),
        nodes,
    };
}

/** Words that no other node has. */
export function wordsFor(number: number | string): string {
    return ["alpha", "beta", "gamma", "delta"].map((word) => `${word}${number}`).join(" ");
}

function configOf(type: string, number: number): Record<string, unknown> {
    switch (type) {
        case "httpRequest":
            return { url: `/v1/${wordsFor(number).replaceAll(" ", "/")}`, method: "GET", timeoutMs: 5000 };
        case "code":
            return { source: `context.value = compute(${wordsFor(number).replaceAll(" ", ", ")});` };
        default:
            return { text: [wordsFor(number)], voice: "voice_amelia" };
    }
}

/** The same flow under other ids, as a copy of it has them. */
export function withOtherIds(flow: Conversation, otherId: (id: string) => string): Conversation {
    const nodes = flow.nodes.map((node) => ({
        ...node,
        id: otherId(node.id),
        next: withOnward(node.next, otherId),
    }));
    return { ...flow, nodes };
}

/** Where a node leads, with other ids for those that it leads to. */
export function withOnward(next: TalkingNode["next"], otherId: (id: string) => string): TalkingNode["next"] {
    if (next === null) {
        return null;
    }
    if (typeof next === "string") {
        return otherId(next);
    }
    return Array.isArray(next)
        ? next.map(otherId)
        : Object.fromEntries(Object.entries(next).map(([name, id]) => [name, otherId(id)]));
}

/** The ids that a node leads to. */
export function onwardFrom({ next }: TalkingNode): string[] {
    if (next === null) {
        return [];
    }
    return typeof next === "string" ? [next] : Object.values(next);
}

/** The forms in which editors write down where nodes lead. */
export const SHAPES = ["relations", "edges", "targets"] as const;

/** The same conversation in another form. */
export function inShape(flow: Conversation, shape: (typeof SHAPES)[number]): FlowDefinition {
    const without = flow.nodes.map(({ next: _, ...node }) => node);
    switch (shape) {
        case "relations":
            return { ...flow, nodes: without, relations: flow.nodes.map(relationOf) };
        case "edges":
            return { ...flow, nodes: without, edges: flow.nodes.flatMap(edgesOf) };
        default:
            return {
                ...flow,
                nodes: flow.nodes.map(({ next, ...node }) => ({ ...node, next: targetsOf(next) })),
            };
    }
}

function relationOf({ id, next }: TalkingNode) {
    return typeof next === "string" || next === null
        ? { _id: `relation-${id}`, node: id, next, children: [] }
        : { _id: `relation-${id}`, node: id, next: null, children: Object.values(next) };
}

function edgesOf(node: TalkingNode) {
    const names =
        typeof node.next === "object" && !Array.isArray(node.next) ? Object.keys(node.next ?? {}) : [];
    return onwardFrom(node).map((target, place) => ({
        id: `edge-${node.id}-${place}`,
        source: node.id,
        target,
        ...(names[place] === undefined ? {} : { label: names[place] }),
    }));
}

function targetsOf(next: TalkingNode["next"]) {
    if (next === null || typeof next === "string") {
        return next;
    }
    return Object.entries(next).map(([condition, node]) => ({ condition: `case ${condition}`, node }));
}
