import { Command, Option } from "commander";
import type { LedgerEvent } from "../../ledger/event.js";
import { type Filter, meant } from "../../ledger/filter.js";
import { addLedgerOption, eventsIn, type LedgerOptions, withLedger } from "../ledger-option.js";
import { print } from "../output.js";
import { cefOf } from "./cef.js";
import { csvOf } from "./csv.js";
import { addFilterOptions } from "./filter-options.js";
import { jsonOf } from "./json.js";

const FORMATS: Readonly<Record<string, (events: AsyncIterable<LedgerEvent>) => AsyncIterable<string>>> = {
    csv: csvOf,
    json: jsonOf,
    cef: cefOf,
};

type Options = LedgerOptions & Filter & { format: string };

/** `cognigy-release audit export`: the events for other programs. */
export function exportCommand(): Command {
    return addFilterOptions(addLedgerOption(new Command("export")))
        .description("Writes what is in the ledger for spreadsheets (csv), programs (json) or a SIEM (cef).")
        .addOption(
            new Option("--format <format>", "the format").choices(Object.keys(FORMATS)).makeOptionMandatory(),
        )
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release audit export --format csv > ledger.csv" +
                "\n  $ cognigy-release audit export --format cef --since 1d",
        )
        .action((options: Options) =>
            withLedger(options, async (reader) => {
                const format = FORMATS[options.format] as (typeof FORMATS)[string];
                await print(format(meant(eventsIn(reader), options)));
            }),
        );
}
