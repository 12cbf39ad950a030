/** A server that asks for more than this is not obeyed to the letter, in milliseconds. */
const LONGEST = 15 * 60_000;

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 *
 * @param now milliseconds since 1970.
 * @returns milliseconds to wait; undefined where there is no such header or it cannot be read.
 */
export function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
    const value = (Array.isArray(header) ? header[0] : header)?.trim();
    if (!value) {
        return undefined;
    }
    const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
    return Number.isNaN(wait) ? undefined : Math.min(LONGEST, Math.max(0, wait));
}
