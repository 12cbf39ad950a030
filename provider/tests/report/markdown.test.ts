import { markdownOf } from "../../src/report/markdown.js";
import type { Place, Release, Report } from "../../src/report/report.js";

const AT = Date.UTC(2026, 0, 5, 9);

const PLACE: Place = {
    bot: "bot_1",
    flow: "booking",
    environment: "production",
    live: { tag: "v1.4.2", since: AT, health: "healthy" },
    last: { tag: "v1.4.3", outcome: "rolled_back", at: AT },
};

const RELEASE: Release = {
    bot: "bot_1",
    flow: "booking",
    environment: "production",
    tag: "v1.4.2",
    outcome: "completed",
    at: AT,
    actor: "alex",
    run: "run-1",
    changes: [],
    exceptions: [],
    steps: [],
};

function report(changes: Partial<Report> = {}): Report {
    return {
        ledger: "ledger.jsonl",
        madeAt: AT,
        chain: { events: 12, head: "sha256:00", unreadable: 0 },
        places: [PLACE],
        releases: [RELEASE],
        trend: {} as Report["trend"],
        ...changes,
    };
}

describe("the report as Markdown", () => {
    it("has what is live, the last releases, the last failures, and whether the ledger is what was written", () => {
        const failed: Release = {
            ...RELEASE,
            tag: "v1.4.3",
            outcome: "blocked",
            reason: "1 of 2 simulated conversations failed",
            steps: [
                {
                    kind: "simulation",
                    at: AT,
                    passed: false,
                    good: 1,
                    total: 2,
                    leftOut: 0,
                    conversations: [
                        { passed: true, input: "hi", expected: "greet", actual: "greet" },
                        { passed: false, input: "bye", expected: "part", actual: null },
                    ],
                },
            ],
        };
        expect(markdownOf(report({ releases: [failed, RELEASE] }))).toBe(
            [
                "### Releases",
                "",
                "✅ The ledger is what was written: 12 events, one unbroken chain.",
                "",
                "**Live**",
                "",
                "| Flow | Environment | Version | Since (UTC) | Last attempt |",
                "| --- | --- | --- | --- | --- |",
                "| booking (bot\\_1) | production | **v1.4.2** | 2026-01-05 09:00 | ↩️ rolled back v1.4.3 |",
                "",
                "**Last releases**",
                "",
                "| Outcome | Version | Flow | Environment | When (UTC) | By |",
                "| --- | --- | --- | --- | --- | --- |",
                "| ⛔ blocked | v1.4.3 | booking (bot\\_1) | production | 2026-01-05 09:00 | alex |",
                "| ✅ went live | v1.4.2 | booking (bot\\_1) | production | 2026-01-05 09:00 | alex |",
                "",
                "**Last failures**",
                "",
                "- ⛔ blocked: **v1.4.3** of booking to production: 1 of 2 simulated conversations failed; “bye” should reach part, reached no intent",
                "",
            ].join("\n"),
        );
    });

    it("says first that the ledger was altered", () => {
        const chain = { events: 11, head: "sha256:00", unreadable: 0, fault: "line 12 was altered." };
        expect(markdownOf(report({ chain }))).toContain(
            "\n❌ **The ledger was altered:** line 12 was altered. The 11 events before that are good.\n",
        );
    });

    it("is short, whatever there is to tell, and says how much it leaves out", () => {
        const many = <T>(one: T) => Array.from({ length: 1_000 }, () => one);
        const long = "x".repeat(5_000);
        const failure: Release = { ...RELEASE, outcome: "failed", reason: long };
        const text = markdownOf(report({ places: many(PLACE), releases: many(failure) }));
        expect(text.split("\n").length).toBeLessThan(60);
        expect(text.length).toBeLessThan(10_000);
        expect(text).toContain("\n… and 980 more.\n");
        expect(text).toContain("\n… and 990 more.\n");
    });

    it("says so where there is nothing", () => {
        const text = markdownOf(report({ places: [], releases: [], bot: "bot_9" }));
        expect(text).toContain("### Releases of bot\\_9\n");
        expect(text.match(/^Nothing\.$/gm)).toHaveLength(2);
        expect(text).not.toContain("failures");
    });

    it("tells that what is live is not healthy", () => {
        const live = { tag: "v1.4.2", since: AT, health: "unhealthy" as const };
        expect(markdownOf(report({ places: [{ ...PLACE, live }] }))).toContain("| **v1.4.2** (unhealthy) |");
    });

    it("gives no text a meaning of its own", () => {
        const tag = "v1|</td>\n# **bold** [link](http://x) `code` @team ![i](x) &amp; <img src=x> #12";
        const text = markdownOf(report({ releases: [{ ...RELEASE, tag, actor: "@everyone" }] }));
        const row = text.split("\n").find((line) => line.includes("went live")) ?? "";
        expect(row.replace(/\\./g, "").match(/[|]/g)).toHaveLength(7);
        expect(row).not.toMatch(/(?<!\\)[<>[\]`*#&]|@\w/);
    });
});
