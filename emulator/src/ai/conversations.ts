import type { Clock } from "../clock";
import type { Json } from "../json";
import { Refusal } from "../refusal";
import type { Entrypoints } from "./entrypoints";
import { type Binding, byReference, type Endpoint } from "./resource";
import type { VariantBook } from "./variants";
import { type ConversationState, freshState, takeTurn } from "./walk";

/** What a conversation endpoint answers: what the flow says, nothing, an error, or a text. */
export type ScriptedAnswer = "computed" | "silent" | "error" | { readonly text: string };

/** What a conversation endpoint answers to the next messages, one after the other. */
export interface ConversationScript {
    readonly sequence: readonly ScriptedAnswer[];
    /** What it answers after that. @default computed */
    readonly afterwards?: ScriptedAnswer;
}

/** A message to the bot. */
export interface Message {
    readonly userId: string;
    readonly sessionId: string;
    readonly text?: string;
    readonly data?: Json;
}

/** What the bot answers. */
export interface Reply {
    readonly text: string;
    readonly data: Json;
    readonly outputStack: readonly { readonly text: string; readonly data: Json }[];
    readonly userId: string;
    readonly sessionId: string;
}

interface Session {
    readonly binding: Binding;
    readonly lastAt: number;
    readonly state: ConversationState;
}

/** How long a session lasts without a message. */
const sessionLifetimeMs = 7 * 24 * 60 * 60 * 1000;

/** The conversations that people have with the endpoints. */
export class Conversations {
    private readonly sessions = new Map<string, Session>();
    private readonly scripts = new Map<string, { left: ScriptedAnswer[]; afterwards: ScriptedAnswer }>();

    constructor(
        private readonly entrypoints: Entrypoints,
        private readonly variants: VariantBook,
        private readonly clock: Clock,
    ) {}

    /** Sets what an endpoint answers to the next messages. */
    script(endpointId: string, { sequence, afterwards = "computed" }: ConversationScript): void {
        this.scripts.set(endpointId, { left: [...sequence], afterwards });
    }

    /** What the messages to come will be answered. */
    outlook(endpointId: string): Required<ConversationScript> {
        const script = this.scripts.get(endpointId);
        return { sequence: [...(script?.left ?? [])], afterwards: script?.afterwards ?? "computed" };
    }

    /**
     * One message. A session stays with what the endpoint led to when it began, until it times out or that is gone.
     * @throws Refusal when the endpoint leads nowhere, or is scripted to fail
     */
    answer(endpoint: Endpoint, message: Message): Reply {
        const scripted = this.nextScripted(endpoint._id);
        if (scripted === "error") {
            throw new Refusal("internal", "internal", "The endpoint was scripted to fail.");
        }
        const outputs = this.converse(endpoint, message);
        if (scripted === "silent") {
            return replyTo(message, []);
        }
        return replyTo(message, scripted === "computed" ? outputs : [scripted.text]);
    }

    private converse(endpoint: Endpoint, { userId, sessionId, text = "" }: Message): readonly string[] {
        const key = JSON.stringify([endpoint._id, userId, sessionId]);
        const now = this.clock.now();
        const known = this.sessions.get(key);
        const isAlive =
            known !== undefined &&
            now - known.lastAt < sessionLifetimeMs &&
            this.entrypoints.open(known.binding.entrypoint) !== undefined;
        const { binding, state } = isAlive
            ? known
            : { binding: this.bindingOf(endpoint, now), state: freshState };
        const content = this.entrypoints.open(binding.entrypoint);
        const flow = content && byReference(content.resources, "flow", binding.flowId);
        if (content === undefined || flow === undefined) {
            throw Refusal.notFound(`The endpoint "${endpoint.name}" leads to no flow.`);
        }
        const turn = takeTurn(flow, content.resources, state, text);
        this.sessions.set(key, { binding, lastAt: now, state: turn.state });
        return turn.outputs;
    }

    /** What the endpoint leads to for new sessions: a change may take its time to get through. */
    private bindingOf(endpoint: Endpoint, now: number): Binding {
        return now < endpoint.boundAt + this.variants.now.propagationMs ? endpoint.before : endpoint;
    }

    private nextScripted(endpointId: string): ScriptedAnswer {
        const script = this.scripts.get(endpointId);
        return script === undefined ? "computed" : (script.left.shift() ?? script.afterwards);
    }
}

function replyTo({ userId, sessionId }: Message, outputs: readonly string[]): Reply {
    return {
        text: outputs.join(" "),
        data: {},
        outputStack: outputs.map((text) => ({ text, data: {} })),
        userId,
        sessionId,
    };
}
