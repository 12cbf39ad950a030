import type { Told } from "./texts.js";

/** The version of the form. A property more does not raise it. */
export const FORMAT_VERSION = 1;

/** A comparison as JSON for other programs: `formatVersion`, and what {@link Told} holds. */
export function flowDiffJson(diff: Told): string {
    return JSON.stringify({ formatVersion: FORMAT_VERSION, ...diff }, null, 2);
}
