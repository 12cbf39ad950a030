import Table from "cli-table3";
import { Command } from "commander";
import pico from "picocolors";
import type { EventStatus, LedgerEvent } from "../../ledger/event.js";
import { type Filter, meant } from "../../ledger/filter.js";
import { plainText } from "../../release/plain-text.js";
import { addLedgerOption, eventsIn, type LedgerOptions, withLedger } from "../ledger-option.js";
import { print } from "../output.js";
import { addFilterOptions } from "./filter-options.js";
import { jsonOf } from "./json.js";

/** So many rows a table has at most: the last ones. */
const MOST_ROWS = 200;
/** A longer reason is cut. */
const LONGEST_REASON = 60;

const COLOURS: Readonly<Record<EventStatus, (text: string) => string>> = {
    started: pico.dim,
    passed: pico.green,
    completed: pico.green,
    failed: pico.red,
    rolled_back: pico.red,
    blocked: pico.yellow,
    retained: String,
};

type Options = LedgerOptions & Filter & { json?: boolean };

/** `cognigy-release audit show`: the events for people. */
export function showCommand(): Command {
    return addFilterOptions(addLedgerOption(new Command("show")))
        .description("Prints what is in the ledger.")
        .option("--json", "print JSON instead of a table")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release audit show --since 7d --environment production" +
                "\n  $ cognigy-release audit show --outcome rolled_back --json",
        )
        .action((options: Options) =>
            withLedger(options, async (reader) => {
                const events = meant(eventsIn(reader), options);
                await print(options.json ? jsonOf(events) : tableOf(events));
            }),
        );
}

async function* tableOf(events: AsyncIterable<LedgerEvent>): AsyncGenerator<string> {
    let last: LedgerEvent[] = [];
    let count = 0;
    for await (const event of events) {
        count += 1;
        last.push(event);
        if (last.length >= 2 * MOST_ROWS) {
            last = last.slice(-MOST_ROWS);
        }
    }
    const shown = last.slice(-MOST_ROWS);
    const table = new Table({
        head: ["Time", "Bot", "Flow", "Tag", "Environment", "What", "Outcome", "By", "Why"],
        style: { head: [], border: [] },
    });
    table.push(...shown.map(rowOf));
    yield `${table.toString()}\n`;
    if (count > shown.length) {
        yield `The last ${shown.length} of ${count} events; --since, --json and audit export show the others.\n`;
    }
}

function rowOf(event: LedgerEvent): string[] {
    const { timestamp, bot_id, flow_id, version_tag, action, status, actor, details } = event;
    const reason = oneLine(String(details.summary ?? details.reason ?? ""));
    return [
        timestamp.slice(0, 19).replace("T", " "),
        oneLine(bot_id),
        oneLine(flow_id),
        oneLine(version_tag),
        oneLine(details.target_environment),
        action.replaceAll("_", " "),
        (COLOURS[status] ?? String)(status.replaceAll("_", " ")),
        oneLine(actor),
        reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON - 1)}…` : reason,
    ];
}

function oneLine(text: string): string {
    return plainText(text.replace(/\s+/g, " "));
}
