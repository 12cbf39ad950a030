import { Command } from "commander";
import { version } from "../../package.json";
import { ReleaseError } from "../release/failure.js";
import { adoptCommand } from "./adopt.js";
import { metricsCommand } from "./metrics.js";

/** Exit codes: 0 good, 1 refused, 2 usage. */
async function main(): Promise<void> {
    const program = new Command("cognigy-release")
        .description("Looks at releases of Cognigy flows, beside Pulumi.")
        .version(version)
        .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
    for (const command of [adoptCommand(), metricsCommand()]) {
        program.addCommand(command.copyInheritedSettings(program));
    }
    try {
        await program.parseAsync();
    } catch (error) {
        console.error(error instanceof ReleaseError ? `error: ${error.message}` : error);
        process.exitCode = 1;
    }
}

void main();
