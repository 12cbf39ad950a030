import type { Command } from "commander";
import type { Examination } from "../cognigy/examination.js";
import { openExamination } from "../open-examination.js";
import { openPipeline } from "../open-pipeline.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { ReleaseError } from "../release/failure.js";
import { type InputProblem, problemText } from "../release/inputs.js";
import { addStackOption, configOf, type StackOptions } from "./stack-config.js";

/** What a command that asks the platform is called with. */
export interface TenantOptions extends StackOptions {
    connection: string;
}

/** Lets a command be told which tenant it asks. */
export function addTenantOptions(command: Command): Command {
    return addStackOption(
        command.option(
            "--connection <name>",
            "the tenant: COGNIGY_BASE_URL and so on for cognigy",
            "cognigy",
        ),
    );
}

/** Opens what a command asks the platform with: by the config of a stack where one is named, else by the environment. */
export async function openTenant({ connection, stack }: TenantOptions): Promise<Pipeline> {
    const opened = openPipeline(connection, await configOf(stack), {
        progress: (line) => console.error(line),
    });
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
