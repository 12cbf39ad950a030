/** Controls but for line ends and tabs; and what turns the direction of writing. */
const UNSEEN = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A text as it may stand in a terminal and in a message of the engine: what is not well-formed Unicode, moves the cursor
 * or turns the direction of writing becomes U+FFFD.
 */
export function plainText(text: string): string {
    return text.toWellFormed().replace(UNSEEN, "\uFFFD");
}
