import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder, DEFAULT_LEDGER, findProjectFolder, readSettings } from "../src/settings.js";
import { removeTemporaryFolders, temporaryFolder } from "./support/temporary-folder.js";

afterAll(removeTemporaryFolders);

function settingsOf(config: Record<string, string>) {
    return readSettings((key) => config[key], "/project");
}

describe("the settings of a stack", () => {
    it("have defaults", () => {
        expect(settingsOf({})).toEqual({
            settings: {
                maxConcurrency: 32,
                evidenceTtlSeconds: 3600,
                ledger: "/project/cognigy-ledger.jsonl",
                freezeWindows: [],
            },
        });
    });

    it("are read from the config", () => {
        const config = {
            "cognigy:maxConcurrency": "64",
            "cognigy:evidenceTtlSeconds": "60",
            "cognigy:ledger": "audit/ledger.jsonl",
            "cognigy:freezeWindows": '[{ "name": "nights", "from": "18:00", "to": "08:00" }]',
        };
        expect(settingsOf(config)).toEqual({
            settings: {
                maxConcurrency: 64,
                evidenceTtlSeconds: 60,
                ledger: "/project/audit/ledger.jsonl",
                freezeWindows: [{ name: "nights", timeZone: "UTC", from: "18:00", to: "08:00" }],
            },
        });
    });

    it("may name a ledger anywhere", () => {
        expect(settingsOf({ "cognigy:ledger": "/var/log/ledger.jsonl" })).toMatchObject({
            settings: { ledger: "/var/log/ledger.jsonl" },
        });
    });

    it("may name a ledger in a database, and say nothing of an address that cannot be used", () => {
        const url = "postgres://runner:hunter2@db/audit";
        expect(settingsOf({ "cognigy:ledger": url })).toMatchObject({ settings: { ledger: url } });
        expect(settingsOf({ "cognigy:ledger": "mysql://runner:hunter2@db/audit" })).toEqual({
            problems: [
                {
                    property: "cognigy:ledger",
                    expected:
                        "expected a file, or a PostgreSQL database such as `postgres://user@host:5432/database`, " +
                        "what is special in it percent-encoded",
                },
            ],
        });
    });

    it("take the ledger from the environment, where the config names none", () => {
        const environment = { COGNIGY_LEDGER: "audit.jsonl" };
        expect(readSettings(() => undefined, "/project", environment)).toMatchObject({
            settings: { ledger: "/project/audit.jsonl" },
        });
        const config = (key: string) => (key === "cognigy:ledger" ? "other.jsonl" : undefined);
        expect(readSettings(config, "/project", environment)).toMatchObject({
            settings: { ledger: "/project/other.jsonl" },
        });
    });

    it("count as not set when they are empty", () => {
        expect(
            settingsOf({
                "cognigy:maxConcurrency": "",
                "cognigy:evidenceTtlSeconds": "",
                "cognigy:ledger": "",
            }),
        ).toEqual(settingsOf({}));
    });

    it.each(["0", "257", "1.5", "many", "-1", " ", "NaN", "Infinity"])(
        "refuse %j calls at a time",
        (value) => {
            expect(settingsOf({ "cognigy:maxConcurrency": value })).toEqual({
                problems: [
                    { property: "cognigy:maxConcurrency", expected: "expected a whole number from 1 to 256" },
                ],
            });
        },
    );

    it.each(["0", "2592001", "0.5", "1h"])("refuse a lifetime of %j seconds", (value) => {
        expect(settingsOf({ "cognigy:evidenceTtlSeconds": value })).toEqual({
            problems: [
                {
                    property: "cognigy:evidenceTtlSeconds",
                    expected: "expected a whole number of seconds from 1 to 2592000",
                },
            ],
        });
    });

    it("accept the limits themselves", () => {
        expect(
            settingsOf({ "cognigy:maxConcurrency": "256", "cognigy:evidenceTtlSeconds": "2592000" }),
        ).toMatchObject({
            settings: { maxConcurrency: 256, evidenceTtlSeconds: 2_592_000 },
        });
        expect(
            settingsOf({ "cognigy:maxConcurrency": "1", "cognigy:evidenceTtlSeconds": "1" }),
        ).toMatchObject({
            settings: { maxConcurrency: 1, evidenceTtlSeconds: 1 },
        });
    });

    it("are all looked at before anything is told", () => {
        const read = settingsOf({ "cognigy:maxConcurrency": "0", "cognigy:evidenceTtlSeconds": "0" });
        expect(read).toMatchObject({
            problems: [{ property: "cognigy:maxConcurrency" }, { property: "cognigy:evidenceTtlSeconds" }],
        });
    });
});

describe("the project's folder", () => {
    it.each(["Pulumi.yaml", "Pulumi.yml"])("is where %s is, here or above", (file) => {
        const project = temporaryFolder();
        const deep = join(project, "src", "bots");
        mkdirSync(deep, { recursive: true });
        writeFileSync(join(project, file), "name: x\n");
        expect(findProjectFolder(deep)).toBe(project);
        expect(findProjectFolder(project)).toBe(project);
    });

    it("is the nearest of several", () => {
        const project = temporaryFolder();
        const inner = join(project, "inner");
        mkdirSync(inner);
        writeFileSync(join(project, "Pulumi.yaml"), "");
        writeFileSync(join(inner, "Pulumi.yaml"), "");
        expect(findProjectFolder(inner)).toBe(inner);
    });

    it("is this folder where there is no project", () => {
        const folder = temporaryFolder();
        expect(findProjectFolder(folder)).toBe(folder);
    });

    it("holds the ledger unless another one is set", () => {
        expect(DEFAULT_LEDGER).toBe("cognigy-ledger.jsonl");
    });
});

describe("the user's folder for what can be made again", () => {
    const home = homedir();

    it.each<[string, NodeJS.Platform, NodeJS.ProcessEnv, string]>([
        ["as XDG says, on Linux", "linux", { XDG_CACHE_HOME: "/cache" }, "/cache/pulumi-cognigy"],
        ["as XDG says, on macOS", "darwin", { XDG_CACHE_HOME: "/cache" }, "/cache/pulumi-cognigy"],
        ["~/.cache on Linux", "linux", {}, join(home, ".cache/pulumi-cognigy")],
        [
            "~/.cache on Linux where XDG is empty",
            "linux",
            { XDG_CACHE_HOME: "" },
            join(home, ".cache/pulumi-cognigy"),
        ],
        ["~/Library/Caches on macOS", "darwin", {}, join(home, "Library/Caches/pulumi-cognigy")],
        ["LOCALAPPDATA on Windows", "win32", { LOCALAPPDATA: "/local" }, "/local/pulumi-cognigy"],
        ["AppData/Local on Windows without it", "win32", {}, join(home, "AppData/Local/pulumi-cognigy")],
    ])("is %s", (_what, platform, environment, folder) => {
        expect(cacheFolder(environment, platform)).toBe(folder);
    });
});
