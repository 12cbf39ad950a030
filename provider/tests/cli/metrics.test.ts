import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../package.json";
import { GENESIS } from "../../src/ledger/chain.js";
import { stampEvent } from "../../src/ledger/event.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const PROVIDER = join(__dirname, "../..");
const DAY = 86_400_000;
let command: string;

// The command as build.mjs bundles it, of the source as it is now.
beforeAll(() => {
    command = join(temporaryFolder(), "cli.js");
    const esbuild = join(dirname(require.resolve("esbuild/package.json")), "bin", "esbuild");
    execFileSync(esbuild, [
        join(PROVIDER, "src/cli/main.ts"),
        "--bundle",
        "--platform=node",
        "--target=node20",
        "--format=cjs",
        "--log-level=warning",
        `--outfile=${command}`,
    ]);
}, 60_000);
afterAll(removeTemporaryFolders);

function run(args: readonly string[], cwd = temporaryFolder()) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
        cwd,
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, stdout, stderr };
}

function ledgerOf(...statuses: ("completed" | "failed")[]): string {
    return statuses
        .map((status, index) =>
            JSON.stringify(
                stampEvent(
                    {
                        bot_id: "bot_12345",
                        flow_id: "flow_67890",
                        version_tag: `v1.0.${index}`,
                        action: "deployment_execution",
                        status,
                        details: { target_environment: "production" },
                    },
                    { run: "run-1", actor: "alex" },
                    GENESIS,
                    Date.UTC(2026, 0, 5) + index * 7 * DAY,
                ),
            ),
        )
        .map((line) => `${line}\n`)
        .join("");
}

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
                "┌──────────────────────┬───────┐",
                "│ Metric               │ Value │",
                "├──────────────────────┼───────┤",
                "│ Attempted releases   │     3 │",
                "├──────────────────────┼───────┤",
                "│ Went live and stayed │     2 │",
                "├──────────────────────┼───────┤",
                "│ Success rate         │ 0.667 │",
                "├──────────────────────┼───────┤",
                "│ Releases a week      │   1.5 │",
                "└──────────────────────┴───────┘",
                "",
            ].join("\n"),
        });
    });

    it("prints JSON, of the ledger that it is told to read", () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, "audit.jsonl"), ledgerOf("completed", "failed"));
        const { status, stdout, stderr } = run(["metrics", "--json", "--ledger", "audit.jsonl"], folder);
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(JSON.parse(stdout)).toEqual({
            total_deployments: 2,
            successful_deployments: 1,
            success_rate: 0.5,
            frequency_per_week: 2,
        });
    });

    it("counts nothing where nothing was released yet", () => {
        const { status, stdout, stderr } = run(["metrics", "--json"]);
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(JSON.parse(stdout)).toEqual({
            total_deployments: 0,
            successful_deployments: 0,
            success_rate: 0,
            frequency_per_week: 0,
        });
    });

    it("names the line of the ledger that is broken, without a stack, and prints no number", () => {
        const folder = temporaryFolder();
        const ledger = join(folder, "cognigy-ledger.jsonl");
        writeFileSync(ledger, `${ledgerOf("completed")}{"timestamp":"2026-01-0\n`);
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
            "error: option '--ledger <file>' argument missing\n",
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
