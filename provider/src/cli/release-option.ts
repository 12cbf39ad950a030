import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { isRecord } from "../release/canonical.js";
import { parseInputs, problemText, type ReleaseInputs } from "../release/inputs.js";
import { UsageError } from "./usage-error.js";

/** What a command that looks at one release is called with. */
export interface ReleaseOptions {
    release?: string;
    bot?: string;
    flow?: string;
    tag?: string;
    environment?: string;
}

/** Lets a command be told which release it looks at. */
export function addReleaseOptions(command: Command): Command {
    return command
        .option("--release <file>", "the release as JSON, with the arguments of CognigyFlowRelease")
        .option("--bot <id>", "the bot, whatever the file says")
        .option("--flow <id>", "the flow, whatever the file says");
}

/** What of a release does not matter to a command that is not told it. */
const UNTOLD = { versionTag: "v0.0.0", changelog: "", targetEnvironment: "production" };

/**
 * The release that a command is told to look at.
 *
 * @param more what further options say of it.
 * @throws UsageError that names what is missing or wrong.
 */
export async function readRelease(
    { release: file, bot, flow, tag, environment }: ReleaseOptions,
    more: Record<string, unknown> = {},
): Promise<ReleaseInputs> {
    const told = { botId: bot, flowId: flow, versionTag: tag, targetEnvironment: environment };
    const declared = {
        ...UNTOLD,
        ...(file === undefined ? {} : await readJson(file)),
        ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
        ...more,
    };
    const parsed = parseInputs(declared);
    if ("problems" in parsed) {
        const where = file === undefined ? "Say it with an option, or with `--release`" : `Look into ${file}`;
        throw new UsageError(`${parsed.problems.map(problemText).join("\n")}\n${where}; --help tells more.`);
    }
    return parsed.inputs;
}

async function readJson(file: string): Promise<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(await readFile(file, "utf8"));
        if (isRecord(value)) {
            return value;
        }
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== undefined) {
            throw new UsageError(
                `${file} cannot be read (${code}): \`--release\` is expected to name a file.`,
            );
        }
    }
    throw new UsageError(
        `${file} is no release: \`--release\` is expected to name a file with one JSON object.`,
    );
}
