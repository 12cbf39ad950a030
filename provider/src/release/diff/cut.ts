import { type Change, RISKS } from "./change.js";
import { clip } from "./shown.js";

/** How much of the changes is kept. */
export interface Limit {
    lines: number;
    characters: number;
}

/** What the state keeps of a release, twice: as input and as output. The whole is for a report. */
export const USUAL: Limit = { lines: 10, characters: 700 };
/** What the state keeps beside it. */
export const FEW: Limit = { lines: 5, characters: 350 };

const LONGEST_LINE = 200;

/**
 * The changes in lines: `text: “Welcome” says “Hello” → “Hi”`. The riskiest come first, and what is too much is cut, with
 * a count.
 */
export function linesOf(changes: readonly Change[], limit: Limit = USUAL): string[] {
    const lines: string[] = [];
    let characters = 0;
    for (const { risk, line } of changes) {
        const next = clip(`${risk}: ${line}`, LONGEST_LINE);
        characters += next.length;
        const isLast = lines.length === changes.length - 1;
        const isFull = characters > limit.characters || lines.length >= limit.lines - Number(!isLast);
        if (lines.length > 0 && isFull) {
            return [...lines, restOf(changes.slice(lines.length))];
        }
        lines.push(next);
    }
    return lines;
}

function restOf(changes: readonly Change[]): string {
    const counts = [...RISKS]
        .reverse()
        .map((risk) => ({ risk, count: changes.filter((change) => change.risk === risk).length }))
        .filter(({ count }) => count > 0)
        .map(({ risk, count }) => `${count} ${risk}`);
    return `… and ${changes.length} more: ${counts.join(", ")}`;
}
