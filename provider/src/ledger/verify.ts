import { canonicalJson } from "../release/canonical.js";
import { GENESIS, hashOf } from "./chain.js";
import { type Entry, isCutOff, parseEvent } from "./entry.js";
import type { LedgerEvent } from "./event.js";
import type { LedgerReader } from "./reader.js";

/** What was found when a ledger's chain was recomputed. */
export interface Verdict {
    /** How many events were found good, from the first one on. */
    events: number;
    /** The hash of the last good one; `GENESIS` where there is none. */
    head: string;
    /** What is wrong first; left out when the whole ledger is good. */
    fault?: Fault;
}

/** The first thing that is wrong with a ledger. */
export interface Fault {
    /** The line or the sequence number that it is about. */
    place: number;
    /** One sentence for people. */
    text: string;
}

/** An entry that does not follow the one before it. */
interface Stranger {
    place: number;
    event: LedgerEvent;
}

/**
 * Recomputes the chain of a ledger: every entry must be written as the ledger writes, have the hash of what it says, and name
 * the hash of the entry before it. What was cut off at the end cannot be seen from the ledger alone.
 *
 * @param expected the hash of an event that the ledger is known to have had: it must have it still.
 */
export async function verifyChain(reader: LedgerReader, expected?: string): Promise<Verdict> {
    const { unit } = reader;
    let verdict: Verdict = { events: 0, head: GENESIS };
    let missing = expected !== undefined && expected !== GENESIS;
    for await (const entry of reader.entries()) {
        const place = verdict.events + 1;
        if (place !== entry.place) {
            return {
                ...verdict,
                fault: { place, text: `${unit} ${place} is missing: its event was removed.` },
            };
        }
        const event = parseEvent(entry.text);
        const problem = event ? problemWith(entry, event) : await whatItIs(reader, entry);
        if (problem || !event) {
            return { ...verdict, fault: { place, text: `${unit} ${place} ${problem}.` } };
        }
        if (event.previous_hash !== verdict.head) {
            return { ...verdict, fault: await explain(reader, { place, event }, verdict.head) };
        }
        verdict = { events: verdict.events + 1, head: event.hash };
        missing &&= event.hash !== expected;
    }
    return missing ? { ...verdict, fault: endIsMissing(reader, verdict.events + 1, expected) } : verdict;
}

function problemWith(entry: Entry, event: LedgerEvent): string | undefined {
    if (hashOf(event) !== event.hash) {
        return "was altered: its hash is not that of what it says";
    }
    if (!entry.exact || canonicalJson(event) !== entry.text) {
        return "was altered: it is not written as the ledger writes";
    }
    if (!entry.complete) {
        return "has no line end: it was removed, or its writer ended just before it; the next event adds it";
    }
    return undefined;
}

/** What an entry is that is no event. */
async function whatItIs(reader: LedgerReader, entry: Entry): Promise<string> {
    if (reader.mayBeTorn && isCutOff(entry) && (await lastPlace(reader)) === entry.place) {
        return "was altered, or its writer ended in the middle of it: it is cut off; the next event moves it aside";
    }
    return entry.text.trim() === "" ? "was added: it is empty" : "was altered or added: it is no event";
}

async function lastPlace(reader: LedgerReader): Promise<number> {
    let last = 0;
    for await (const { place } of reader.entries()) {
        last = place;
    }
    return last;
}

/** Tells an entry that was inserted from one that was moved, and from one whose predecessor is gone. */
async function explain(reader: LedgerReader, stranger: Stranger, head: string): Promise<Fault> {
    const { unit } = reader;
    const { place } = stranger;
    const { copied, predecessor, follower } = await relatives(reader, stranger, head);
    if (copied !== undefined) {
        return { place, text: `${unit} ${place} was added: it is ${unit} ${copied} again.` };
    }
    if (predecessor !== undefined && predecessor > place) {
        const text = `${unit} ${place} was moved: it follows what is in ${unit} ${predecessor}.`;
        return { place, text };
    }
    if (follower !== undefined) {
        const text = `${unit} ${place} was added: ${unit} ${follower} is what follows ${name(unit, place - 1)}.`;
        return { place, text };
    }
    if (predecessor !== undefined) {
        const text =
            `${unit} ${predecessor + 1} or ${unit} ${place} was added: ` +
            `both follow ${name(unit, predecessor)}, and only one event can.`;
        return { place: predecessor + 1, text };
    }
    const text =
        place === 1
            ? `${unit} 1 is not the first event of this ledger: what was before it was removed.`
            : `${unit} ${place} does not follow ${unit} ${place - 1}: an event between them was removed, ` +
              `or ${unit} ${place - 1} was replaced.`;
    return { place, text };
}

/** Where the events are that belong next to an entry, or to the place that it is in. */
async function relatives(reader: LedgerReader, { place, event }: Stranger, head: string) {
    let copied: number | undefined;
    let predecessor = event.previous_hash === GENESIS ? 0 : undefined;
    let follower: number | undefined;
    for await (const entry of reader.entries()) {
        const other = entry.place === place ? undefined : parseEvent(entry.text);
        if (!other) {
            continue;
        }
        if (other.hash === event.previous_hash) {
            predecessor ??= entry.place;
        }
        if (other.hash === event.hash) {
            copied ??= entry.place;
        }
        if (other.previous_hash === head && entry.place > place) {
            follower ??= entry.place;
        }
    }
    return { copied, predecessor, follower };
}

function name(unit: string, place: number): string {
    return place === 0 ? "the beginning" : `${unit} ${place}`;
}

function endIsMissing({ unit }: LedgerReader, place: number, expected: string | undefined): Fault {
    return {
        place,
        text: `${unit} ${place} is missing: the event with the hash ${expected} was removed from the end, or was never here.`,
    };
}
