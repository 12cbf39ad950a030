import type { NewEvent } from "../../src/ledger/event.js";
import { TrendCount } from "../../src/report/trend.js";
import { chainOf, newEvent } from "../support/ledger.js";

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 0, 5);

/** The trend of outcomes at these days, each begun an hour before. */
function trendOf(
    outcomes: readonly [day: number, status: NewEvent["status"], details?: object][],
    since?: number,
) {
    const count = new TrendCount();
    const events = outcomes.flatMap(([day, status, details], place) => {
        const at = MONDAY + day * DAY;
        const version_tag = `v1.0.${place}`;
        const deployed = status === "blocked" ? {} : { deployment_id: `dep_${place}` };
        return [
            {
                event: newEvent(place, { version_tag, action: "simulation", status: "passed" }),
                at: at - 3_600_000,
            },
            {
                event: newEvent(place, {
                    version_tag,
                    status,
                    details: { target_environment: "production", ...deployed, ...details },
                }),
                at,
            },
        ];
    });
    for (const event of chainOf(events)) {
        count.add(event);
    }
    return count.trend(MONDAY + 70 * DAY, since);
}

describe("the trend", () => {
    it("measures the whole, and each week", () => {
        const trend = trendOf([
            [0, "completed"],
            [1, "rolled_back"],
            [8, "completed"],
            [9, "blocked"],
        ]);
        expect(trend.stretch).toBe("week");
        expect(trend.points).toHaveLength(11);
        expect(trend.points[0]).toEqual({
            from: MONDAY,
            stayed: 1,
            fell: 1,
            leadTime: 3_600,
            failureRate: 0.5,
            timeToRestore: expect.any(Number),
        });
        expect(trend.points[1]).toMatchObject({ from: MONDAY + 7 * DAY, stayed: 1, fell: 0, failureRate: 0 });
        expect(trend.points[2]).toMatchObject({
            stayed: 0,
            fell: 0,
            leadTime: null,
            failureRate: null,
            timeToRestore: null,
        });
        expect(trend.total).toMatchObject({ attempts: 4, stayed: 2, failureRate: 0.333, unmended: 0 });
    });

    it("leaves out what was before, also within the first week", () => {
        const { points, total } = trendOf(
            [
                [0, "completed"],
                [1, "failed"],
                [50, "completed"],
            ],
            MONDAY + 2 * DAY,
        );
        expect(total).toMatchObject({ attempts: 1, stayed: 1, failureRate: 0 });
        expect(points[0]).toMatchObject({ from: MONDAY, stayed: 0, fell: 0 });
    });

    it("counts what is not mended yet", () => {
        const { total } = trendOf([[0, "failed", { reason: "health_check_failed" }]]);
        expect(total).toMatchObject({ unmended: 1, timeToRestore: null });
    });

    it("has no point where nothing was attempted", () => {
        expect(trendOf([])).toMatchObject({ points: [], total: { attempts: 0, frequency: 0 } });
    });
});
