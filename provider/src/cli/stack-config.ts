import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Command } from "commander";
import type { ReadConfig } from "../cognigy/setting.js";
import { UsageError } from "./usage-error.js";

/** What a command that may take the config of a stack is called with. */
export interface StackOptions {
    stack?: string;
}

/** Lets a command be told whose config it takes. */
export function addStackOption(command: Command): Command {
    return command.option(
        "--stack <name>",
        "take the config of this Pulumi stack, secrets too, as `pulumi` reads it",
    );
}

/**
 * The config of the stack that is named; without one, none is set.
 *
 * @throws UsageError when it cannot be read.
 */
export async function configOf(stack: string | undefined): Promise<ReadConfig> {
    return stack === undefined ? () => undefined : readConfig(stack);
}

async function readConfig(stack: string): Promise<ReadConfig> {
    try {
        const { stdout } = await promisify(execFile)(
            "pulumi",
            ["config", "--show-secrets", "--json", "--stack", stack],
            { maxBuffer: 16 * 1024 * 1024 },
        );
        const values = JSON.parse(stdout) as Record<string, { value?: string }>;
        return (key) => (Object.hasOwn(values, key) ? values[key]?.value : undefined);
    } catch (error) {
        const { code, stderr } = error as { code?: number | string; stderr?: string };
        const said = stderr?.trim().split("\n")[0] ?? "";
        throw new UsageError(
            `the config of the stack ${stack} cannot be read with \`pulumi config\` (${said || code}): \`--stack\` is ` +
                "expected to name a stack of the project in this folder, and `pulumi` to be on the PATH. Without `--stack` " +
                "the COGNIGY_… variables are read.",
        );
    }
}
