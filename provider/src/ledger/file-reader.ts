import { open } from "node:fs/promises";
import { type Line, linesOf } from "./file-lines.js";
import type { LedgerReader } from "./reader.js";
import { codeOf, LedgerUnreachable } from "./unreachable.js";

/** The lines of a ledger in a file. */
export class FileReader implements LedgerReader {
    readonly unit = "line";
    readonly mayBeTorn = true;

    constructor(readonly location: string) {}

    async *entries(): AsyncGenerator<Line> {
        try {
            const file = await open(this.location, "r");
            try {
                yield* linesOf(file);
            } finally {
                await file.close();
            }
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                throw new LedgerUnreachable(
                    `there is no ledger ${this.location}: expected a file that exists.`,
                );
            }
            throw new LedgerUnreachable(`the ledger ${this.location} cannot be read (${codeOf(error)}).`);
        }
    }

    async close(): Promise<void> {}
}
