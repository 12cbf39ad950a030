import { Command, InvalidArgumentError } from "commander";
import { verifyChain } from "../../ledger/verify.js";
import { ReleaseError } from "../../release/failure.js";
import { EXIT } from "../exit-code.js";
import { addLedgerOption, type LedgerOptions, withLedger } from "../ledger-option.js";

interface Options extends LedgerOptions {
    head?: string;
    json?: boolean;
}

/** `cognigy-release audit verify`: recomputes the chain. */
export function verifyCommand(): Command {
    return addLedgerOption(new Command("verify"))
        .description(
            "Recomputes the ledger's chain, and names the first place that is not as it was written.",
        )
        .option(
            "--head <hash>",
            "the hash of an event that must be there still, such as the head of an earlier time",
            parseHash,
        )
        .option("--json", "print the verdict as JSON")
        .addHelpText(
            "after",
            "\nWithout --head, events that were removed from the end are not missed." +
                "\n\nExamples:\n  $ cognigy-release audit verify\n  $ cognigy-release audit verify --ledger audit/ledger.jsonl",
        )
        .action((options: Options) =>
            withLedger(options, async (reader) => {
                const { events, head, fault } = await verifyChain(reader, options.head);
                if (options.json) {
                    console.log(JSON.stringify({ good: !fault, events, head, fault }, null, 2));
                    process.exitCode = fault ? EXIT.refused : EXIT.good;
                    return;
                }
                if (fault) {
                    throw new ReleaseError(
                        `the ledger ${reader.location} is not as it was written: ${fault.text} ` +
                            `${events === 0 ? "Nothing before that is" : `The ${events} before that are`} good.`,
                    );
                }
                console.log(`good: ${events} events, one unbroken chain\nhead: ${head}`);
            }),
        );
}

function parseHash(text: string): string {
    if (!/^sha256:[0-9a-f]{64}$/.test(text)) {
        throw new InvalidArgumentError("Expected sha256: and 64 hexadecimal digits.");
    }
    return text;
}
