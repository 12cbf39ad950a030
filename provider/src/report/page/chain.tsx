import type { Chain as ChainData } from "../report.js";
import { Hash } from "./hash.js";

/** Whether what the report tells can be trusted. */
export function Chain({ chain: { events, head, fault, unreadable } }: { chain: ChainData }) {
    const count = `${events.toLocaleString("en")} ${events === 1 ? "event" : "events"}`;
    if (fault === undefined) {
        return (
            <p class="chain good">
                <span aria-hidden="true">✓</span> The ledger is what was written: {count}, one unbroken chain
                {events > 0 && (
                    <>
                        , head <Hash hash={head} />
                    </>
                )}
                .
            </p>
        );
    }
    return (
        <div class="chain bad" role="alert">
            <p>
                <strong>
                    <span aria-hidden="true">✕</span> The ledger was altered: {fault}
                </strong>
            </p>
            <p>
                {events === 0 ? "Nothing before that is good. " : `The ${count} before that are good. `}
                {unreadable > 0 &&
                    `${unreadable} that cannot be read ${unreadable === 1 ? "is" : "are"} left out. `}
                Below is what it says now, from there on not to be trusted.
            </p>
        </div>
    );
}
