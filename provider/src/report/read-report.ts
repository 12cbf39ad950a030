import { parseEvent } from "../ledger/entry.js";
import type { LedgerReader } from "../ledger/reader.js";
import { verifyChain } from "../ledger/verify.js";
import { plainText } from "../release/plain-text.js";
import { compact } from "../release/state.js";
import { Attempts } from "./attempts.js";
import { Places } from "./places.js";
import type { Report } from "./report.js";
import { TrendCount } from "./trend.js";

/** What of a ledger is to be told. */
export interface Wanted {
    /** Milliseconds since 1970. */
    now: number;
    /** Only what ended since then; milliseconds since 1970. What is live is told all the same. */
    since?: number | undefined;
    /** Only this bot. */
    bot?: string | undefined;
}

/**
 * Reads a ledger as people see it. A ledger that was altered is read too: what is wrong with it is told first.
 *
 * @throws LedgerUnreachable when it cannot be read.
 */
export async function readReport(reader: LedgerReader, { now, since, bot }: Wanted): Promise<Report> {
    const { events, head, fault } = await verifyChain(reader);
    const [attempts, places, trend] = [new Attempts(), new Places(), new TrendCount()];
    let unreadable = 0;
    for await (const { text } of reader.entries()) {
        const event = parseEvent(text);
        if (!event) {
            unreadable += Number(text.trim() !== "");
            continue;
        }
        if (bot === undefined || event.bot_id === bot) {
            attempts.add(event);
            places.add(event);
            trend.add(event);
        }
    }
    const releases = attempts
        .releases()
        .filter(({ at }) => since === undefined || at >= since)
        .reverse()
        .sort((one, other) => other.at - one.at);
    return {
        ledger: plainText(reader.location),
        madeAt: now,
        ...compact({ since, bot: bot === undefined ? undefined : plainText(bot) }),
        chain: { events, head, unreadable, ...compact({ fault: fault && plainText(fault.text) }) },
        places: places.places(),
        releases,
        trend: trend.trend(now, since),
    };
}
