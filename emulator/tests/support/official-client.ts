import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const name = "@cognigy/rest-api-client";
const version = "0.19.0";

type Call =
    | "composePackageDownloadLink"
    | "composeSnapshotDownloadLink"
    | "createPackage"
    | "createSnapshot"
    | "deleteSnapshot"
    | "graphProject"
    | "indexAuditEvents"
    | "indexEndpoints"
    | "indexFlows"
    | "indexIntents"
    | "indexLargeLanguageModels"
    | "indexLexicons"
    | "indexPackages"
    | "indexPlaybooks"
    | "indexResourcesInSnapshot"
    | "indexSnapshots"
    | "indexTasks"
    | "mergePackage"
    | "packageSnapshot"
    | "readChart"
    | "readChartNode"
    | "readEndpoint"
    | "readPlaybookRun"
    | "readSnapshot"
    | "readTask"
    | "readUserMe"
    | "schedulePlaybook"
    | "testLargeLanguageModel"
    | "trainIntents"
    | "updateEndpoint"
    | "uploadPackage"
    | "uploadSnapshotPackage";

/** The calls of the vendor's own client, as far as the tests make them. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type OfficialClient = Readonly<Record<Call, (parameters?: object) => Promise<any>>>;

/** Makes a client that calls the emulator at `url` with an API key. */
export type ClientMaker = (url: string, apiKey: string) => OfficialClient;

/**
 * The vendor's own client from the npm registry, kept in the user's cache. Its licence names no terms, so it is neither a
 * dependency nor part of this repository.
 * @returns the reason in words when it cannot be had
 */
export function officialClient(): ClientMaker | string {
    const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-cognigy");
    const folder = join(cache, `rest-api-client-${version}`);
    try {
        if (!existsSync(folder)) {
            install(cache, folder);
        }
        const { RestAPIClient } = require(join(folder, "node_modules", name));
        return (baseUrl, apiKey) => {
            const client = new RestAPIClient({ baseUrl, maxRetries: 0 });
            client.setCredentials({ type: "ApiKey", apiKey });
            return client;
        };
    } catch (error) {
        return (error as Error).message.split("\n")[0] ?? "unknown";
    }
}

/** Puts it in place only as a whole: another run may want it at the same time. */
function install(cache: string, folder: string): void {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(join(cache, "rest-api-client-"));
    try {
        const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
        const patience = ["--fetch-retries=0", "--fetch-timeout=20000"];
        execFileSync("npm", ["install", "--prefix", fresh, ...options, ...patience, `${name}@${version}`], {
            stdio: ["ignore", "ignore", "pipe"],
            timeout: 120_000,
        });
        renameSync(fresh, folder);
    } catch (error) {
        rmSync(fresh, { recursive: true, force: true });
        if (!existsSync(folder)) {
            throw error;
        }
    }
}
