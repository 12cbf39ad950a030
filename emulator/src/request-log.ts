import type { Json } from "./json";

/** One request that the API has seen. */
export interface RequestEntry {
    /** Counts up from 1. */
    readonly seq: number;
    /** When it arrived, ISO 8601. */
    readonly at: string;
    readonly method: string;
    /** As it was sent: still percent-encoded, without the query. */
    readonly path: string;
    readonly query: Readonly<Record<string, string | readonly string[]>>;
    /** The status that was sent; null while there is no answer, and for ever when the connection was dropped. */
    status: number | null;
    /** The body, with secrets and tokens redacted. */
    body?: Json;
    /** What was injected, such as `latency`, `drop` or `latency+status`; `rate_limit` when the limit refused it. */
    fault?: string;
}

/** The most recent requests, oldest first. */
export class RequestLog {
    private entries: RequestEntry[] = [];
    private seq = 0;

    /** @param limit how many requests are kept */
    constructor(private readonly limit = 100_000) {}

    add(request: Omit<RequestEntry, "seq" | "status">): RequestEntry {
        this.seq += 1;
        const entry: RequestEntry = { seq: this.seq, status: null, ...request };
        this.entries.push(entry);
        // Cut rarely, many at once: cutting one by one would cost a copy per request.
        if (this.entries.length >= 2 * this.limit) {
            this.entries = this.entries.slice(-this.limit);
        }
        return entry;
    }

    list(): readonly RequestEntry[] {
        return this.entries.slice(-this.limit);
    }

    /** Forgets all requests; the numbering goes on. */
    clear(): void {
        this.entries = [];
    }
}
