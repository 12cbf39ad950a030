import { openMetricsOf } from "../../../src/cli/metrics/open-metrics.js";
import type { ReleaseMetrics } from "../../../src/ledger/release-metrics.js";

const METRICS: ReleaseMetrics = {
    total_deployments: 4,
    successful_deployments: 3,
    success_rate: 0.75,
    frequency_per_week: 3.98,
    deployment_frequency_per_week: 1.99,
    lead_time_seconds: { count: 3, median: 9000.5, p90: 10440 },
    change_failure_rate: 0.333,
    time_to_restore_seconds: { count: 1, median: 1800, p90: 1800, open: 0 },
};

/** Reads OpenMetrics 1.0 text by its grammar and its rules, strictly. */
function parse(text: string) {
    expect(text.endsWith("\n# EOF\n")).toBe(true);
    const families = new Map<string, { type: string; unit?: string; help?: string; samples: string[] }>();
    const seen = new Set<string>();
    let current = "";
    for (const line of text.slice(0, -"# EOF\n".length).trimEnd().split("\n")) {
        const [, keyword, name = "", rest = ""] =
            /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line) ?? [];
        if (keyword === "TYPE") {
            // A family is told once, and all of it in one place.
            expect(families.has(name)).toBe(false);
            expect(rest).toBe("gauge");
            families.set(name, { type: rest, samples: [] });
            current = name;
            continue;
        }
        const family = families.get(current);
        if (!family) {
            throw new Error(`no family for ${line}`);
        }
        if (keyword) {
            expect(name).toBe(current);
            expect(family.samples).toEqual([]);
            Object.assign(family, { [keyword.toLowerCase()]: rest });
            continue;
        }
        const label = '[a-zA-Z_]\\w*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
        const sample = new RegExp(`^(${current}(?:\\{${label}(?:,${label})*\\})?) -?\\d+(?:\\.\\d+)?$`).exec(
            line,
        );
        if (!sample) {
            throw new Error(`no sample: ${line}`);
        }
        expect(seen.has(sample[1] as string)).toBe(false);
        seen.add(sample[1] as string);
        family.samples.push(line);
    }
    for (const [name, { unit, help }] of families) {
        expect(help).toBeDefined();
        expect(unit === undefined || name.endsWith(`_${unit}`)).toBe(true);
        // Suffixes that are those of other types.
        expect(name).not.toMatch(/_(total|created|count|sum|bucket|info)$/);
    }
    return families;
}

describe("metrics as OpenMetrics text", () => {
    it("are a family each, by the grammar, and end with # EOF", () => {
        const families = parse(openMetricsOf([{ labels: {}, metrics: METRICS }]));
        expect([...families.values()].flatMap(({ samples }) => samples)).toEqual([
            "cognigy_releases_attempted 4",
            "cognigy_releases_successful 3",
            "cognigy_release_success_ratio 0.75",
            "cognigy_releases_per_week 3.98",
            "cognigy_deployments_per_week 1.99",
            'cognigy_lead_time_seconds{statistic="median"} 9000.5',
            'cognigy_lead_time_seconds{statistic="p90"} 10440',
            "cognigy_change_failure_ratio 0.333",
            'cognigy_time_to_restore_seconds{statistic="median"} 1800',
            'cognigy_time_to_restore_seconds{statistic="p90"} 1800',
            "cognigy_failures_open 0",
        ]);
        expect(families.get("cognigy_lead_time_seconds")?.unit).toBe("seconds");
    });

    it("keep the samples of a family together, whatever they are told apart by", () => {
        const odd = 'a "bot"\\\nof mine';
        const samples = [{ bot: odd }, { bot: "bot_2" }].map((labels) => ({ labels, metrics: METRICS }));
        const families = parse(openMetricsOf(samples));
        expect(families.get("cognigy_lead_time_seconds")?.samples).toEqual([
            'cognigy_lead_time_seconds{bot="a \\"bot\\"\\\\\\nof mine",statistic="median"} 9000.5',
            'cognigy_lead_time_seconds{bot="a \\"bot\\"\\\\\\nof mine",statistic="p90"} 10440',
            'cognigy_lead_time_seconds{bot="bot_2",statistic="median"} 9000.5',
            'cognigy_lead_time_seconds{bot="bot_2",statistic="p90"} 10440',
        ]);
    });

    it("leave out what there is no value of", () => {
        const none = { count: 0, median: null, p90: null };
        const metrics = {
            ...METRICS,
            lead_time_seconds: none,
            change_failure_rate: null,
            time_to_restore_seconds: { ...none, open: 2 },
        };
        const families = parse(openMetricsOf([{ labels: {}, metrics }]));
        expect(families.get("cognigy_lead_time_seconds")?.samples).toEqual([]);
        expect(families.get("cognigy_change_failure_ratio")?.samples).toEqual([]);
        expect(parse(openMetricsOf([])).size).toBe(families.size);
    });
});
