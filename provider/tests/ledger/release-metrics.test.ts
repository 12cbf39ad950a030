import fc from "fast-check";
import type { Action, EventStatus } from "../../src/ledger/event.js";
import { type Dimension, measure } from "../../src/ledger/release-metrics.js";
import { chainOf, newEvent } from "../support/ledger.js";
import { oneByOne } from "../support/pieces.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.UTC(2026, 0, 5);

interface Details {
    environment?: string;
    bot?: string;
    /** The deployment's id. */
    id?: string;
    reason?: string;
    health_after?: string;
}

/** What happens to a version at a time, in milliseconds since the start. */
function happens(at: number, tag: string, action: Action, status: EventStatus, details: Details = {}) {
    const { environment = "production", bot = "bot_12345", id, ...others } = details;
    return {
        at: START + at,
        event: newEvent(0, {
            bot_id: bot,
            version_tag: tag,
            action,
            status,
            details: { target_environment: environment, ...(id ? { deployment_id: id } : {}), ...others },
        }),
    };
}

function measured(
    events: readonly ReturnType<typeof happens>[],
    window?: { since: number; until: number },
    by?: Dimension,
) {
    return measure(oneByOne(chainOf(events)), window, by);
}

/** A version that is gated, deployed an hour later, and live after another hour. */
function released(at: number, tag: string, details: Details = {}) {
    return [
        happens(at, tag, "dependency_validation", "passed", details),
        happens(at + 10 * MINUTE, tag, "simulation", "passed", details),
        happens(at + HOUR, tag, "deployment_intent", "started", details),
        happens(at + 2 * HOUR, tag, "deployment_execution", "completed", { id: `dep-${tag}`, ...details }),
    ];
}

/** A fortnight, worked out by hand in docs/ledger.md. */
const FORTNIGHT = [
    // Monday: v1.0.0, two hours from its first gate to live.
    ...released(0, "v1.0.0"),
    // Thursday: v1.1.0 is blocked, and mended a day later; it is unhealthy, and rolled back within half an hour.
    happens(3 * DAY, "v1.1.0", "simulation", "failed"),
    happens(3 * DAY, "v1.1.0", "deployment_execution", "blocked", { reason: "simulation_failed" }),
    happens(4 * DAY, "v1.1.0", "simulation", "passed"),
    happens(4 * DAY, "v1.1.0", "deployment_intent", "started"),
    happens(4 * DAY + 20 * MINUTE, "v1.1.0", "rollback_intent", "started", { id: "dep-v1.1.0" }),
    happens(4 * DAY + 25 * MINUTE, "v1.1.0", "rollback", "completed", { id: "dep-v1.1.0" }),
    happens(4 * DAY + 30 * MINUTE, "v1.1.0", "deployment_execution", "rolled_back", {
        id: "dep-v1.1.0",
        reason: "health_check_failed",
    }),
    // The next Monday: v1.2.0 was gated in staging a day before.
    happens(6 * DAY, "v1.2.0", "simulation", "passed", { environment: "staging" }),
    happens(7 * DAY, "v1.2.0", "deployment_intent", "started"),
    happens(7 * DAY + HOUR, "v1.2.0", "deployment_execution", "completed", { id: "dep-v1.2.0" }),
    // A fortnight after the first one, v1.3.0 has no gates.
    happens(14 * DAY, "v1.3.0", "deployment_intent", "started"),
    happens(14 * DAY + 2 * HOUR, "v1.3.0", "deployment_execution", "completed", { id: "dep-v1.3.0" }),
];

describe("the metrics of a fortnight", () => {
    it("are what is worked out by hand", async () => {
        const { all, groups } = await measured(FORTNIGHT);
        expect(all).toEqual({
            // v1.0.0, v1.1.0 twice, v1.2.0 and v1.3.0.
            total_deployments: 5,
            successful_deployments: 3,
            success_rate: 0.6,
            // 5 in 14 days, from the first outcome to the last one.
            frequency_per_week: 2.5,
            // 3 in 14 days.
            deployment_frequency_per_week: 1.5,
            // 2 h, 25 h and 2 h: the 90th percentile is 80 % of the way from the second to the third.
            lead_time_seconds: { count: 3, median: 7_200, p90: 73_440 },
            // v1.1.0 of the four that were started.
            change_failure_rate: 0.25,
            time_to_restore_seconds: { count: 1, median: 1_800, p90: 1_800, open: 0 },
        });
        expect(groups).toEqual([]);
    });

    it("are told apart by environment, and gates count in all of them", async () => {
        const { groups } = await measured(FORTNIGHT, undefined, "environment");
        expect(groups.map(({ name }) => name)).toEqual(["production", "staging"]);
        expect(groups[0]?.metrics.lead_time_seconds.p90).toBe(73_440);
        expect(groups[1]?.metrics).toMatchObject({ total_deployments: 0, lead_time_seconds: { count: 0 } });
    });

    it("count in a window what ended in it, with what began before", async () => {
        const window = { since: START + 7 * DAY, until: START + 14 * DAY };
        const { all } = await measured(FORTNIGHT, window);
        expect(all).toEqual({
            total_deployments: 1,
            successful_deployments: 1,
            success_rate: 1,
            frequency_per_week: 7,
            deployment_frequency_per_week: 1,
            lead_time_seconds: { count: 1, median: 90_000, p90: 90_000 },
            change_failure_rate: 0,
            time_to_restore_seconds: { count: 0, median: null, p90: null, open: 0 },
        });
    });
});

describe("the lead time", () => {
    it("of a version that went live before begins with its next gate", async () => {
        const { all } = await measured([...released(0, "v1.0.0"), ...released(5 * DAY, "v1.0.0")]);
        expect(all.lead_time_seconds).toEqual({ count: 2, median: 7_200, p90: 7_200 });
    });

    it("in another environment begins with the first gate of all", async () => {
        const { groups } = await measured(
            [
                ...released(0, "v1.0.0", { environment: "staging" }),
                ...released(5 * DAY, "v1.0.0", { environment: "production" }),
            ],
            undefined,
            "environment",
        );
        expect(groups.map(({ metrics }) => metrics.lead_time_seconds.median)).toEqual([439_200, 7_200]);
    });

    it("is never less than nothing, where clocks differ", async () => {
        const { all } = await measured([
            happens(HOUR, "v1.0.0", "simulation", "passed"),
            happens(0, "v1.0.0", "deployment_execution", "completed"),
        ]);
        expect(all.lead_time_seconds.median).toBe(0);
    });
});

describe("a change failure", () => {
    it.each<[string, EventStatus, Details, number | null]>([
        ["that was rolled back counts", "rolled_back", { id: "dep_1" }, 1],
        ["that failed on the platform counts", "failed", { id: "dep_1", reason: "deployment_failed" }, 1],
        ["that was never started does not count", "failed", { reason: "deployment_refused" }, null],
        ["that was blocked does not count", "blocked", { reason: "simulation_failed" }, null],
    ])("%s", async (_what, status, details, rate) => {
        const { all } = await measured([happens(0, "v1.0.0", "deployment_execution", status, details)]);
        expect(all.change_failure_rate).toBe(rate);
    });
});

describe("the time to restore", () => {
    const intent = happens(0, "v1.1.0", "deployment_intent", "started");
    const failed = (status: EventStatus, details: Details = {}) =>
        happens(HOUR, "v1.1.0", "deployment_execution", status, { id: "dep_1", ...details });

    it.each<[string, ReturnType<typeof happens>[], number | null, number]>([
        ["ends with the rollback", [failed("rolled_back")], 3_600, 0],
        [
            "goes on when the rollback did not help",
            [failed("rolled_back", { health_after: "unhealthy" })],
            null,
            1,
        ],
        [
            "goes on when nothing was rolled back",
            [failed("failed", { reason: "health_check_failed" })],
            null,
            1,
        ],
        [
            "ends with the next version that is good",
            [
                failed("failed", { reason: "health_check_failed" }),
                happens(2 * HOUR, "v1.2.0", "deployment_execution", "completed", { id: "dep_2" }),
            ],
            7_200,
            0,
        ],
        [
            "ends with a rollback of a later run",
            [
                failed("failed", { reason: "health_check_failed" }),
                happens(3 * HOUR, "v1.1.0", "rollback", "completed", { id: "dep_1" }),
            ],
            10_800,
            0,
        ],
        [
            "does not end with a rollback that failed, or of another deployment",
            [
                failed("failed", { reason: "health_check_failed" }),
                happens(3 * HOUR, "v1.1.0", "rollback", "failed", { id: "dep_1" }),
                happens(3 * HOUR, "v1.0.0", "rollback", "completed", { id: "dep_0" }),
            ],
            null,
            1,
        ],
        [
            "does not end with what is good in another place",
            [
                failed("failed", { reason: "health_check_failed" }),
                happens(2 * HOUR, "v1.2.0", "deployment_execution", "completed", { environment: "staging" }),
                happens(2 * HOUR, "v1.2.0", "deployment_execution", "completed", { bot: "bot_2" }),
            ],
            null,
            1,
        ],
        [
            "does not begin where the version before stayed live",
            [failed("failed", { reason: "deployment_failed" })],
            null,
            0,
        ],
    ])("%s", async (_what, events, median, open) => {
        const { all } = await measured([intent, ...events]);
        expect(all.time_to_restore_seconds).toMatchObject({ median, open });
    });
});

const anything = fc
    .record({
        action: fc.constantFrom<Action>(
            "simulation",
            "deployment_intent",
            "deployment_execution",
            "rollback",
        ),
        status: fc.constantFrom<EventStatus>("completed", "failed", "rolled_back", "blocked"),
        at: fc.nat(30 * DAY),
        tag: fc.constantFrom("v1", "v2", "v3"),
        details: fc.record(
            {
                environment: fc.constantFrom("production", "staging"),
                bot: fc.constantFrom("one", "two"),
                id: fc.constantFrom("dep_1", "dep_2"),
                reason: fc.constantFrom("health_check_failed", "deployment_failed"),
            },
            { requiredKeys: [] },
        ),
    })
    .map(({ at, tag, action, status, details }) => happens(at, tag, action, status, details));

const histories = fc
    .array(anything, { maxLength: 40 })
    .map((events) => [...events].sort((one, other) => one.at - other.at));

test("groups share out what all have, by whatever they are told apart", async () => {
    await fc.assert(
        fc.asyncProperty(histories, fc.constantFrom<Dimension>("bot", "environment"), async (events, by) => {
            const { all, groups } = await measured(events, undefined, by);
            const sum = (pick: (metrics: typeof all) => number) =>
                groups.reduce((total, { metrics }) => total + pick(metrics), 0);
            expect(sum((metrics) => metrics.total_deployments)).toBe(all.total_deployments);
            expect(sum((metrics) => metrics.successful_deployments)).toBe(all.successful_deployments);
            expect(sum((metrics) => metrics.lead_time_seconds.count)).toBe(all.lead_time_seconds.count);
            expect(sum((metrics) => metrics.time_to_restore_seconds.count)).toBe(
                all.time_to_restore_seconds.count,
            );
            expect(sum((metrics) => metrics.time_to_restore_seconds.open)).toBe(
                all.time_to_restore_seconds.open,
            );
        }),
    );
});

test("windows share out what ended, wherever one is cut from the next", async () => {
    await fc.assert(
        fc.asyncProperty(histories, fc.nat(30 * DAY), async (events, cut) => {
            const all = (await measured(events)).all;
            const before = (await measured(events, { since: 0, until: START + cut })).all;
            const after = (await measured(events, { since: START + cut, until: START + 31 * DAY })).all;
            expect(before.total_deployments + after.total_deployments).toBe(all.total_deployments);
            expect(before.lead_time_seconds.count + after.lead_time_seconds.count).toBe(
                all.lead_time_seconds.count,
            );
            const failures = ({ time_to_restore_seconds: { count, open } }: typeof all) => count + open;
            expect(failures(before) + failures(after)).toBe(failures(all));
        }),
    );
});

test("half of the durations are at most the median, and nine tenths at most the 90th percentile", async () => {
    await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(DAY), { minLength: 1, maxLength: 30 }), async (durations) => {
            const { lead_time_seconds } = (
                await measured(
                    durations.flatMap((duration, index) => [
                        happens(0, `v${index}`, "deployment_intent", "started"),
                        happens(duration, `v${index}`, "deployment_execution", "completed"),
                    ]),
                )
            ).all;
            const { median, p90 } = lead_time_seconds as { median: number; p90: number };
            const atMost = (limit: number) =>
                durations.filter((duration) => duration / 1000 <= limit + 0.001).length / durations.length;
            expect(atMost(median)).toBeGreaterThanOrEqual(0.5);
            expect(atMost(p90)).toBeGreaterThanOrEqual(0.9 - 1 / durations.length);
            expect(p90).toBeGreaterThanOrEqual(median);
        }),
    );
});
