import { Command } from "commander";
import { version } from "../../package.json";
import { ReleaseError } from "../release/failure.js";
import { adoptCommand } from "./adopt.js";
import { artifactCommand } from "./artifact.js";
import { auditCommand } from "./audit.js";
import { diffCommand } from "./diff.js";
import { doctorCommand } from "./doctor.js";
import { EXIT, exitCodeOf } from "./exit-code.js";
import { metricsCommand } from "./metrics.js";
import { reportCommand } from "./report.js";
import { simulateCommand } from "./simulate.js";
import { statusCommand } from "./status.js";
import { validateCommand } from "./validate.js";

/** Each in a file of its own. */
const COMMANDS = [
    validateCommand,
    simulateCommand,
    diffCommand,
    statusCommand,
    doctorCommand,
    adoptCommand,
    artifactCommand,
    auditCommand,
    metricsCommand,
    reportCommand,
];

async function main(): Promise<void> {
    const program = new Command("cognigy-release")
        .description("Looks at releases of Cognigy flows, beside Pulumi.")
        .version(version)
        .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.good : EXIT.usage));
    for (const command of COMMANDS) {
        program.addCommand(command());
    }
    inheritSettings(program);
    try {
        await program.parseAsync();
    } catch (error) {
        console.error(error instanceof ReleaseError ? `error: ${error.message}` : error);
        process.exitCode = exitCodeOf(error);
    }
}

function inheritSettings(parent: Command): void {
    for (const command of parent.commands) {
        command.copyInheritedSettings(parent);
        inheritSettings(command);
    }
}

void main();
