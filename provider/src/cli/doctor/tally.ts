import { type Finding, VERDICTS, type Verdict } from "../../cognigy/examination.js";

/** How many findings have each verdict. */
export function tally(findings: readonly Finding[]): Record<Verdict, number> {
    const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
    for (const { verdict } of findings) {
        counts[verdict] += 1;
    }
    return counts;
}
