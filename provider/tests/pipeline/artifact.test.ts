import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { exportArtifact } from "../../src/pipeline/artifact.js";
import type { Pipeline } from "../../src/pipeline/pipeline.js";
import { ReleaseError } from "../../src/release/failure.js";
import { buildAlone } from "../support/alone.js";
import { inputs } from "../support/samples.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";
import { WebServer } from "../support/web-server.js";

afterAll(removeTemporaryFolders);

/** A pipeline whose platform exports these pieces. */
function exporting(pieces: Iterable<Buffer | string>, projectFolder = temporaryFolder()): Pipeline {
    const platform = {
        artifactType: "json",
        exportVersion: (_bot: string, _tag: string, consume: (body: Readable) => Promise<unknown>) =>
            consume(Readable.from(pieces, { objectMode: false })),
    };
    return { platform, projectFolder } as Pipeline;
}

describe("an artifact's file", () => {
    const anyId = fc.oneof(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
        fc.stringMatching(/^[./\\%_~:]{1,6}$/),
        fc.constant("x".repeat(10_000)),
        fc.constantFrom("..", "a/b", "a%2Fb", "a\0b", "CON", "-rf", "bot.json"),
    );

    it("has a name that every file system takes, and one of its own for every bot", async () => {
        const names = new Map<string, string>();
        const folder = temporaryFolder();
        await fc.assert(
            fc.asyncProperty(anyId, async (botId) => {
                const { path } = await exportArtifact(exporting(["{}"], folder), { ...inputs(), botId }, "a");
                const name = path.slice("a/".length);
                expect(name).toMatch(/^[\w.+@~%-]+_v1\.4\.2\.json$/);
                expect(Buffer.byteLength(name)).toBeLessThan(200);
                expect(readFileSync(join(folder, path), "utf8")).toBe("{}");
                expect(names.get(name) ?? botId).toBe(botId);
                names.set(name, botId);
            }),
        );
        expect(new Set(readdirSync(join(folder, "a")))).toEqual(new Set(names.keys()));
    });

    it("holds all that came, in pieces of any size, and its digest and length are told", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 30 }),
                async (pieces) => {
                    const whole = Buffer.concat(pieces);
                    const pipeline = exporting(pieces.map((piece) => Buffer.from(piece)));
                    const { path, sha256, bytes } = await exportArtifact(pipeline, inputs(), "a");
                    expect(readFileSync(join(pipeline.projectFolder, path)).equals(whole)).toBe(true);
                    expect(sha256).toBe(createHash("sha256").update(whole).digest("hex"));
                    expect(bytes).toBe(whole.length);
                },
            ),
            { numRuns: 30 },
        );
    });
});

describe("an artifact that is larger than anything a bot can be", () => {
    it("is cut off and told, and nothing of it stays", async () => {
        let given = 0;
        function* endless() {
            for (;;) {
                given += 1024;
                yield Buffer.alloc(1024);
            }
        }
        const pipeline = exporting(endless());
        const failure = exportArtifact(pipeline, inputs(), "a", undefined, 1024 * 1024);
        await expect(failure).rejects.toThrow(ReleaseError);
        await expect(failure).rejects.toThrow(
            "the artifact of v1.4.2 of flow flow_67890 (bot bot_12345) to production is larger than 0.001 GB: expected the exported version.",
        );
        expect(given).toBeLessThan(2 * 1024 * 1024);
        expect(readdirSync(join(pipeline.projectFolder, "a"))).toEqual([]);
    });
});

describe("an artifact on a disk that is full", () => {
    it("is told, and nothing of it stays: what was written only in part does not count as written", async () => {
        const alone = await buildAlone();
        const web = await WebServer.start(() => ({ text: "x".repeat(1_500) }));
        const { ended, folder } = await alone(web.origin, "artifact", { fileLimit: 1 });
        await web.stop();
        expect(ended).toMatch(
            /^ReleaseError: the artifact of v1\.4\.2 .* cannot be written to \S+_v1\.4\.2\.json \(EFBIG\): /,
        );
        expect(readdirSync(join(folder, "artifacts"))).toEqual([]);
    });
});

describe("what a run that was killed left of an artifact", () => {
    /** The id of a process that there is not. */
    const NOBODY = 2 ** 22 + 1;
    const HOUR = 3_600;

    /** A folder that holds this part beside other files. */
    function folderWith(part: string, { age = 0 } = {}): string {
        const folder = temporaryFolder();
        mkdirSync(join(folder, "a"));
        const written = Date.now() / 1000 - age;
        for (const name of [part, "notes.part", "bot_v1.0.0.json"]) {
            writeFileSync(join(folder, "a", name), "half of");
            utimesSync(join(folder, "a", name), written, written);
        }
        return folder;
    }
    const leftIn = async (folder: string) => {
        await exportArtifact(exporting(["{}"], folder), inputs(), "a");
        return readdirSync(join(folder, "a")).filter((name) => name.endsWith(".part"));
    };

    it("is removed by the next export into the folder, and nothing else is", async () => {
        const folder = folderWith(`other_v1.0.0.json.${NOBODY}@${hostname()}.part`);
        expect(await leftIn(folder)).toEqual(["notes.part"]);
        expect(readdirSync(join(folder, "a"))).toContain("bot_v1.0.0.json");
    });

    it.each([
        ["on this machine", `other_v1.0.0.json.1@${hostname()}.part`],
        ["on another machine", `other_v1.0.0.json.${NOBODY}@another-host.example.part`],
    ])("stays while its process may still be at work %s", async (_where, part) => {
        expect(await leftIn(folderWith(part))).toEqual(expect.arrayContaining([part, "notes.part"]));
    });

    it("of another machine is removed when it is older than any download", async () => {
        const part = `other_v1.0.0.json.${NOBODY}@another-host.example.part`;
        expect(await leftIn(folderWith(part, { age: HOUR + 1 }))).toEqual(["notes.part"]);
    });
});
