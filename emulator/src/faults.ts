import type { Json } from "./json";

/** Waits before the request is handled. */
export interface LatencyFault {
    readonly kind: "latency";
    readonly ms: number;
}

/** Answers with a status. */
export interface StatusFault {
    readonly kind: "status";
    readonly status: number;
    /** Sent as `Retry-After`, in seconds. */
    readonly retryAfter?: number;
    /** Seconds from now, sent as `Retry-After` in the form of an HTTP date. */
    readonly retryAfterDate?: number;
    /** The answer's body: text is sent as it is, anything else as JSON. */
    readonly body?: Json;
    /** The request takes effect first. @default false */
    readonly after?: boolean;
}

/** Closes the connection without an answer, before or after the request took effect. */
export interface DropFault {
    readonly kind: "drop";
    readonly when: "before" | "after";
}

/** Lets the request take effect and answers with its status, but with a body that is no JSON. */
export interface MalformedFault {
    readonly kind: "malformed";
    /** @default an HTML page */
    readonly body?: string;
    /** @default text/html */
    readonly contentType?: string;
}

/** Lets the request take effect, promises the whole answer, and closes the connection half-way through. */
export interface TruncateFault {
    readonly kind: "truncate";
}

/** What can go wrong with a request. */
export type Fault = LatencyFault | StatusFault | DropFault | MalformedFault | TruncateFault;

/** A fault, and the requests that it befalls. */
export interface FaultRule {
    /** Left out: every request. */
    readonly match?: {
        readonly method?: string;
        /** The source of a regular expression, looked for in the decoded path. */
        readonly path?: string;
        /** Likewise in the decoded query, such as `flowId=flow_2`. */
        readonly query?: string;
    };
    /** How many matching requests pass first. @default 0 */
    readonly skip?: number;
    /** How many requests it befalls after that; null = until the faults are cleared. @default 1 */
    readonly times?: number | null;
    readonly fault: Fault;
}

/** A rule with its number and what is left of it. */
export interface ActiveFault extends FaultRule {
    readonly id: number;
    readonly skipLeft: number;
    readonly timesLeft: number | null;
}

/** What befalls one request. */
export interface Mishap {
    readonly latencyMs: number;
    readonly fault: Exclude<Fault, LatencyFault> | null;
}

interface Rule {
    readonly id: number;
    readonly rule: FaultRule;
    readonly path: RegExp | null;
    readonly query: RegExp | null;
    skipLeft: number;
    timesLeft: number;
}

/** The faults that are waiting for their requests, in the order in which they were added. */
export class FaultBook {
    private rules: Rule[] = [];
    private lastId = 0;

    add(rule: FaultRule): number {
        this.lastId += 1;
        this.rules.push({
            id: this.lastId,
            rule,
            path: rule.match?.path === undefined ? null : new RegExp(rule.match.path),
            query: rule.match?.query === undefined ? null : new RegExp(rule.match.query),
            skipLeft: rule.skip ?? 0,
            timesLeft: rule.times === null ? Number.POSITIVE_INFINITY : (rule.times ?? 1),
        });
        return this.lastId;
    }

    list(): readonly ActiveFault[] {
        return this.rules.map(({ id, rule, skipLeft, timesLeft }) => ({
            ...rule,
            id,
            skipLeft,
            timesLeft: Number.isFinite(timesLeft) ? timesLeft : null,
        }));
    }

    clear(): void {
        this.rules = [];
    }

    /**
     * What befalls this request. Latencies add up; of the other faults the first one that matches is taken,
     * and the later ones keep waiting for the next request.
     */
    pick(method: string, encodedPath: string, encodedQuery = ""): Mishap | null {
        if (this.rules.length === 0) {
            return null;
        }
        const path = decoded(encodedPath);
        const query = decoded(encodedQuery);
        let latencyMs = 0;
        let taken: Mishap["fault"] = null;
        for (const rule of this.rules) {
            const { fault } = rule.rule;
            if (!matches(rule, method, path, query) || (fault.kind !== "latency" && taken !== null)) {
                continue;
            }
            if (rule.skipLeft > 0) {
                rule.skipLeft -= 1;
                continue;
            }
            rule.timesLeft -= 1;
            if (fault.kind === "latency") {
                latencyMs += fault.ms;
            } else {
                taken = fault;
            }
        }
        this.rules = this.rules.filter((rule) => rule.timesLeft > 0);
        return latencyMs === 0 && taken === null ? null : { latencyMs, fault: taken };
    }
}

function matches({ rule, path, query }: Rule, method: string, ofPath: string, ofQuery: string): boolean {
    const wanted = rule.match?.method;
    return (
        (wanted === undefined || wanted.toUpperCase() === method) &&
        (path === null || path.test(ofPath)) &&
        (query === null || query.test(ofQuery))
    );
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
