import { existsSync } from "node:fs";
import type { Command } from "commander";
import { eventsOf } from "../ledger/entry.js";
import type { LedgerEvent } from "../ledger/event.js";
import { openReader } from "../ledger/open-ledger.js";
import type { LedgerReader } from "../ledger/reader.js";
import { DEFAULT_LEDGER, findProjectFolder, ledgerName, ledgerPlace } from "../settings.js";
import { addStackOption, configOf, type StackOptions } from "./stack-config.js";

/** What a command with a ledger is called with. */
export interface LedgerOptions extends StackOptions {
    ledger?: string;
}

/** Lets a command be told which ledger it looks at. */
export function addLedgerOption(command: Command): Command {
    return addStackOption(
        command.option(
            "--ledger <ledger>",
            "the ledger: a file, or postgres://user@host/database (default: `cognigy:ledger` of the --stack, " +
                `COGNIGY_LEDGER, or ${DEFAULT_LEDGER} beside Pulumi.yaml)`,
        ),
    );
}

/**
 * Opens the ledger that the command is told to look at, for as long as the work takes.
 *
 * The file beside `Pulumi.yaml` need not be there: nothing was released yet.
 */
export async function withLedger<T>(
    { ledger, stack }: LedgerOptions,
    work: (reader: LedgerReader) => Promise<T>,
): Promise<T> {
    const named = ledger ?? ledgerName(await configOf(stack), process.env);
    const place = ledger ?? ledgerPlace(named, findProjectFolder(process.cwd()));
    const reader = !named && !existsSync(place) ? nothingAt(place) : openReader(place);
    try {
        return await work(reader);
    } finally {
        await reader.close();
    }
}

/** The events of a ledger. A last one that is cut off is passed over, and told. */
export async function* eventsIn(reader: LedgerReader): AsyncGenerator<LedgerEvent> {
    const onTorn = ({ place }: { place: number }) =>
        console.error(
            `note: ${reader.unit} ${place} of the ledger ${reader.location} is cut off, and is passed over.`,
        );
    for await (const { event } of eventsOf(reader.entries(), reader, reader.mayBeTorn ? onTorn : undefined)) {
        yield event;
    }
}

function nothingAt(location: string): LedgerReader {
    return { location, unit: "line", mayBeTorn: false, async *entries() {}, async close() {} };
}
