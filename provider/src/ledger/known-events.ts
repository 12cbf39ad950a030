import type { LedgerEvent } from "./event.js";

/** The events of a bot, or of one of its flows. */
export interface Scope {
    botId: string;
    /** Left out: all flows of the bot. */
    flowId?: string | undefined;
}

interface OfBot {
    events: LedgerEvent[];
    byFlow: Map<string, LedgerEvent[]>;
}

/**
 * What is known of a ledger, oldest first. A release asks several times for what became of its flow, and a stack has many: each
 * answer takes as long as that flow's history, not as the whole ledger.
 */
export class KnownEvents {
    private readonly all: LedgerEvent[] = [];
    private readonly byBot = new Map<string, OfBot>();

    get last(): LedgerEvent | undefined {
        return this.all.at(-1);
    }

    add(event: LedgerEvent): void {
        this.all.push(event);
        const ofBot: OfBot = this.byBot.get(event.bot_id) ?? { events: [], byFlow: new Map() };
        this.byBot.set(event.bot_id, ofBot);
        ofBot.events.push(event);
        const ofFlow = ofBot.byFlow.get(event.flow_id) ?? [];
        ofBot.byFlow.set(event.flow_id, ofFlow);
        ofFlow.push(event);
    }

    /** What is known now. What is added while it is read is none of it. */
    *of(scope?: Scope): Generator<LedgerEvent> {
        const events = this.in(scope);
        const { length } = events;
        for (let index = 0; index < length; index += 1) {
            yield events[index] as LedgerEvent;
        }
    }

    private in(scope?: Scope): readonly LedgerEvent[] {
        if (!scope) {
            return this.all;
        }
        const ofBot = this.byBot.get(scope.botId);
        return (scope.flowId === undefined ? ofBot?.events : ofBot?.byFlow.get(scope.flowId)) ?? [];
    }
}
