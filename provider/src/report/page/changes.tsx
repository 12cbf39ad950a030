import { RISKS } from "../../release/diff/change.js";
import type { Release } from "../report.js";
import { RiskBadge } from "./badges.js";

/** What a release changes in the flow. */
export function Changes({ release: { changes, risk } }: { release: Release }) {
    return changes.length === 0 ? null : (
        <>
            <h3>Changes {risk && <RiskBadge risk={risk} />}</h3>
            <ul class="changes">
                {changes.map((line, place) => (
                    <li key={place} class={RISKS.find((one) => line.startsWith(`${one}: `)) ?? ""}>
                        {line}
                    </li>
                ))}
            </ul>
        </>
    );
}
