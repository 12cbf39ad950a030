import { stringify } from "csv-stringify/sync";
import type { LedgerEvent } from "../../ledger/event.js";

const COLUMNS = [
    "timestamp",
    "run",
    "actor",
    "bot_id",
    "flow_id",
    "version_tag",
    "target_environment",
    "action",
    "status",
    "content_hash",
    "compliance_ref",
    "details",
    "previous_hash",
    "hash",
] as const;

/**
 * Events as CSV by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), with a header; what is not the same for all events is
 * JSON in the column `details`. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export async function* csvOf(events: AsyncIterable<LedgerEvent>): AsyncGenerator<string> {
    yield lineOf([...COLUMNS]);
    for await (const event of events) {
        const { target_environment, ...details } = event.details;
        const cells = { ...event, target_environment, details: JSON.stringify(details) };
        yield lineOf(COLUMNS.map((column) => cells[column] ?? ""));
    }
}

function lineOf(cells: string[]): string {
    // A half of a line end is to be quoted, too.
    const options = { record_delimiter: "windows", quoted_match: /[\r\n]/, escape_formulas: true } as const;
    return stringify([cells], options);
}
