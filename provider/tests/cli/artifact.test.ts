import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledCommand } from "../support/command.js";
import { newEvent, writeLedger } from "../support/ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const START = Date.UTC(2026, 0, 5);
let run: ReturnType<typeof bundledCommand>;

beforeAll(() => {
    run = bundledCommand();
}, 60_000);
afterAll(removeTemporaryFolders);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A project with artifacts of these tags, the tag being the content, and a ledger that names them. */
function projectWith(...tags: string[]): string {
    const project = temporaryFolder();
    writeFileSync(join(project, "Pulumi.yaml"), "name: x\n");
    mkdirSync(join(project, "artifacts"));
    mkdirSync(join(project, "src"));
    const events = tags.map((tag, index) => {
        const path = join("artifacts", `bot_12345_${tag}.json`);
        writeFileSync(join(project, path), tag);
        const details = {
            target_environment: "production",
            artifact_path: path,
            artifact_sha256: sha256(tag),
        };
        return { event: newEvent(index, { version_tag: tag, details }), at: START + index };
    });
    writeLedger(join(project, "cognigy-ledger.jsonl"), events);
    return project;
}

describe("cognigy-release artifact verify", () => {
    it("says that all is good, from a folder below Pulumi.yaml", () => {
        const project = projectWith("v1.0.0", "v1.1.0");
        expect(run(["artifact", "verify"], join(project, "src"))).toEqual({
            status: 0,
            stdout: "good: 2 artifacts\n",
            stderr: "",
        });
        expect(run(["artifact", "verify"])).toEqual({
            status: 0,
            stdout: "the ledger names no artifact\n",
            stderr: "",
        });
    });

    it("tells what is altered and what is missing, and ends with 1", () => {
        const project = projectWith("v1.0.0", "v1.1.0", "v1.2.0");
        const file = (tag: string) => join(project, "artifacts", `bot_12345_${tag}.json`);
        writeFileSync(file("v1.0.0"), "v1.0.1");
        renameSync(file("v1.1.0"), join(project, "elsewhere.json"));
        const { status, stdout, stderr } = run(["artifact", "verify"], project);
        expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
        const rows = stdout.split("\n").filter((line) => line.includes("bot_12345"));
        expect(rows).toHaveLength(2);
        expect(rows[0]).toMatch(new RegExp(`altered .*${sha256("v1.0.0")} .*${sha256("v1.0.1")}`));
        expect(rows[1]).toMatch(new RegExp(`missing .*${sha256("v1.1.0")} │ - `));
        expect(stdout).toMatch(/\nbad: 2 of 3 artifacts\n$/);

        const json = run(["artifact", "verify", "--json"], project);
        expect(json.status).toBe(1);
        expect(JSON.parse(json.stdout)).toEqual({
            artifacts: [
                ["v1.0.0", "altered", sha256("v1.0.1")],
                ["v1.1.0", "missing", null],
                ["v1.2.0", "good", sha256("v1.2.0")],
            ].map(([tag, is, found]) => ({
                bot_id: "bot_12345",
                version_tag: tag,
                file: file(String(tag)),
                status: is,
                sha256: sha256(String(tag)),
                found_sha256: found,
            })),
        });
    });

    it("looks for them in another folder when it is told to", () => {
        const project = projectWith("v1.0.0");
        renameSync(join(project, "artifacts"), join(project, "backup"));
        expect(run(["artifact", "verify"], project).status).toBe(1);
        expect(run(["artifact", "verify", "--directory", "backup"], project)).toEqual({
            status: 0,
            stdout: "good: 1 artifact\n",
            stderr: "",
        });
    });

    it("says what it cannot read", () => {
        const project = projectWith("v1.0.0");
        const file = join(project, "artifacts", "bot_12345_v1.0.0.json");
        renameSync(file, `${file}.old`);
        mkdirSync(file);
        expect(run(["artifact", "verify"], project)).toEqual({
            status: 1,
            stdout: "",
            stderr: `error: the artifact ${file} cannot be read (EISDIR): expected a file.\n`,
        });
    });

    it("ends with 3 when there is no such ledger", () => {
        expect(run(["artifact", "verify", "--ledger", "audit.jsonl"])).toMatchObject({
            status: 3,
            stdout: "",
        });
    });
});
