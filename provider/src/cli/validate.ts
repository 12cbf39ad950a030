import { Command } from "commander";
import { Listing } from "../pipeline/listing.js";
import { validate } from "../pipeline/validate.js";
import { judgeDependencies } from "../release/gates.js";
import { plainText } from "../release/plain-text.js";
import { EXIT } from "./exit-code.js";
import { addReleaseOptions, type ReleaseOptions, readRelease } from "./release-option.js";
import { addTenantOptions, openTenant, type TenantOptions } from "./tenant-option.js";
import { waitingFor } from "./waiting.js";

type Options = ReleaseOptions & TenantOptions & { json?: boolean };

/** `cognigy-release validate`: the first gate, without Pulumi. */
export function validateCommand(): Command {
    return addTenantOptions(addReleaseOptions(new Command("validate")))
        .description(
            "Checks that everything a flow needs exists and can be used. Changes nothing, records nothing.",
        )
        .option("--json", "print the report as JSON")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release validate --bot bot_12345 --flow flow_67890" +
                "\n  $ cognigy-release validate --release booking.json --json",
        )
        .action(async (options: Options) => {
            const inputs = await readRelease(options);
            const pipeline = await openTenant(options);
            const report = await waitingFor(
                "checking the dependencies",
                validate(pipeline, inputs.botId, new Listing(pipeline, inputs)),
            );
            const blocked = judgeDependencies(report);
            if (options.json) {
                console.log(JSON.stringify(report, null, 2));
            } else if (blocked) {
                console.log(plainText(`${blocked.summary}:`));
                for (const finding of blocked.findings) {
                    console.log(plainText(`  - ${finding}`));
                }
                console.log(`${blocked.advice}.`);
            } else {
                console.log(`all ${report.checked_count} dependencies can be used`);
            }
            process.exitCode = blocked ? EXIT.refused : EXIT.good;
        });
}
