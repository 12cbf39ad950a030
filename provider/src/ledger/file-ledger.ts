import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Clock } from "../clock.js";
import { canonicalJson } from "../release/canonical.js";
import { ReleaseError } from "../release/failure.js";
import type { Author } from "./author.js";
import { GENESIS } from "./chain.js";
import { type LedgerEvent, type NewEvent, stampEvent } from "./event.js";
import type { Ledger } from "./ledger.js";

/** A ledger in a file: one event a line, JSON, only ever added to. */
export class FileLedger implements Ledger {
    /** What this process appends goes in one after the other: each event names the one before. */
    private last: Promise<unknown> = Promise.resolve();

    constructor(
        readonly location: string,
        private readonly clock: Clock,
        private readonly author: Author,
    ) {}

    append(event: NewEvent): Promise<LedgerEvent> {
        const appending = this.last.then(() => this.appendNext(event));
        this.last = appending.catch(() => undefined);
        return appending;
    }

    private async appendNext(event: NewEvent): Promise<LedgerEvent> {
        try {
            await mkdir(dirname(this.location), { recursive: true });
            const stamped = stampEvent(event, this.author, await this.lastHash(), this.clock.now());
            const file = await open(this.location, "a", 0o644);
            try {
                // One write of one line: what several processes append does not interleave.
                await file.write(`${canonicalJson(stamped)}\n`);
                await file.sync();
            } finally {
                await file.close();
            }
            return stamped;
        } catch (error) {
            if (error instanceof ReleaseError) {
                throw error;
            }
            throw new ReleaseError(
                `the ledger ${this.location} cannot be written (${(error as NodeJS.ErrnoException).code ?? error}): ` +
                    "nothing is deployed without a record. Make it writable, or set `cognigy:ledger` to a file that is.",
            );
        }
    }

    async *events(): AsyncIterable<LedgerEvent> {
        const input = createReadStream(this.location, "utf8");
        let number = 0;
        try {
            for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
                number += 1;
                if (line.trim() !== "") {
                    yield this.parse(line, number);
                }
            }
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                return;
            }
            if (error instanceof ReleaseError) {
                throw error;
            }
            throw new ReleaseError(
                `the ledger ${this.location} cannot be read (${(error as NodeJS.ErrnoException).code ?? error}): ` +
                    "nothing is deployed without a record. Make it readable, or set `cognigy:ledger` to a file that is.",
            );
        }
    }

    private async lastHash(): Promise<string> {
        let hash = GENESIS;
        for await (const event of this.events()) {
            hash = event.hash;
        }
        return hash;
    }

    private parse(line: string, number: number): LedgerEvent {
        try {
            const event = JSON.parse(line) as LedgerEvent;
            if (
                typeof event.action === "string" &&
                typeof event.hash === "string" &&
                !Number.isNaN(Date.parse(event.timestamp))
            ) {
                return event;
            }
        } catch {
            // Told below.
        }
        throw new ReleaseError(
            `line ${number} of the ledger ${this.location} is no event: expected one JSON object a line, with ` +
                "`timestamp`, `action` and `hash`. Look at the line; nothing was changed.",
        );
    }
}
