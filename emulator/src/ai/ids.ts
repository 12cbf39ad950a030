import { createHash, randomBytes } from "node:crypto";

/** An `_id`, always the same for the same seed: 24 hexadecimal digits. */
export function objectIdFor(...seed: readonly string[]): string {
    return digestOf(seed).slice(0, 24);
}

/** A `referenceId`, always the same for the same seed: a UUID. */
export function referenceIdFor(...seed: readonly string[]): string {
    const hex = digestOf(["reference", ...seed]);
    return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `a${hex.slice(17, 20)}`,
        hex.slice(20, 32),
    ].join("-");
}

/** An `_id` that there was never before. */
export function newObjectId(): string {
    return randomBytes(12).toString("hex");
}

/** Whether the text has the form of an `_id`. */
export function isObjectId(text: string): boolean {
    return /^[a-z0-9]{24}$/.test(text);
}

function digestOf(seed: readonly string[]): string {
    return createHash("sha256").update(JSON.stringify(seed)).digest("hex");
}
