import { Command } from "commander";
import type { Examination, Finding } from "../cognigy/examination.js";
import { findingsJson } from "./doctor/json.js";
import { findingsText } from "./doctor/text.js";
import { EXIT } from "./exit-code.js";
import { addTenantOptions, openTenantExamination, type TenantOptions } from "./tenant-option.js";
import { waitingFor } from "./waiting.js";

/** What was found where, for both forms of the report. */
export interface Report {
    examination: Pick<Examination, "api" | "address">;
    findings: readonly Finding[];
}

/** `cognigy-release doctor`: what of releases will work on a tenant. */
export function doctorCommand(): Command {
    return addTenantOptions(new Command("doctor"))
        .description("Looks at a tenant, changes nothing there, and tells what of releases will work.")
        .option("--bot <id>", "the bot, or the project, that releases are for (default: the only one)")
        .option("--json", "print JSON instead of lines")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release doctor\n  $ cognigy-release doctor --stack dev --bot 8eba69c30e3a4d68848bd906 --json",
        )
        .action(async (options: TenantOptions & { bot?: string; json?: boolean }) => {
            const examination = await openTenantExamination(options);
            const findings = await waitingFor("asking the platform", examination.findings(options.bot));
            const report = { examination, findings };
            console.log(options.json ? findingsJson(report) : findingsText(report));
            const broken = findings.some(({ verdict }) => verdict === "will not work");
            process.exitCode = broken ? EXIT.refused : EXIT.good;
        });
}
