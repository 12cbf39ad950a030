import type { Told } from "./texts.js";

/** The version of the form. A property more does not raise it. */
export const FORMAT_VERSION = 1;

/** What a terminal may obey, or a reader not see, and JSON leaves as it is. */
const UNSEEN = /[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;

/** A comparison as JSON for other programs: `formatVersion`, and what {@link Told} holds. It may be printed. */
export function flowDiffJson(diff: Told): string {
    return JSON.stringify({ formatVersion: FORMAT_VERSION, ...diff }, null, 2).replace(
        UNSEEN,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
