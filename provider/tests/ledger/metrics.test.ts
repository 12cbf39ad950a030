import fc from "fast-check";
import { GENESIS } from "../../src/ledger/chain.js";
import type { Action, EventStatus, LedgerEvent } from "../../src/ledger/event.js";
import { type Metrics, metricsOf } from "../../src/ledger/metrics.js";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);

function event(
    day: number,
    status: EventStatus = "completed",
    action: Action = "deployment_execution",
): LedgerEvent {
    return {
        run: "run-1",
        actor: "alex",
        timestamp: new Date(START + day * DAY).toISOString(),
        bot_id: "bot_12345",
        flow_id: "flow_67890",
        version_tag: "v1.4.2",
        action,
        status,
        details: { target_environment: "production" },
        compliance_ref: "AUD-1",
        previous_hash: GENESIS,
        hash: GENESIS,
    };
}

/** The definition, word by word, with whole numbers only. */
function slowMetrics(events: readonly LedgerEvent[]): Metrics {
    const attempts = events.filter(({ action }) => action === "deployment_execution");
    const good = attempts.filter(({ status }) => status === "completed");
    const times = attempts
        .map(({ timestamp }) => new Date(timestamp).getTime())
        .sort((one, other) => one - other);
    const span = Math.max(DAY, (times.at(-1) ?? 0) - (times[0] ?? 0));
    return {
        total_deployments: attempts.length,
        successful_deployments: good.length,
        success_rate: attempts.length === 0 ? 0 : good.length / attempts.length,
        frequency_per_week: (attempts.length * 7 * DAY) / span,
    };
}

describe("the release metrics", () => {
    it("are all zero where nothing was attempted", () => {
        const none = {
            total_deployments: 0,
            successful_deployments: 0,
            success_rate: 0,
            frequency_per_week: 0,
        };
        expect(metricsOf([])).toEqual(none);
        expect(metricsOf([event(0, "passed", "simulation"), event(3, "completed", "rollback")])).toEqual(
            none,
        );
    });

    it("take one attempt for a whole day", () => {
        expect(metricsOf([event(0)])).toEqual({
            total_deployments: 1,
            successful_deployments: 1,
            success_rate: 1,
            frequency_per_week: 7,
        });
    });

    it("count every attempt, and as successes only those that went live and stayed", () => {
        const events = [event(0), event(7, "rolled_back"), event(10, "blocked"), event(14, "failed")];
        expect(metricsOf(events)).toEqual({
            total_deployments: 4,
            successful_deployments: 1,
            success_rate: 0.25,
            frequency_per_week: 2,
        });
    });

    it("round to three and to two decimals", () => {
        const events = [event(0), event(1, "failed"), event(11)];
        expect(metricsOf(events)).toMatchObject({ success_rate: 0.667, frequency_per_week: 1.91 });
    });

    it("do not count what was done around the attempts, nor let it stretch the time", () => {
        const around: LedgerEvent[] = [
            event(-30, "passed", "dependency_validation"),
            event(0.5, "started", "deployment_intent"),
            event(60, "completed", "delete"),
        ];
        expect(metricsOf([event(0), ...around, event(2)])).toEqual(metricsOf([event(0), event(2)]));
    });

    const anyEvent = fc
        .tuple(
            fc.double({ min: 0, max: 400, noNaN: true }),
            fc.constantFrom<EventStatus>("completed", "failed", "rolled_back", "blocked"),
            fc.constantFrom<Action>("deployment_execution", "simulation", "rollback"),
        )
        .map(([day, status, action]) => event(day, status, action));

    it("are what a slow and simple count gives, in whatever order the events stand", () => {
        fc.assert(
            fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
                const [fast, slow] = [metricsOf(events), slowMetrics(events)];
                expect(fast.total_deployments).toBe(slow.total_deployments);
                expect(fast.successful_deployments).toBe(slow.successful_deployments);
                expect(Math.abs(fast.success_rate - slow.success_rate)).toBeLessThanOrEqual(0.0005 + 1e-9);
                expect(Math.abs(fast.frequency_per_week - slow.frequency_per_week)).toBeLessThanOrEqual(
                    0.005 + 1e-9,
                );
                expect(metricsOf([...events].reverse())).toEqual(fast);
            }),
        );
    });
});
