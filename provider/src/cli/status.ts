import Table from "cli-table3";
import { Command } from "commander";
import { type BotStatus, botStatus } from "../pipeline/bot-status.js";
import { plainText } from "../release/plain-text.js";
import { addTenantOptions, openTenant, type TenantOptions } from "./tenant-option.js";
import { waitingFor } from "./waiting.js";

interface Options extends TenantOptions {
    bot: string;
    json?: boolean;
}

/** `cognigy-release status`: what is live where. */
export function statusCommand(): Command {
    return addTenantOptions(new Command("status"))
        .description(
            "Tells what of a bot is live where, what is on its way, and whether its flows were edited since.",
        )
        .requiredOption("--bot <id>", "the bot")
        .option("--json", "print JSON instead of a table")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release status --bot bot_12345\n  $ cognigy-release status --bot bot_12345 --json",
        )
        .action(async (options: Options) => {
            const found = await waitingFor(
                "asking the platform",
                botStatus(await openTenant(options), options.bot),
            );
            console.log(options.json ? JSON.stringify(found, null, 2) : textOf(found));
        });
}

function textOf({ botId, healthy, live, inProgress }: BotStatus): string {
    const table = new Table({
        head: ["Flow", "Environment", "Live", "Since", "Deployment", "Edited since"],
        style: { head: [], border: [] },
    });
    for (const { flowId, targetEnvironment, versionTag, since, deploymentId, edited } of live) {
        const seen = edited === undefined ? "not shown" : edited ? "yes" : "no";
        table.push([flowId, targetEnvironment, versionTag, since, deploymentId, seen].map(plainText));
    }
    const onTheWay = inProgress.map(
        ({ deploymentId, versionTag, flowId, targetEnvironment }) =>
            `on its way: ${versionTag} of ${flowId} to ${targetEnvironment}, deployment ${deploymentId}`,
    );
    return [
        plainText(`${botId} is ${healthy ? "healthy" : "NOT HEALTHY"}`),
        live.length === 0 ? "nothing of it is live" : table.toString(),
        ...onTheWay.map(plainText),
    ].join("\n");
}
