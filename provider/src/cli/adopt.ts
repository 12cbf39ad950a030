import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import type { Deployment } from "../cognigy/platform.js";
import { liveEverywhere } from "../pipeline/live.js";
import { ReleaseError } from "../release/failure.js";
import { isVersionTag } from "../release/inputs.js";
import { addTenantOptions, openTenant, type TenantOptions } from "./tenant-option.js";

/** `cognigy-release adopt`: a program for what is live already. */
export function adoptCommand(): Command {
    return addTenantOptions(new Command("adopt"))
        .description("Writes a program that takes over the releases of a bot that are live.")
        .requiredOption("--bot <id>", "the bot")
        .option("--out <file>", "where it is written (default: printed)")
        .option("--json", "what is live, as JSON instead of a program")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release adopt --bot bot_12345\n  $ cognigy-release adopt --bot bot_12345 --out index.ts",
        )
        .action(async (options: TenantOptions & { bot: string; out?: string; json?: boolean }) => {
            const { bot, connection, out, json } = options;
            const { platform } = await openTenant(options);
            const completed = await platform.deployments(bot, "completed");
            const live = liveEverywhere(completed);
            const text = json ? `${JSON.stringify(live, null, 2)}\n` : adoptingProgram(live, connection);
            if (out === undefined) {
                process.stdout.write(text);
            } else {
                await writeFile(out, text, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
                    throw new ReleaseError(`${out} cannot be written (${error.code}): expected a new file.`);
                });
            }
        });
}

/** A program that declares each of the deployments as a release to be taken over. */
export function adoptingProgram(live: readonly Deployment[], connection: string): string {
    const releases = live.map((deployment) => {
        const { botId, flowId, versionTag } = deployment;
        const targetEnvironment = environmentOf(deployment);
        if (!isVersionTag(versionTag)) {
            return (
                `// ${one(targetEnvironment)} leads to ${one(versionTag)} of flow ${one(flowId)}: only what is tagged with a ` +
                "semantic version can be taken over.\n"
            );
        }
        return [
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
        ].join("\n");
    });
    return ['import { CognigyFlowRelease } from "pulumi-cognigy";', "", ...releases].join("\n");
}

/** How a program names an environment: in small letters where the platform knows it so, as the rules of release do. */
function environmentOf({ targetEnvironment, aliases }: Deployment): string {
    const small = targetEnvironment.toLowerCase();
    return aliases?.environments.includes(small) ? small : targetEnvironment;
}

/** A name of somebody else's making in a comment of one line. */
function one(name: string): string {
    return JSON.stringify(name).replace(/[\u2028\u2029]/g, "\uFFFD");
}
