import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Command } from "commander";
import type { Examination } from "../cognigy/examination.js";
import type { ReadConfig } from "../cognigy/setting.js";
import { openExamination } from "../open-examination.js";
import { openPipeline } from "../open-pipeline.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { ReleaseError } from "../release/failure.js";
import { type InputProblem, problemText } from "../release/inputs.js";

/** What a command that asks the platform is called with. */
export interface TenantOptions {
    connection: string;
    stack?: string;
}

/** Lets a command be told which tenant it asks. */
export function addTenantOptions(command: Command): Command {
    return command
        .option("--connection <name>", "the tenant: COGNIGY_BASE_URL and so on for cognigy", "cognigy")
        .option("--stack <name>", "take the config of this Pulumi stack, secrets too, as `pulumi` reads it");
}

/** Opens what a command asks the platform with: by the config of a stack where one is named, else by the environment. */
export async function openTenant({ connection, stack }: TenantOptions): Promise<Pipeline> {
    const opened = openPipeline(connection, await configOf(stack), (line) => console.error(line));
    if ("problems" in opened) {
        throw unfit(opened.problems);
    }
    return opened.pipeline;
}

/** Opens what a command examines a tenant with, the same way. */
export async function openTenantExamination({ connection, stack }: TenantOptions): Promise<Examination> {
    const opened = openExamination(connection, await configOf(stack), (line) => console.error(line));
    if ("problems" in opened) {
        throw unfit(opened.problems);
    }
    return opened.examination;
}

function unfit(problems: readonly InputProblem[]): ReleaseError {
    return new ReleaseError(problems.map(problemText).join("\n"));
}

async function configOf(stack: string | undefined): Promise<ReadConfig> {
    return stack === undefined ? () => undefined : stackConfig(stack);
}

async function stackConfig(stack: string): Promise<ReadConfig> {
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
        throw new ReleaseError(
            `the config of the stack ${stack} cannot be read with \`pulumi config\` (${said || code}): \`--stack\` is ` +
                "expected to name a stack of the project in this folder, and `pulumi` to be on the PATH. Without `--stack` " +
                "the COGNIGY_… variables are read.",
        );
    }
}
