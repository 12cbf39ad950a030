import fc from "fast-check";
import { type Conversation, onwardFrom, type TalkingNode, withOnward, wordsFor } from "./conversation.js";

const KINDS = [
    "say",
    "call",
    "label",
    "insert",
    "delete",
    "move",
    "rewire",
    "reorder",
    "sentence",
    "intent",
    "setting",
] as const;

/** One edit, with numbers that choose where: which nodes they mean depends on the flow. */
export interface Edit {
    kind: (typeof KINDS)[number];
    where: number;
    whereTo: number;
}

/** Edits of all kinds, at any place. */
export const anyEdits: fc.Arbitrary<Edit[]> = fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS), where: fc.nat(), whereTo: fc.nat() }),
    { minLength: 1, maxLength: 12 },
);

/** A flow as it was edited, and what a comparison must find: what happened to which label, in order. */
export interface Edited {
    flow: Conversation;
    expected: string[];
}

/**
 * Edits a copy of a flow. No two edits touch the same nodes or their neighbours, so that each can be told by itself; one
 * that would is left out.
 */
export function edited(flow: Conversation, edits: readonly Edit[]): Edited {
    const editor = new Editor(structuredClone(flow));
    edits.forEach((edit, number) => {
        editor.apply(edit, number);
    });
    return { flow: editor.flow, expected: editor.expected.sort() };
}

class Editor {
    readonly expected: string[] = [];
    private readonly touched = new Set<string>();

    constructor(readonly flow: Conversation) {}

    apply({ kind, where, whereTo }: Edit, number: number): void {
        const edits: Record<Edit["kind"], () => void> = {
            say: () => this.change(where, "text", [wordsFor(`said${number}`)]),
            call: () => this.change(where, "url", `/v2/${number}`),
            label: () => this.rename(where, `Renamed ${number}`),
            insert: () => this.insert(where, number),
            delete: () => this.delete(where),
            move: () => this.move(where, whereTo),
            rewire: () => this.rewire(where, whereTo),
            reorder: () => this.reorder(where),
            sentence: () => this.changeIntent("sentence", where, number),
            intent: () => this.changeIntent("intent", where, number),
            setting: () => this.set(`xx-${number}`),
        };
        edits[kind]();
    }

    private change(where: number, property: string, value: unknown): void {
        const node = this.choose(where, ({ config }) => property in config);
        if (node && this.claim([node.id])) {
            node.config[property] = value;
            this.expected.push(`changed ${node.label} config.${property}`);
        }
    }

    private rename(where: number, label: string): void {
        const node = this.choose(where, isPlain);
        if (node && this.claim([node.id])) {
            node.label = label;
            this.expected.push(`changed ${label} label`);
        }
    }

    private insert(where: number, number: number): void {
        const before = this.choose(where, isPlain);
        if (before && this.claim([before.id, ...onwardFrom(before)])) {
            const config = { text: [wordsFor(`inserted${number}`)] };
            const node = {
                id: `new${number}`,
                type: "say",
                label: `Inserted ${number}`,
                next: before.next,
                config,
            };
            this.flow.nodes.push(node);
            this.claim([node.id]);
            before.next = node.id;
            this.expected.push(`added ${node.label}`);
        }
    }

    private delete(where: number): void {
        const node = this.choose(where, isPlain);
        if (node && this.claim(this.around(node))) {
            this.takeOut(node);
            this.flow.nodes = this.flow.nodes.filter((other) => other !== node);
            this.expected.push(`removed ${node.label}`);
        }
    }

    private move(where: number, whereTo: number): void {
        const node = this.choose(where, isPlain);
        const before = this.choose(whereTo, isPlain);
        const place = before ? [before.id, ...onwardFrom(before)] : [];
        // Next to where it was, it would be as true to say that its neighbour was moved.
        const isNear = node && place.some((id) => this.around(node).includes(id));
        if (node && before && !isNear && this.claim([...this.around(node), ...place])) {
            this.takeOut(node);
            node.next = before.next;
            before.next = node.id;
            this.expected.push(`moved ${node.label}`);
        }
    }

    private rewire(where: number, whereTo: number): void {
        const node = this.choose(where, isPlain);
        const target = this.choose(
            whereTo,
            ({ id, type }) => type !== "start" && id !== node?.id && id !== node?.next,
        );
        if (node && target && this.claim([node.id, ...onwardFrom(node), target.id])) {
            node.next = target.id;
            this.expected.push(`rewired ${node.label}`);
        }
    }

    private reorder(where: number): void {
        const node = this.choose(where, ({ next }) => Array.isArray(next) && next.length > 1);
        if (node && Array.isArray(node.next) && this.claim([node.id, ...node.next])) {
            node.next.reverse();
            this.expected.push(`reordered ${node.label}`);
        }
    }

    private changeIntent(kind: "sentence" | "intent", where: number, number: number): void {
        const intents = this.flow.intents as { id: string; name: string; examples: string[] }[];
        const intent = intents[where % intents.length];
        // A list that is empty is no list of intents any more.
        if (!intent || !this.claim([intent.id]) || (kind === "intent" && intents.length === 1)) {
            return;
        }
        if (kind === "intent") {
            this.flow.intents = intents.filter((other) => other !== intent);
            this.expected.push(`removed ${intent.name}`);
        } else {
            intent.examples.push(wordsFor(`example${number}`));
            this.expected.push(`changed ${intent.name} examples`);
        }
    }

    private set(locale: string): void {
        if (this.claim(["locale"])) {
            this.flow.locale = locale;
            this.expected.push("changed flow settings locale");
        }
    }

    private choose(where: number, fits: (node: TalkingNode) => boolean): TalkingNode | undefined {
        const nodes = this.flow.nodes.filter(fits);
        return nodes[where % nodes.length];
    }

    private claim(names: readonly string[]): boolean {
        const free = names.every((name) => !this.touched.has(name));
        for (const name of free ? names : []) {
            this.touched.add(name);
        }
        return free;
    }

    /** A node, those that lead to it, and those that it leads to. */
    private around(node: TalkingNode): string[] {
        const before = this.flow.nodes.filter((other) => onwardFrom(other).includes(node.id));
        return [node.id, ...before.map(({ id }) => id), ...onwardFrom(node)];
    }

    /** What led to a node leads to what comes after it. */
    private takeOut(node: TalkingNode): void {
        for (const other of this.flow.nodes) {
            other.next = withOnward(other.next, (id) => (id === node.id ? String(node.next) : id));
        }
    }
}

/** A node that leads on to one other, and is not one of the ends. */
function isPlain({ type, next }: TalkingNode): boolean {
    return typeof next === "string" && ["say", "question", "httpRequest", "code"].includes(type);
}
