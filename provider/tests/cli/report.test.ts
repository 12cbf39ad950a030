import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newEvent, writeLedger } from "../support/ledger.js";
import { bundledReportCommand } from "../support/report-command.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const DAY = 86_400_000;
let run: ReturnType<typeof bundledReportCommand>;

beforeAll(() => {
    run = bundledReportCommand();
}, 60_000);
afterAll(removeTemporaryFolders);

/** A project with three releases: long ago, not so long ago, and of another bot. */
function project(): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: x\n");
    const now = Date.now();
    writeLedger(join(folder, "cognigy-ledger.jsonl"), [
        { event: newEvent(1, { version_tag: "v1.0.0" }), at: now - 200 * DAY },
        { event: newEvent(2, { version_tag: "v2.0.0" }), at: now - 20 * DAY },
        { event: newEvent(3, { version_tag: "v3.0.0", bot_id: "bot_2" }), at: now - DAY },
    ]);
    return folder;
}

describe("cognigy-release report", () => {
    it("writes one page of the ledger beside Pulumi.yaml, from a folder below it", () => {
        const folder = join(project(), "src");
        expect(run(["report", "--out", "report.html"], folder)).toEqual({
            status: 0,
            stdout: "",
            stderr: "",
        });
        const page = readFileSync(join(folder, "report.html"), "utf8");
        expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
        expect(page.match(/<details class="release">/g)).toHaveLength(3);
        expect(page).not.toMatch(/\b(src|href)="(?!data:|#)/);
    });

    it("prints the page where no file is named", () => {
        const { status, stdout } = run(["report"], project());
        expect(status).toBe(0);
        expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    });

    it("tells only what it is asked for", () => {
        const folder = project();
        const told = (...options: string[]) => {
            const { status, stdout } = run(["report", "--format", "markdown", ...options], folder);
            expect(status).toBe(0);
            const [, releases = ""] = stdout.split("**Last releases**");
            return releases.match(/v\d\.0\.0/g);
        };
        expect(told()).toEqual(["v3.0.0", "v2.0.0", "v1.0.0"]);
        expect(told("--since", "90d")).toEqual(["v3.0.0", "v2.0.0"]);
        expect(told("--since", "90d", "--bot", "bot_12345")).toEqual(["v2.0.0"]);
    });

    it("is written from a ledger that was altered too, and says so", () => {
        const folder = project();
        const ledger = join(folder, "cognigy-ledger.jsonl");
        writeFileSync(ledger, readFileSync(ledger, "utf8").replace('"number":2', '"number":7'));
        const { status, stdout } = run(["report", "--format", "markdown"], folder);
        expect(status).toBe(0);
        expect(stdout).toContain("❌ **The ledger was altered:** line 2 was altered");
    });

    it("ends with 1 when the file cannot be written", () => {
        expect(run(["report", "--out", join("no", "folder", "report.html")], project())).toEqual({
            status: 1,
            stdout: "",
            stderr: `error: ${join("no", "folder", "report.html")} cannot be written (ENOENT): expected a file.\n`,
        });
    });

    it.each([
        ["a time that is none", ["--since", "yesterday"], "Expected a time such as 2026-01-31"],
        ["a form that there is not", ["--format", "pdf"], "Allowed choices are html, markdown."],
    ])("ends with 2 for %s", (_what, options, told) => {
        const folder = project();
        const { status, stderr } = run(["report", "--out", "report.html", ...options], folder);
        expect(status).toBe(2);
        expect(stderr).toContain(told);
        expect(existsSync(join(folder, "report.html"))).toBe(false);
    });

    it("ends with 3 when there is no such ledger", () => {
        expect(run(["report", "--ledger", "audit.jsonl"])).toMatchObject({ status: 3, stdout: "" });
    });
});
