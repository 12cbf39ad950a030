import { Command } from "commander";
import { exportCommand } from "./audit/export.js";
import { showCommand } from "./audit/show.js";
import { verifyCommand } from "./audit/verify.js";

/** `cognigy-release audit`: what is in the ledger, and whether it is what was written. */
export function auditCommand(): Command {
    return new Command("audit")
        .description("Looks into the ledger, and tells whether it is what was written.")
        .addCommand(verifyCommand())
        .addCommand(showCommand())
        .addCommand(exportCommand());
}
