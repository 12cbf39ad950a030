import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { bundledCommand } from "../support/command.js";
import { chainOf, newEvent, textOf } from "../support/ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const DAY = 86_400_000;
let run: ReturnType<typeof bundledCommand>;

beforeAll(() => {
    run = bundledCommand();
}, 60_000);
afterAll(removeTemporaryFolders);

/** Releases of one version a week, each with its outcome; the last one a week ago. */
function ledgerOf(...statuses: ("completed" | "failed")[]): string {
    const chain = chainOf(
        statuses.map((status, index) => ({
            event: newEvent(index, { version_tag: `v1.0.${index}`, status }),
            at: Date.UTC(2026, 0, 5) + index * 7 * DAY,
        })),
    );
    return textOf(chain);
}

const NOTHING = {
    total_deployments: 0,
    successful_deployments: 0,
    success_rate: 0,
    frequency_per_week: 0,
    deployment_frequency_per_week: 0,
    lead_time_seconds: { count: 0, median: null, p90: null },
    change_failure_rate: null,
    time_to_restore_seconds: { count: 0, median: null, p90: null, open: 0 },
};

describe("cognigy-release metrics", () => {
    it("prints a table of the ledger beside Pulumi.yaml, from a folder below it", () => {
        const project = temporaryFolder();
        mkdirSync(join(project, "src"));
        writeFileSync(join(project, "Pulumi.yaml"), "name: x\n");
        writeFileSync(join(project, "cognigy-ledger.jsonl"), ledgerOf("completed", "failed", "completed"));
        expect(run(["metrics"], join(project, "src"))).toEqual({
            status: 0,
            stderr: "",
            stdout: [
                "┌─────────────────────────┬───────┐",
                "│ Metric                  │ Value │",
                "├─────────────────────────┼───────┤",
                "│ Attempted releases      │     3 │",
                "├─────────────────────────┼───────┤",
                "│ Went live and stayed    │     2 │",
                "├─────────────────────────┼───────┤",
                "│ Success rate            │ 0.667 │",
                "├─────────────────────────┼───────┤",
                "│ Releases a week         │   1.5 │",
                "├─────────────────────────┼───────┤",
                "│ Deployments a week      │     1 │",
                "├─────────────────────────┼───────┤",
                "│ Lead time, median       │   0 s │",
                "├─────────────────────────┼───────┤",
                "│ Lead time, 90 %         │   0 s │",
                "├─────────────────────────┼───────┤",
                "│ Change failure rate     │     0 │",
                "├─────────────────────────┼───────┤",
                "│ Time to restore, median │     - │",
                "├─────────────────────────┼───────┤",
                "│ Time to restore, 90 %   │     - │",
                "├─────────────────────────┼───────┤",
                "│ Not restored yet        │     0 │",
                "└─────────────────────────┴───────┘",
                "",
            ].join("\n"),
        });
    });

    it("prints JSON, of the ledger that it is told to read", () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, "audit.jsonl"), ledgerOf("completed", "failed"));
        const { status, stdout, stderr } = run(["metrics", "--json", "--ledger", "audit.jsonl"], folder);
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(JSON.parse(stdout)).toMatchObject({
            total_deployments: 2,
            successful_deployments: 1,
            success_rate: 0.5,
            frequency_per_week: 2,
        });
    });

    it("counts nothing where nothing was released yet", () => {
        const { status, stdout, stderr } = run(["metrics", "--json"]);
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(JSON.parse(stdout)).toEqual(NOTHING);
    });

    it("counts apart what it is told to, and only since then", () => {
        const folder = temporaryFolder();
        const yesterday = Date.now() - DAY;
        const chain = chainOf([
            { event: newEvent(1, { bot_id: "old" }), at: yesterday - 40 * DAY },
            { event: newEvent(2, { bot_id: "one" }), at: yesterday },
            { event: newEvent(3, { bot_id: "two", status: "blocked" }), at: yesterday },
        ]);
        writeFileSync(join(folder, "cognigy-ledger.jsonl"), textOf(chain));
        const args = ["metrics", "--since", "30d", "--by", "bot"];
        expect(JSON.parse(run([...args, "--json"], folder).stdout)).toMatchObject({
            total_deployments: 2,
            deployment_frequency_per_week: 0.23,
            groups: [
                { bot: "old", ...NOTHING },
                { bot: "one", total_deployments: 1, change_failure_rate: 0 },
                { bot: "two", total_deployments: 1, change_failure_rate: null },
            ],
        });
        const table = run(args, folder).stdout.split("\n");
        expect(table[1]?.split("│").map((cell) => cell.trim())).toEqual([
            "",
            "Metric",
            "All",
            "old",
            "one",
            "two",
            "",
        ]);
        expect(run([...args, "--openmetrics"], folder).stdout).toContain(
            '\ncognigy_releases_attempted{bot="one"} 1\ncognigy_releases_attempted{bot="two"} 1\n',
        );
    });

    it("passes over a last line that is cut off, and says so", () => {
        const folder = temporaryFolder();
        const ledger = join(folder, "cognigy-ledger.jsonl");
        writeFileSync(ledger, `${ledgerOf("completed")}{"timestamp":"2026-01-0`);
        const { status, stdout, stderr } = run(["metrics", "--json"], folder);
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ total_deployments: 1 });
        expect(stderr).toBe(`note: line 2 of the ledger ${ledger} is cut off, and is passed over.\n`);
    });

    it("names the line of the ledger that is broken, without a stack, and prints no number", () => {
        const folder = temporaryFolder();
        const ledger = join(folder, "cognigy-ledger.jsonl");
        const text = ledgerOf("completed");
        writeFileSync(ledger, `${text}{"timestamp":"2026-01-0\n${text}`);
        expect(run(["metrics"], folder)).toEqual({
            status: 1,
            stdout: "",
            stderr:
                `error: line 2 of the ledger ${ledger} is no event: expected a JSON object with \`timestamp\`, ` +
                "`action` and `hash`. Look at it; nothing was changed.\n",
        });
    });

    it.each([
        ["an option that does not exist", ["metrics", "--bogus"], "error: unknown option '--bogus'\n"],
        [
            "an option without its value",
            ["metrics", "--ledger"],
            "error: option '--ledger <ledger>' argument missing\n",
        ],
        [
            "an argument too many",
            ["metrics", "ledger.jsonl"],
            "error: too many arguments for 'metrics'. Expected 0 arguments but got 1.\n",
        ],
        [
            "a command that does not exist",
            ["metric"],
            "error: unknown command 'metric'\n(Did you mean metrics?)\n",
        ],
        [
            "two formats at the same time",
            ["metrics", "--json", "--openmetrics"],
            "error: option '--json' cannot be used with option '--openmetrics'\n",
        ],
        [
            "a dimension that there is not",
            ["metrics", "--by", "flow"],
            "error: option '--by <what>' argument 'flow' is invalid. Allowed choices are bot, environment.\n",
        ],
        ["an option before the command", ["--json", "metrics"], "error: unknown option '--json'\n"],
    ])("ends with 2 for %s", (_what, args, stderr) => {
        expect(run(args)).toEqual({ status: 2, stdout: "", stderr });
    });

    it("shows how it is used when it is asked", () => {
        const { status, stdout } = run(["metrics", "--help"]);
        expect(status).toBe(0);
        expect(stdout).toContain("Usage: cognigy-release metrics [options]");
        expect(stdout).toContain("$ cognigy-release metrics --json --ledger audit/ledger.jsonl");
    });

    it("tells its version", () => {
        expect(run(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
    });
});
