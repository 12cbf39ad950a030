import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import type { Deployment } from "../cognigy/platform.js";
import { openPipeline } from "../open-pipeline.js";
import { standingIn } from "../pipeline/live.js";
import { ReleaseError } from "../release/failure.js";
import { problemText } from "../release/inputs.js";

/** `cognigy-release adopt`: a program for what is live already. */
export function adoptCommand(): Command {
    return new Command("adopt")
        .description("Writes a program that takes over the releases of a bot that are live.")
        .requiredOption("--bot <id>", "the bot")
        .option("--connection <name>", "the tenant: COGNIGY_BASE_URL and so on for cognigy", "cognigy")
        .option("--out <file>", "the program (default: printed)")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release adopt --bot bot_12345\n  $ cognigy-release adopt --bot bot_12345 --out index.ts",
        )
        .action(async ({ bot, connection, out }: { bot: string; connection: string; out?: string }) => {
            const opened = openPipeline(
                connection,
                () => undefined,
                (line) => console.error(line),
            );
            if ("problems" in opened) {
                throw new ReleaseError(opened.problems.map(problemText).join("\n"));
            }
            const completed = await opened.pipeline.platform.deployments(bot, "completed");
            const program = adoptingProgram(liveIn(completed), connection);
            if (out === undefined) {
                process.stdout.write(program);
            } else {
                await writeFile(out, program, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
                    throw new ReleaseError(`${out} cannot be written (${error.code}): expected a new file.`);
                });
            }
        });
}

/** The deployment that is live in each place, by flow and environment. */
function liveIn(completed: readonly Deployment[]): Deployment[] {
    const places = new Map(
        completed.map((one) => [JSON.stringify([one.flowId, one.targetEnvironment]), one]),
    );
    return [...places.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([, place]) => standingIn(completed, place).live ?? []);
}

/** A program that declares each of the deployments as a release to be taken over. */
export function adoptingProgram(live: readonly Deployment[], connection: string): string {
    const releases = live.map(({ botId, flowId, versionTag, targetEnvironment }) =>
        [
            `new CognigyFlowRelease(${JSON.stringify(`${flowId}-${targetEnvironment}`)}, {`,
            `    botId: ${JSON.stringify(botId)},`,
            `    flowId: ${JSON.stringify(flowId)},`,
            `    versionTag: ${JSON.stringify(versionTag)},`,
            `    changelog: ${JSON.stringify(`Taken over from the platform as ${versionTag}.`)},`,
            `    targetEnvironment: ${JSON.stringify(targetEnvironment)},`,
            ...(connection === "cognigy" ? [] : [`    connection: ${JSON.stringify(connection)},`]),
            "    adopt: true,",
            '    onDelete: "retain",',
            '    retainReason: "It was live before it was declared here.",',
            "});",
            "",
        ].join("\n"),
    );
    return ['import { CognigyFlowRelease } from "pulumi-cognigy";', "", ...releases].join("\n");
}
