import { isRecord } from "../release/canonical.js";
import { plainText } from "../release/plain-text.js";

// Details of events as they are read: an event may come from another version, or from anybody's hand.

/** A longer text is cut. */
const LONGEST_TEXT = 2_000;
/** Of a longer list, the rest is not read. */
const LONGEST_LIST = 200;

/** A text; undefined where there is none. */
export function text(value: unknown): string | undefined {
    if (typeof value !== "string" || value === "") {
        return undefined;
    }
    return plainText(value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT - 1)}…` : value);
}

/** A number from 0 on; 0 where there is none. */
export function count(value: unknown): number {
    return typeof value === "number" && value >= 0 && Number.isFinite(value) ? value : 0;
}

/** The texts of a list. */
export function texts(value: unknown): string[] {
    return list(value).flatMap((one) => text(one) ?? []);
}

/** The records of a list. */
export function records(value: unknown): Record<string, unknown>[] {
    return list(value).filter(isRecord);
}

function list(value: unknown): unknown[] {
    return Array.isArray(value) ? value.slice(0, LONGEST_LIST) : [];
}
