import { basename, resolve } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { fileDigest } from "../../file-digest.js";
import { artifactsIn, type NamedArtifact } from "../../ledger/artifacts.js";
import { codeOf } from "../../ledger/unreachable.js";
import { ReleaseError } from "../../release/failure.js";
import { plainText } from "../../release/plain-text.js";
import { findProjectFolder } from "../../settings.js";
import { EXIT } from "../exit-code.js";
import { addLedgerOption, eventsIn, type LedgerOptions, withLedger } from "../ledger-option.js";

interface Options extends LedgerOptions {
    directory?: string;
    json?: boolean;
}

/** An artifact, and what became of its file. */
interface Verified extends NamedArtifact {
    file: string;
    status: "good" | "altered" | "missing";
    /** The SHA-256 that the file has now; left out where it is missing. */
    found?: string;
}

/** `cognigy-release artifact verify`: recomputes the SHA-256 of every artifact that the ledger names. */
export function verifyCommand(): Command {
    return addLedgerOption(new Command("verify"))
        .description(
            "Recomputes the SHA-256 of every artifact that the ledger names, and tells which are altered or missing.",
        )
        .option("--directory <folder>", "where they are now (default: where the ledger says)")
        .option("--json", "print JSON instead of a table")
        .addHelpText(
            "after",
            "\nWhat the ledger says counts as long as nobody altered the ledger: see `cognigy-release audit verify`." +
                "\n\nExamples:\n  $ cognigy-release artifact verify\n  $ cognigy-release artifact verify --directory backup/artifacts --json",
        )
        .action((options: Options) =>
            withLedger(options, async (reader) => {
                const named = await artifactsIn(eventsIn(reader));
                const verified: Verified[] = [];
                for (const artifact of named) {
                    verified.push(await verify(artifact, fileOf(artifact, options.directory)));
                }
                const bad = verified.filter(({ status }) => status !== "good");
                console.log(options.json ? jsonOf(verified) : textOf(verified, bad));
                if (bad.length > 0) {
                    process.exitCode = EXIT.refused;
                }
            }),
        );
}

function fileOf({ path }: NamedArtifact, directory: string | undefined): string {
    return directory === undefined
        ? resolve(findProjectFolder(process.cwd()), path)
        : resolve(directory, basename(path));
}

async function verify(artifact: NamedArtifact, file: string): Promise<Verified> {
    try {
        const found = await fileDigest(file);
        return { ...artifact, file, status: found === artifact.sha256 ? "good" : "altered", found };
    } catch (error) {
        const code = codeOf(error);
        if (code === "ENOENT" || code === "ENOTDIR") {
            return { ...artifact, file, status: "missing" };
        }
        throw new ReleaseError(`the artifact ${file} cannot be read (${code}): expected a file.`);
    }
}

function jsonOf(verified: readonly Verified[]): string {
    const artifacts = verified.map(({ botId, versionTag, file, status, sha256, found }) => ({
        bot_id: botId,
        version_tag: versionTag,
        file,
        status,
        sha256,
        found_sha256: found ?? null,
    }));
    return JSON.stringify({ artifacts }, null, 2);
}

function textOf(verified: readonly Verified[], bad: readonly Verified[]): string {
    const count = verified.length === 1 ? "1 artifact" : `${verified.length} artifacts`;
    if (bad.length === 0) {
        return verified.length === 0 ? "the ledger names no artifact" : `good: ${count}`;
    }
    const table = new Table({
        head: ["Bot", "Tag", "Artifact", "Is", "SHA-256 in the ledger", "SHA-256 of the file"],
        style: { head: [], border: [] },
    });
    for (const { botId, versionTag, file, status, sha256, found } of bad) {
        table.push([...[botId, versionTag, file].map(plainText), status, sha256, found ?? "-"]);
    }
    return `${table.toString()}\nbad: ${bad.length} of ${count}`;
}
