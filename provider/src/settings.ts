import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { ReadConfig } from "./cognigy/connection.js";
import type { InputProblem } from "./release/inputs.js";

/** What is set for a stack as a whole, in the config namespace `cognigy`. */
export interface Settings {
    /** `cognigy:maxConcurrency`: how many dependencies are checked at a time; 16. */
    maxConcurrency: number;
    /** `cognigy:ledger`: the ledger's file; `cognigy-ledger.jsonl` beside `Pulumi.yaml`. */
    ledger: string;
    /** `cognigy:evidenceTtlSeconds`: how long a gate's result counts, in seconds; 3600. */
    evidenceTtlSeconds: number;
}

/** The ledger's name where none is set. */
export const DEFAULT_LEDGER = "cognigy-ledger.jsonl";

/** Reads the settings of a stack, or tells what is wrong with them. */
export function readSettings(
    config: ReadConfig,
    projectFolder: string,
): { settings: Settings } | { problems: [InputProblem, ...InputProblem[]] } {
    const maxConcurrency = wholeNumber(config("cognigy:maxConcurrency"), 16, 1, 256);
    const evidenceTtlSeconds = wholeNumber(config("cognigy:evidenceTtlSeconds"), 3600, 1, 30 * 86_400);
    const ledger = config("cognigy:ledger") || DEFAULT_LEDGER;
    const problems = [
        ...(maxConcurrency === undefined
            ? [{ property: "cognigy:maxConcurrency", expected: "expected a whole number from 1 to 256" }]
            : []),
        ...(evidenceTtlSeconds === undefined
            ? [
                  {
                      property: "cognigy:evidenceTtlSeconds",
                      expected: "expected a whole number of seconds from 1 to 2592000",
                  },
              ]
            : []),
    ];
    const [first, ...others] = problems;
    if (first || maxConcurrency === undefined || evidenceTtlSeconds === undefined) {
        return { problems: [first as InputProblem, ...others] };
    }
    return {
        settings: {
            maxConcurrency,
            evidenceTtlSeconds,
            ledger: isAbsolute(ledger) ? ledger : join(projectFolder, ledger),
        },
    };
}

/** The folder of the Pulumi project: where `Pulumi.yaml` is, in this folder or above; this folder where there is none. */
export function findProjectFolder(folder: string): string {
    for (let here = resolve(folder); ; here = dirname(here)) {
        if (existsSync(join(here, "Pulumi.yaml")) || existsSync(join(here, "Pulumi.yml"))) {
            return here;
        }
        if (here === dirname(here)) {
            return resolve(folder);
        }
    }
}

/** The user's own folder for what can be made again. */
export function cacheFolder(
    environment: NodeJS.ProcessEnv,
    platform: NodeJS.Platform = process.platform,
): string {
    const base =
        environment.XDG_CACHE_HOME ||
        (platform === "win32"
            ? environment.LOCALAPPDATA || join(homedir(), "AppData", "Local")
            : join(homedir(), platform === "darwin" ? "Library/Caches" : ".cache"));
    return join(base, "pulumi-cognigy");
}

function wholeNumber(
    text: string | undefined,
    fallback: number,
    least: number,
    most: number,
): number | undefined {
    if (text === undefined || text === "") {
        return fallback;
    }
    const value = Number(text);
    return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
