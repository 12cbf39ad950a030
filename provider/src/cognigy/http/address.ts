/** Where a platform is. */
export interface Address {
    /** Scheme, host and port. */
    origin: string;
    /** What stands before every path; empty, or `/something`. */
    prefix: string;
    /** Where each setting comes from, for messages. */
    sources: { baseUrl: string };
}

/** How the platform is named in messages: its address, and the setting that it comes from. */
export function addressOf({ origin, prefix, sources }: Address): string {
    return `${origin}${prefix} (${sources.baseUrl})`;
}
