import { structuredPatch } from "diff";
import type { Change } from "../release/diff/change.js";
import { clip } from "../release/diff/shown.js";
import { byRisk, headline, sharedTexts, type Texts, type Told, textsOf, titleOf } from "./texts.js";

/** What a comment on GitHub takes, less what somebody may put around it; in characters. */
const LONGEST = 60_000;
/** Texts that differ in more lines than this are shown as two. */
const MOST_EDITS = 200;
/** More lines than this of what other flows use too are counted, and longer ones are cut. */
const MOST_SHARED = 20;
const LONGEST_SHARED = 500;
/** So many lines are shown before and after those that differ. */
const CONTEXT = 2;

/**
 * A comparison in Markdown, for a comment on a pull request. Nothing of the flow is read as markup or as a mention. What
 * a comment cannot take is cut, with a count.
 *
 * @param title its heading, such as the flow's name and the two versions.
 */
export function flowDiffMarkdown(diff: Told, title: string): string {
    const parts = [`### ${escaped(titleOf(title))}`, escaped(headline(diff))];
    const shared = sharedPart(diff);
    let length = [...parts, ...shared].join("\n\n").length;
    let left = diff.changes.length;
    for (const [risk, changes] of byRisk(diff)) {
        parts.push(`**${risk}**`);
        for (const change of changes) {
            const item = itemOf(change);
            length += item.length + risk.length;
            if (length > LONGEST) {
                return [...parts, `… and ${left} more`, ...shared, ""].join("\n\n");
            }
            parts.push(item);
            left -= 1;
        }
    }
    return `${[...parts, ...shared].join("\n\n")}\n`;
}

/** What other flows use too: whatever is cut, this is not. */
function sharedPart(diff: Told): string[] {
    const lines = sharedTexts(diff);
    const more = lines.length - MOST_SHARED;
    const items = lines.slice(0, MOST_SHARED).map((line) => `- ${escaped(clip(line, LONGEST_SHARED))}`);
    return lines.length > 0 ? ["**shared**", ...items, ...(more > 0 ? [`… and ${more} more`] : [])] : [];
}

function itemOf(change: Change): string {
    const texts = textsOf(change);
    const line = `- ${escaped(change.line)}`;
    return texts ? `${line}\n\n${indented(fenced(patchOf(texts)))}` : line;
}

/** The lines that differ, with a few around them. */
function patchOf({ before, after }: Texts): string {
    const [left, right] = [before, after].map((text) => (text === "" ? "" : `${text}\n`)) as [string, string];
    const patch = structuredPatch("", "", left, right, undefined, undefined, {
        context: CONTEXT,
        maxEditLength: MOST_EDITS,
    });
    return patch
        ? patch.hunks.map(({ lines }) => lines.join("\n")).join("\n…\n")
        : [...prefixed("-", before), ...prefixed("+", after)].join("\n");
}

function prefixed(sign: string, text: string): string[] {
    return text.split("\n").map((line) => `${sign}${line}`);
}

/** A block of code whose fence is longer than any in it. */
function fenced(text: string): string {
    const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
    const fence = "`".repeat(longest + 1);
    return `${fence}diff\n${text}\n${fence}`;
}

function indented(text: string): string {
    return text
        .split("\n")
        .map((line) => `  ${line}`)
        .join("\n");
}

/** A text that means itself: no markup, no link, and no mention of a person or an issue. */
function escaped(text: string): string {
    return text
        .replace(/[\\`*_{}[\]<>|~&=+-]/g, "\\$&")
        .replace(/^(\d+)([.)])/, "$1\\$2")
        .replace(/[@#$:](?=[\w/-])|www(?=\.)/gi, "$&<!-- -->")
        .replace(/^#/, "\\#");
}
