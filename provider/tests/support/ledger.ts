import { writeFileSync } from "node:fs";
import type { Clock } from "../../src/clock.js";
import type { Author } from "../../src/ledger/author.js";
import { GENESIS } from "../../src/ledger/chain.js";
import { type LedgerEvent, type NewEvent, stampEvent } from "../../src/ledger/event.js";
import { KnownEvents } from "../../src/ledger/known-events.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { openLedger } from "../../src/ledger/open-ledger.js";
import { PostgresLedger } from "../../src/ledger/postgres-ledger.js";
import { canonicalJson } from "../../src/release/canonical.js";
import { FakeClock } from "./fake-clock.js";

const START = Date.UTC(2026, 0, 5, 9);

/** Who writes. */
export const AUTHOR: Author = { run: "run-1", actor: "alex" };

/** An event to write, the `number` of it in its details. */
export function newEvent(number: number, event: Partial<NewEvent> = {}): NewEvent {
    return {
        bot_id: "bot_12345",
        flow_id: "flow_67890",
        version_tag: "v1.4.2",
        action: "deployment_execution",
        status: "completed",
        ...event,
        details: { target_environment: "production", number, ...event.details },
    };
}

/** A chain of events, one for each time. */
export function chainOf(events: readonly { event: NewEvent; at: number }[]): LedgerEvent[] {
    const chain: LedgerEvent[] = [];
    for (const { event, at } of events) {
        chain.push(stampEvent(event, AUTHOR, chain.at(-1)?.hash ?? GENESIS, at));
    }
    return chain;
}

/** A ledger that holds these events of one version, a second apart, and takes no more. */
export function ledgerOf(...events: Partial<NewEvent>[]): Ledger {
    const known = new KnownEvents();
    const numbered = events.map((event, index) => ({
        event: newEvent(index + 1, event),
        at: START + index * 1000,
    }));
    for (const event of chainOf(numbered)) {
        known.add(event);
    }
    return {
        location: "memory",
        append: () => Promise.reject(new Error("nothing is written here")),
        async *events(scope) {
            yield* known.of(scope);
        },
    };
}

/** A chain as its file has it. */
export function textOf(chain: readonly LedgerEvent[]): string {
    return chain.map((event) => `${canonicalJson(event)}\n`).join("");
}

/** Writes a ledger's file. */
export function writeLedger(file: string, events: readonly { event: NewEvent; at: number }[]): LedgerEvent[] {
    const chain = chainOf(events);
    writeFileSync(file, textOf(chain));
    return chain;
}

/** A ledger as a process of its own has it, and what it told people. */
export function openForTest(name: string, clock: Clock = new FakeClock()) {
    const told: string[] = [];
    const ledger = openLedger(name, { clock, author: AUTHOR, tell: (line) => told.push(line) });
    return {
        location: ledger.location,
        told,
        append: ledger.append.bind(ledger),
        events: ledger.events.bind(ledger),
        close: async () => {
            if (ledger instanceof PostgresLedger) {
                await ledger.close();
            }
        },
    };
}

/** What a ledger holds. */
export async function eventsIn(ledger: Pick<Ledger, "events">): Promise<LedgerEvent[]> {
    const events: LedgerEvent[] = [];
    for await (const event of ledger.events()) {
        events.push(event);
    }
    return events;
}
