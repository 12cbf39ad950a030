import type { Durations } from "../../ledger/dora.js";
import type { ReleaseMetrics } from "../../ledger/release-metrics.js";

/** The metrics of some releases, and the labels that tell them apart. */
export interface Labelled {
    labels: Readonly<Record<string, string>>;
    metrics: ReleaseMetrics;
}

interface Family {
    name: string;
    unit?: string;
    help: string;
    /** The values, each with the labels of its own; null where there is none. */
    values: (metrics: ReleaseMetrics) => [Readonly<Record<string, string>>, number | null][];
}

const one = (value: number | null): [Readonly<Record<string, string>>, number | null][] => [[{}, value]];
const spread = ({ median, p90 }: Durations): [Readonly<Record<string, string>>, number | null][] => [
    [{ statistic: "median" }, median],
    [{ statistic: "p90" }, p90],
];

/** All of them are gauges: they are about a window, and fall when it moves on. */
const FAMILIES: readonly Family[] = [
    {
        name: "cognigy_releases_attempted",
        help: "Attempted releases, blocked ones included.",
        values: (metrics) => one(metrics.total_deployments),
    },
    {
        name: "cognigy_releases_successful",
        help: "Attempted releases that went live and stayed.",
        values: (metrics) => one(metrics.successful_deployments),
    },
    {
        name: "cognigy_release_success_ratio",
        unit: "ratio",
        help: "Successful releases of those attempted.",
        values: (metrics) => one(metrics.success_rate),
    },
    {
        name: "cognigy_releases_per_week",
        help: "Attempted releases a week.",
        values: (metrics) => one(metrics.frequency_per_week),
    },
    {
        name: "cognigy_deployments_per_week",
        help: "Deployments a week that went live and stayed.",
        values: (metrics) => one(metrics.deployment_frequency_per_week),
    },
    {
        name: "cognigy_lead_time_seconds",
        unit: "seconds",
        help: "From the first gate of a version until it is live.",
        values: (metrics) => spread(metrics.lead_time_seconds),
    },
    {
        name: "cognigy_change_failure_ratio",
        unit: "ratio",
        help: "Started deployments that did not stay live.",
        values: (metrics) => one(metrics.change_failure_rate),
    },
    {
        name: "cognigy_time_to_restore_seconds",
        unit: "seconds",
        help: "From the start of a deployment that did harm until what is live is good again.",
        values: (metrics) => spread(metrics.time_to_restore_seconds),
    },
    {
        name: "cognigy_failures_open",
        help: "Deployments that did harm and that nothing has mended yet.",
        values: (metrics) => one(metrics.time_to_restore_seconds.open),
    },
];

/** Metrics as OpenMetrics 1.0 text (https://prometheus.io/docs/specs/om/open_metrics_spec/). */
export function openMetricsOf(samples: readonly Labelled[]): string {
    return [...FAMILIES.flatMap((family) => linesOf(family, samples)), "# EOF", ""].join("\n");
}

function linesOf({ name, unit, help, values }: Family, samples: readonly Labelled[]): string[] {
    return [
        `# TYPE ${name} gauge`,
        ...(unit ? [`# UNIT ${name} ${unit}`] : []),
        `# HELP ${name} ${help}`,
        ...samples.flatMap(({ labels, metrics }) =>
            values(metrics)
                .filter(([, value]) => value !== null)
                .map(([own, value]) => `${name}${labelText({ ...labels, ...own })} ${value}`),
        ),
    ];
}

function labelText(labels: Readonly<Record<string, string>>): string {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
    return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
    return value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n");
}
