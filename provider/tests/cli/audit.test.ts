import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledCommand } from "../support/command.js";
import { chainOf, newEvent, openForTest, textOf } from "../support/ledger.js";
import { PostgresServer } from "../support/postgres-server.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const CHAIN = chainOf([
    { event: newEvent(1, { action: "deployment_intent", status: "started" }), at: START },
    { event: newEvent(2), at: START + HOUR },
    {
        event: newEvent(3, {
            bot_id: "bot_2",
            version_tag: "v2.0.0",
            status: "blocked",
            details: { target_environment: "staging", summary: "one\nof two \u001b[31mdid not pass" },
        }),
        at: START + 2 * HOUR,
    },
]);
const HEAD = CHAIN[2]?.hash;
let run: ReturnType<typeof bundledCommand>;

beforeAll(() => {
    run = bundledCommand();
}, 60_000);
afterAll(removeTemporaryFolders);

/** A project whose ledger holds that. */
function projectWith(text: string): string {
    const project = temporaryFolder();
    mkdirSync(join(project, "src"));
    writeFileSync(join(project, "Pulumi.yaml"), "name: x\n");
    writeFileSync(join(project, "cognigy-ledger.jsonl"), text);
    return project;
}

describe("cognigy-release audit verify", () => {
    it("tells its verdict as JSON, too", () => {
        const good = run(["audit", "verify", "--json"], projectWith(textOf(CHAIN)));
        expect(JSON.parse(good.stdout)).toEqual({ good: true, events: 3, head: HEAD });
        expect(good.status).toBe(0);
        const bad = run(["audit", "verify", "--json"], projectWith(textOf(CHAIN.slice(1))));
        expect(JSON.parse(bad.stdout)).toMatchObject({ good: false, events: 0, fault: { place: 1 } });
        expect(bad.status).toBe(1);
    });

    it("says that the ledger beside Pulumi.yaml is good, and names its head", () => {
        const project = projectWith(textOf(CHAIN));
        expect(run(["audit", "verify"], join(project, "src"))).toEqual({
            status: 0,
            stdout: `good: 3 events, one unbroken chain\nhead: ${HEAD}\n`,
            stderr: "",
        });
    });

    const lines = textOf(CHAIN).split(/(?<=\n)/) as [string, string, string];
    it.each<[string, string, string]>([
        [
            "a byte was flipped",
            lines.join("").replace("v2.0.0", "v2.1.0"),
            "line 3 was altered: its hash is not that of what it says. The 2 before that are good.",
        ],
        [
            "a line was removed",
            lines[0] + lines[2],
            "line 2 does not follow line 1: an event between them was removed, or line 1 was replaced. " +
                "The 1 before that are good.",
        ],
        [
            "two lines were swapped",
            lines[1] + lines[0] + lines[2],
            "line 1 was moved: it follows what is in line 2. Nothing before that is good.",
        ],
        [
            "a line was added",
            lines[0] + lines[0] + lines[1] + lines[2],
            "line 2 was added: it is line 1 again. The 1 before that are good.",
        ],
        [
            "its last line is cut off",
            lines.join("").slice(0, -20),
            "line 3 was altered, or its writer ended in the middle of it: it is cut off; the next event moves it aside. " +
                "The 2 before that are good.",
        ],
    ])("names the place and ends with 1 when %s", (_what, text, told) => {
        const project = projectWith(text);
        expect(run(["audit", "verify"], project)).toEqual({
            status: 1,
            stdout: "",
            stderr: `error: the ledger ${join(project, "cognigy-ledger.jsonl")} is not as it was written: ${told}\n`,
        });
    });

    it("misses what was removed from the end when it knows an event of it", () => {
        const project = projectWith(lines[0] + lines[1]);
        expect(run(["audit", "verify", "--head", String(CHAIN[1]?.hash)], project).status).toBe(0);
        const { status, stderr } = run(["audit", "verify", "--head", String(HEAD)], project);
        expect(status).toBe(1);
        expect(stderr).toContain(`line 3 is missing: the event with the hash ${HEAD} was removed`);
    });

    it("is good where nothing was released yet, and makes nothing", () => {
        const project = temporaryFolder();
        expect(run(["audit", "verify"], project)).toMatchObject({ status: 0, stderr: "" });
        expect(existsSync(join(project, "cognigy-ledger.jsonl"))).toBe(false);
    });

    it("ends with 3 when the ledger that is named cannot be reached", () => {
        expect(run(["audit", "verify", "--ledger", "audit.jsonl"])).toEqual({
            status: 3,
            stdout: "",
            stderr: "error: there is no ledger audit.jsonl: expected a file that exists.\n",
        });
        const folder = temporaryFolder();
        expect(run(["audit", "verify", "--ledger", folder])).toEqual({
            status: 3,
            stdout: "",
            stderr: `error: the ledger ${folder} cannot be read (EISDIR).\n`,
        });
        const { status, stdout, stderr } = run(["audit", "verify"], temporaryFolder(), {
            COGNIGY_LEDGER: "postgres://runner:hunter2@127.0.0.1:1/audit",
        });
        expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
        expect(stderr).toMatch(
            /^error: the ledger postgres:\/\/runner@127\.0\.0\.1:1\/audit cannot be read \(/,
        );
        expect(stderr).not.toContain("hunter2");
    });

    it("looks into a ledger in PostgreSQL", async () => {
        const server = await PostgresServer.start();
        try {
            const ledger = openForTest(server.url());
            await ledger.append(newEvent(1));
            const { hash } = await ledger.append(newEvent(2));
            await ledger.close();
            expect(run(["audit", "verify", "--ledger", server.url()])).toEqual({
                status: 0,
                stdout: `good: 2 events, one unbroken chain\nhead: ${hash}\n`,
                stderr: "",
            });
            const { stdout } = run(["audit", "show", "--json"], temporaryFolder(), {
                COGNIGY_LEDGER: server.url(),
            });
            expect(JSON.parse(stdout)).toHaveLength(2);
            const other = server.url("template1");
            expect(run(["audit", "verify", "--ledger", other])).toMatchObject({
                status: 3,
                stderr: expect.stringContaining("cannot be read (it has no table cognigy_ledger)"),
            });
        } finally {
            await server.stop();
        }
    }, 60_000);
});

describe("cognigy-release audit show", () => {
    it("prints a table, and nothing that a terminal obeys", () => {
        const { status, stdout, stderr } = run(["audit", "show"], projectWith(textOf(CHAIN)));
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        const rows = stdout
            .split("\n")
            .filter((line) => line.startsWith("│"))
            .map((line) =>
                line
                    .slice(1, -1)
                    .split("│")
                    .map((cell) => cell.trim()),
            );
        expect(rows).toEqual([
            ["Time", "Bot", "Flow", "Tag", "Environment", "What", "Outcome", "By", "Why"],
            [
                "2026-01-05 00:00:00",
                "bot_12345",
                "flow_67890",
                "v1.4.2",
                "production",
                "deployment intent",
                "started",
                "alex",
                "",
            ],
            [
                "2026-01-05 01:00:00",
                "bot_12345",
                "flow_67890",
                "v1.4.2",
                "production",
                "deployment execution",
                "completed",
                "alex",
                "",
            ],
            [
                "2026-01-05 02:00:00",
                "bot_2",
                "flow_67890",
                "v2.0.0",
                "staging",
                "deployment execution",
                "blocked",
                "alex",
                "one of two �[31mdid not pass",
            ],
        ]);
    });

    it("shows those that its options mean", () => {
        const args = [
            "--bot",
            "bot_12345",
            "--outcome",
            "completed",
            "--since",
            "2026-01-05",
            "--until",
            "2026-01-06",
        ];
        const { status, stdout } = run(["audit", "show", "--json", ...args], projectWith(textOf(CHAIN)));
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toEqual([CHAIN[1]]);
        expect(run(["audit", "show", "--json", "--since", "1h"], projectWith(textOf(CHAIN))).stdout).toBe(
            "[]\n",
        );
    });

    it("shows the last ones of many, and says so", () => {
        const many = chainOf(
            Array.from({ length: 450 }, (_, number) => ({ event: newEvent(number), at: number })),
        );
        const { stdout } = run(["audit", "show"], projectWith(textOf(many)));
        expect(stdout.match(/deployment execution/g)).toHaveLength(200);
        expect(stdout).toContain(
            "The last 200 of 450 events; --since, --json and audit export show the others.\n",
        );
    });

    it("ends with 2 for an outcome or a time that there is not", () => {
        expect(run(["audit", "show", "--outcome", "good"])).toMatchObject({ status: 2, stdout: "" });
        expect(run(["audit", "show", "--since", "yesterday"])).toMatchObject({
            status: 2,
            stdout: "",
            stderr: expect.stringContaining("Expected a time such as 2026-01-31"),
        });
        expect(run(["audit"])).toMatchObject({ status: 2, stdout: "" });
    });
});

describe("cognigy-release audit export", () => {
    it("writes each format", () => {
        const project = projectWith(textOf(CHAIN));
        const exported = (format: string) =>
            run(["audit", "export", "--format", format, "--bot", "bot_2"], project);
        expect(JSON.parse(exported("json").stdout)).toEqual([CHAIN[2]]);
        expect(exported("csv").stdout.split("\r\n")).toHaveLength(3);
        expect(exported("cef").stdout).toMatch(/^CEF:0\|pulumi-cognigy\|.*\n$/);
        expect(exported("xml")).toMatchObject({ status: 2, stdout: "" });
        expect(run(["audit", "export"], project)).toMatchObject({ status: 2, stdout: "" });
    });

    it("says nothing when nobody reads on", () => {
        const many = chainOf(
            Array.from({ length: 2_000 }, (_, number) => ({ event: newEvent(number), at: number })),
        );
        const pipe = 'set -o pipefail; "$0" "$@" | head -n 1';
        const args = [run.command, "audit", "export", "--format", "json"];
        const { status, stdout, stderr } = spawnSync("bash", ["-c", pipe, process.execPath, ...args], {
            cwd: projectWith(textOf(many)),
            encoding: "utf8",
        });
        expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "[\n", stderr: "" });
    });
});
