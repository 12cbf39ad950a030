import { existsSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { systemClock } from "../clock.js";
import type { LedgerEvent } from "../ledger/event.js";
import { FileLedger } from "../ledger/file-ledger.js";
import { type Metrics, metricsOf } from "../ledger/metrics.js";
import { ReleaseError } from "../release/failure.js";
import { DEFAULT_LEDGER, findProjectFolder } from "../settings.js";

const TITLES: Record<keyof Metrics, string> = {
    total_deployments: "Attempted releases",
    successful_deployments: "Went live and stayed",
    success_rate: "Success rate",
    frequency_per_week: "Releases a week",
};

/** Nothing is written here. */
const READER = { run: "", actor: "" };

/** `cognigy-release metrics`: how often releases are made, and how they end. */
export function metricsCommand(): Command {
    return new Command("metrics")
        .description("Prints the release metrics of a ledger.")
        .option("--ledger <file>", `the ledger (default: ${DEFAULT_LEDGER} beside Pulumi.yaml)`)
        .option("--json", "print JSON instead of a table")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release metrics\n  $ cognigy-release metrics --json --ledger audit/ledger.jsonl",
        )
        .action(async ({ ledger, json }: { ledger?: string; json?: boolean }) => {
            if (ledger !== undefined && !existsSync(ledger)) {
                throw new ReleaseError(
                    `there is no ledger ${ledger}: \`--ledger\` is expected to name a file.`,
                );
            }
            const file = ledger ?? join(findProjectFolder(process.cwd()), DEFAULT_LEDGER);
            const events: LedgerEvent[] = [];
            for await (const event of new FileLedger(file, {
                clock: systemClock,
                author: READER,
                tell: console.error,
            }).events()) {
                events.push(event);
            }
            const metrics = metricsOf(events);
            console.log(json ? JSON.stringify(metrics, null, 2) : table(metrics));
        });
}

function table(metrics: Metrics): string {
    const rows = new Table({
        head: ["Metric", "Value"],
        style: { head: [], border: [] },
        colAligns: ["left", "right"],
    });
    for (const [name, title] of Object.entries(TITLES)) {
        rows.push([title, String(metrics[name as keyof Metrics])]);
    }
    return rows.toString();
}
