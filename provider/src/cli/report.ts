import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { systemClock } from "../clock.js";
import { codeOf } from "../ledger/unreachable.js";
import { ReleaseError } from "../release/failure.js";
import { markdownOf } from "../report/markdown.js";
import { readReport } from "../report/read-report.js";
import type { Report } from "../report/report.js";
import { addLedgerOption, type LedgerOptions, withLedger } from "./ledger-option.js";
import { parseMoment } from "./moment.js";
import { print } from "./output.js";

interface Options extends LedgerOptions {
    out?: string;
    since?: number;
    bot?: string;
    format: "html" | "markdown";
}

/** `cognigy-release report`: what the ledger tells, for people. */
export function reportCommand(): Command {
    const now = systemClock.now();
    return addLedgerOption(new Command("report"))
        .description("Writes what the ledger tells as a web page, or as Markdown for a pull request.")
        .option("--out <file>", "the file (default: printed); one that is there is written over")
        .option("--since <time>", "only releases that ended since then: 2026-01-31, or 90d ago", (text) =>
            parseMoment(text, now),
        )
        .option("--bot <id>", "only this bot")
        .addOption(
            new Option("--format <format>", "what is written").choices(["html", "markdown"]).default("html"),
        )
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release report --out report.html --since 90d" +
                "\n  $ cognigy-release report --format markdown --bot bot_12345",
        )
        .action((options: Options) =>
            withLedger(options, async (reader) => {
                const { since, bot, format, out } = options;
                const report = await readReport(reader, { now, since, bot });
                const text = format === "html" ? await pageWith(report) : markdownOf(report);
                if (out === undefined) {
                    await print([text]);
                    return;
                }
                await writeFile(out, text).catch((error) => {
                    throw new ReleaseError(`${out} cannot be written (${codeOf(error)}): expected a file.`);
                });
            }),
        );
}

/** What draws the page is large, and loaded for it alone; its script lies beside it. */
async function pageWith(report: Report): Promise<string> {
    const { pageOf } = await import("../report/page/page.js");
    return pageOf(report, readFileSync(join(__dirname, "report-script.js"), "utf8"));
}
