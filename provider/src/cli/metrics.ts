import Table from "cli-table3";
import { Command, Option } from "commander";
import { systemClock } from "../clock.js";
import { durationText } from "../duration.js";
import { DIMENSIONS, type Dimension, measure, type ReleaseMetrics } from "../ledger/release-metrics.js";
import { plainText } from "../release/plain-text.js";
import { addLedgerOption, eventsIn, type LedgerOptions, withLedger } from "./ledger-option.js";
import { openMetricsOf } from "./metrics/open-metrics.js";
import { parseMoment } from "./moment.js";

const ROWS: Readonly<Record<string, (metrics: ReleaseMetrics) => string>> = {
    "Attempted releases": (metrics) => String(metrics.total_deployments),
    "Went live and stayed": (metrics) => String(metrics.successful_deployments),
    "Success rate": (metrics) => String(metrics.success_rate),
    "Releases a week": (metrics) => String(metrics.frequency_per_week),
    "Deployments a week": (metrics) => String(metrics.deployment_frequency_per_week),
    "Lead time, median": (metrics) => durationText(metrics.lead_time_seconds.median),
    "Lead time, 90 %": (metrics) => durationText(metrics.lead_time_seconds.p90),
    "Change failure rate": (metrics) => String(metrics.change_failure_rate ?? "-"),
    "Time to restore, median": (metrics) => durationText(metrics.time_to_restore_seconds.median),
    "Time to restore, 90 %": (metrics) => durationText(metrics.time_to_restore_seconds.p90),
    "Not restored yet": (metrics) => String(metrics.time_to_restore_seconds.open),
};

interface Options extends LedgerOptions {
    since?: number;
    by?: Dimension;
    json?: boolean;
    openmetrics?: boolean;
}

/** `cognigy-release metrics`: how often releases are made, how long they take, and how they end. */
export function metricsCommand(): Command {
    const now = systemClock.now();
    return addLedgerOption(new Command("metrics"))
        .description("Prints the release metrics of a ledger: counts, and the four keys of DORA.")
        .option("--since <time>", "only what ended since then: 2026-01-31, or 30d ago", (text) =>
            parseMoment(text, now),
        )
        .addOption(new Option("--by <what>", "each of them apart, too").choices(DIMENSIONS))
        .addOption(new Option("--json", "print JSON instead of a table").conflicts("openmetrics"))
        .option("--openmetrics", "print OpenMetrics text, for Prometheus")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release metrics --since 30d --by environment" +
                "\n  $ cognigy-release metrics --json --ledger audit/ledger.jsonl" +
                "\n  $ cognigy-release metrics --openmetrics --by environment > cognigy.prom",
        )
        .action((options: Options) =>
            withLedger(options, async (reader) => {
                const { since, by, json, openmetrics } = options;
                const window = since === undefined ? undefined : { since, until: now };
                const { all, groups } = await measure(eventsIn(reader), window, by);
                if (openmetrics) {
                    const samples = by
                        ? groups.map(({ name, metrics }) => ({ labels: { [by]: name }, metrics }))
                        : [{ labels: {}, metrics: all }];
                    process.stdout.write(openMetricsOf(samples));
                } else if (json) {
                    const apart = by
                        ? { groups: groups.map(({ name, metrics }) => ({ [by]: name, ...metrics })) }
                        : {};
                    console.log(JSON.stringify({ ...all, ...apart }, null, 2));
                } else {
                    const columns = groups.map(({ name, metrics }) => ({ head: plainText(name), metrics }));
                    console.log(tableOf([{ head: by ? "All" : "Value", metrics: all }, ...columns]));
                }
            }),
        );
}

function tableOf(columns: readonly { head: string; metrics: ReleaseMetrics }[]): string {
    const table = new Table({
        head: ["Metric", ...columns.map(({ head }) => head)],
        style: { head: [], border: [] },
        colAligns: ["left", ...columns.map(() => "right" as const)],
    });
    for (const [title, cell] of Object.entries(ROWS)) {
        table.push([title, ...columns.map(({ metrics }) => cell(metrics))]);
    }
    return table.toString();
}
