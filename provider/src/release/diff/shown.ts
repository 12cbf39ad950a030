import { credentialIn } from "../credentials.js";
import { plainText } from "../plain-text.js";
import type { Json } from "./change.js";
import { commonStart } from "./common-start.js";
import { HIDDEN } from "./hidden.js";

/** A value is shown up to this length, in characters; one of several up to the other. */
const LONGEST_VALUE = 60;
const LONGEST_ELEMENT = 40;
/** A name is shown up to this length, in characters. */
const LONGEST_NAME = 40;
/** So much is shown before the first and after the last character that differs. */
const AROUND = 16;
/** So much of a text is looked at, in characters: a line shows less of it. */
const MOST_READ = 10_000;
/** More elements of a list than this are counted. */
const MOST_ELEMENTS = 2;

/** Texts of the most common characters need not wait for tables of all the others. */
const PRINTABLE = /^[\x20-\x7e]*$/;
/** What takes no room in a line. */
const UNSEEN = /\p{Cf}/gu;

/** The beginning of a text in one line, with nothing in it that would make people see something else. */
export function oneLine(text: string): string {
    const read = text.slice(0, MOST_READ);
    if (PRINTABLE.test(read)) {
        return read.replace(/ {2,}/g, " ").trim();
    }
    return plainText(read.replace(/\s+/g, " ")).replace(UNSEEN, "").trim();
}

/** The beginning of a text, in so many characters. */
export function clip(text: string, most: number): string {
    // No character takes more than two places.
    const characters = [...text.slice(0, 2 * most + 2)];
    return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
}

/** A name as it is shown: never a credential. */
export function shownName(name: string): string {
    return credentialIn(name) ? HIDDEN : clip(oneLine(name), LONGEST_NAME);
}

/** A value as it is shown. */
export function shown(value: Json | undefined, most = LONGEST_VALUE): string {
    if (value === undefined) {
        return "nothing";
    }
    if (value === HIDDEN) {
        return HIDDEN;
    }
    return typeof value === "string"
        ? quoted(clip(oneLine(value), most))
        : clip(oneLine(JSON.stringify(value)), most);
}

/** A text in quotes that the engine prints as they are. */
export function quoted(text: string): string {
    return `“${text}”`;
}

/** The first few elements of a list, and how many there are beside. */
export function shownElements(values: readonly Json[]): string {
    const more = values.length - MOST_ELEMENTS;
    const most = values.length === 1 ? LONGEST_VALUE : LONGEST_ELEMENT;
    const first = values
        .slice(0, MOST_ELEMENTS)
        .map((value) => shown(value, most))
        .join(", ");
    return more > 0 ? `${first} and ${more} more` : first;
}

/** How a value differs from another one; of long texts, what is around the difference. */
export function shownChange(before: Json | undefined, after: Json | undefined): string {
    if (before === HIDDEN && after === HIDDEN) {
        return `changed ${HIDDEN}`;
    }
    const [left, right] =
        typeof before === "string" && typeof after === "string"
            ? aroundDifference(before, after)
            : [before, after];
    const change = `${shown(left)} → ${shown(right)}`;
    return shown(left) === shown(right) ? `${change}, in what is not shown` : change;
}

/** What is left of two texts without most of what they begin and end with in common. */
function aroundDifference(before: string, after: string): [string, string] {
    const begin = Math.max(0, commonStart(before, after) - MOST_READ / 2);
    const [left, right] = [oneLine(before.slice(begin)), oneLine(after.slice(begin))];
    if (left === right || Math.max(left.length, right.length) <= LONGEST_VALUE) {
        return [left, right];
    }
    const from = wordBefore(left, commonStart(left, right) - AROUND);
    return [excerpt(left, from), excerpt(right, from)];
}

/** The beginning of the word that is at a place, unless that is far away. */
function wordBefore(text: string, place: number): number {
    const space = place <= 0 ? -1 : text.lastIndexOf(" ", place);
    return place - space > AROUND ? place : space + 1;
}

function excerpt(text: string, from: number): string {
    return from === 0 ? text : `…${text.slice(from).toWellFormed()}`;
}
