import type { Release } from "../report.js";
import { RiskBadge } from "./badges.js";

const KINDS: Readonly<Record<string, string>> = { "+": "added", "-": "removed" };

/** What a release changes in the flow. */
export function Changes({ release: { changes, risk } }: { release: Release }) {
    return changes.length === 0 ? null : (
        <>
            <h3>Changes {risk && <RiskBadge risk={risk} />}</h3>
            <ul class="changes">
                {changes.map((line, place) => (
                    <li key={place} class={KINDS[line[0] ?? ""] ?? ""}>
                        {line}
                    </li>
                ))}
            </ul>
        </>
    );
}
