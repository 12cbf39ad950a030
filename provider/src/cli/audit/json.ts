import type { LedgerEvent } from "../../ledger/event.js";

/** Events as one JSON array, one event a line. */
export async function* jsonOf(events: AsyncIterable<LedgerEvent>): AsyncGenerator<string> {
    let before = "[\n";
    for await (const event of events) {
        yield `${before}${JSON.stringify(event)}`;
        before = ",\n";
    }
    yield before === "[\n" ? "[]\n" : "\n]\n";
}
