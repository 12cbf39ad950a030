const PREFIX = "#q=";

/** A link to the releases that have all these words. */
export function queryLink(...words: string[]): string {
    return `${PREFIX}${encodeURIComponent(words.join(" "))}`;
}

/** What an address looks for; empty where it looks for nothing. */
export function queryIn(fragment: string): string {
    if (!fragment.startsWith(PREFIX)) {
        return "";
    }
    try {
        return decodeURIComponent(fragment.slice(PREFIX.length));
    } catch {
        return "";
    }
}
