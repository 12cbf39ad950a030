import { type Change, type FlowDiff, type Json, RISKS, type Risk } from "../release/diff/change.js";
import { commonStart } from "../release/diff/common-start.js";
import { plainText } from "../release/plain-text.js";
import { type Shared, sharedInFull } from "../release/shared.js";

/** A comparison as it is told. */
export interface Told extends FlowDiff {
    /** What it touches that other flows of the bot use too. Left out where nobody looked, or there is no other flow. */
    shared?: Shared | undefined;
}

/** Of longer texts a part is shown, in characters: nobody reads more, and comparing them would take its time. */
const LONGEST = 20_000;
/** So much of it comes before where they begin to differ. */
const LEAD = 500;

/** The old and the new text of a change; empty where there is none. */
export interface Texts {
    before: string;
    after: string;
}

/**
 * What a change replaces by what, where that says more than its line: of prompts, code and settings. Undefined where the
 * line says all.
 *
 * @param longest how much of each text is shown, in characters.
 */
export function textsOf({ kind, line, before, after }: Change, longest = LONGEST): Texts | undefined {
    if (kind !== "changed" || (before === undefined && after === undefined)) {
        return undefined;
    }
    const [left, right] = [textOf(before), textOf(after)];
    const isLong = Math.max(left.length, right.length) > longest;
    const from = isLong ? Math.max(0, commonStart(left, right) - LEAD) : 0;
    const texts = { before: partOf(left, from, longest), after: partOf(right, from, longest) };
    const isTold = [texts.before, texts.after].every((text) => line.includes(text));
    return isTold ? undefined : texts;
}

function partOf(text: string, from: number, longest: number): string {
    const [start, end] = [from > 0 ? "…" : "", from + longest < text.length ? "…" : ""];
    return plainText(`${start}${text.slice(from, from + longest)}${end}`);
}

function textOf(value: Json | undefined): string {
    if (value === undefined) {
        return "";
    }
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
        return value.join("\n");
    }
    return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** What other flows use too, one line for each resource. */
export function sharedTexts({ shared }: Told): string[] {
    return shared ? sharedInFull(shared) : [];
}

/** A heading in one line. */
export function titleOf(title: string): string {
    return plainText(title.replace(/\s+/g, " ")).trim();
}

/** The changes of each risk, the riskiest first; risks without changes are left out. */
export function byRisk({ changes }: FlowDiff): [Risk, Change[]][] {
    return [...RISKS]
        .reverse()
        .map((risk): [Risk, Change[]] => [risk, changes.filter((change) => change.risk === risk)])
        .filter(([, some]) => some.length > 0);
}

/** How much changes, in one sentence: `3 changes in 2 of 80 nodes: 1 destructive, 2 text`. */
export function headline(diff: FlowDiff): string {
    const { changes, impact } = diff;
    if (changes.length === 0) {
        return "No change";
    }
    const counts = byRisk(diff).map(([risk, some]) => `${some.length} ${risk}`);
    const what = changes.length === 1 ? "1 change" : `${changes.length} changes`;
    return `${what} in ${impact.changed} of ${impact.nodes} nodes: ${counts.join(", ")}`;
}
