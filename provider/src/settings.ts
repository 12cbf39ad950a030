import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { ReadConfig } from "./cognigy/setting.js";
import { isDatabase, POSTGRES_ADDRESS, parsePostgresAddress } from "./ledger/postgres-address.js";
import { type FreezeWindow, parseFreezeWindows } from "./release/freeze.js";
import type { InputProblem } from "./release/inputs.js";

/** What is set for a stack as a whole, in the config namespace `cognigy`. */
export interface Settings {
    /** `cognigy:maxConcurrency`: how many dependencies are checked at a time; 32. */
    maxConcurrency: number;
    /**
     * `cognigy:ledger`, else COGNIGY_LEDGER: the ledger's file, or the address of its PostgreSQL database, which may hold a
     * password; `cognigy-ledger.jsonl` beside `Pulumi.yaml`.
     */
    ledger: string;
    /** `cognigy:evidenceTtlSeconds`: how long a gate's result counts, in seconds; 3600. */
    evidenceTtlSeconds: number;
    /** `cognigy:freezeWindows`: when nothing is released, as JSON; none. */
    freezeWindows: FreezeWindow[];
}

/** The ledger's name where none is set. */
export const DEFAULT_LEDGER = "cognigy-ledger.jsonl";

/** Reads the settings of a stack, or tells what is wrong with them. */
export function readSettings(
    config: ReadConfig,
    projectFolder: string,
    environment: NodeJS.ProcessEnv = {},
): { settings: Settings } | { problems: [InputProblem, ...InputProblem[]] } {
    const problems: InputProblem[] = [];
    const wholeNumber = (property: string, fallback: number, most: number, unit: string) => {
        const text = config(property);
        const value = text ? Number(text) : fallback;
        if (Number.isInteger(value) && value >= 1 && value <= most) {
            return value;
        }
        problems.push({ property, expected: `expected a whole number ${unit}from 1 to ${most}` });
        return fallback;
    };
    const settings: Settings = {
        maxConcurrency: wholeNumber("cognigy:maxConcurrency", 32, 256, ""),
        evidenceTtlSeconds: wholeNumber("cognigy:evidenceTtlSeconds", 3600, 30 * 86_400, "of seconds "),
        ledger: readLedger(ledgerName(config, environment), projectFolder, problems),
        freezeWindows: readFreezeWindows(config("cognigy:freezeWindows"), problems),
    };
    const [first, ...others] = problems;
    return first ? { problems: [first, ...others] } : { settings };
}

function readLedger(name: string | undefined, projectFolder: string, problems: InputProblem[]): string {
    const ledger = ledgerPlace(name, projectFolder);
    if (isDatabase(ledger) && !parsePostgresAddress(ledger)) {
        problems.push({ property: "cognigy:ledger", expected: POSTGRES_ADDRESS });
    }
    return ledger;
}

/** What a stack's ledger is called: by its config, else by the environment; nothing where neither names one. */
export function ledgerName(config: ReadConfig, environment: NodeJS.ProcessEnv): string | undefined {
    return config("cognigy:ledger") || environment.COGNIGY_LEDGER;
}

/** Where a ledger of that name is: a file is looked for in the project's folder. */
export function ledgerPlace(name: string | undefined, projectFolder: string): string {
    const ledger = name || DEFAULT_LEDGER;
    return isDatabase(ledger) || isAbsolute(ledger) ? ledger : join(projectFolder, ledger);
}

function readFreezeWindows(text: string | undefined, problems: InputProblem[]): FreezeWindow[] {
    const property = "cognigy:freezeWindows";
    if (!text) {
        return [];
    }
    try {
        const parsed = parseFreezeWindows(JSON.parse(text));
        if ("windows" in parsed) {
            return parsed.windows;
        }
        problems.push(
            ...parsed.problems.map(({ path, expected }) => ({
                property: path ? `${property}.${path}` : property,
                expected,
            })),
        );
    } catch {
        problems.push({ property, expected: "expected a list of freeze windows, as JSON" });
    }
    return [];
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
