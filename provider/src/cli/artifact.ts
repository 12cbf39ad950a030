import { Command } from "commander";
import { verifyCommand } from "./artifact/verify.js";

/** `cognigy-release artifact`: the exported versions on disk. */
export function artifactCommand(): Command {
    return new Command("artifact")
        .description("Looks at the exported versions that the ledger names.")
        .addCommand(verifyCommand());
}
