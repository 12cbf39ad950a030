import { isOpaque } from "./names.js";
import { DEEPEST } from "./value.js";

/** A string that stands where it may name a node. */
export interface Mention {
    path: string;
    text: string;
    /** Whether it can be nothing else. */
    onward: boolean;
}

/** What a name says of a value under it. */
export interface NameFacts {
    isContent: boolean;
    isLink: boolean;
    isOnward: boolean;
}

/** A record or a list that is still to be looked into. */
interface Waiting {
    value: object;
    path: string;
    depth: number;
    /** Whether a string in it names a node. */
    inLink: boolean;
    onward: boolean;
}

/**
 * Finds what may name a node in a record of a flow, in no order.
 *
 * One loop, and nothing that calls itself: it goes over all that both flows hold, and what a runtime would compile for
 * functions within functions takes longer than the work.
 */
export function mentionsIn(record: Record<string, unknown>, factsOf: (name: string) => NameFacts): Mention[] {
    const mentions: Mention[] = [];
    const waiting: Waiting[] = [];
    const look = (value: unknown, path: string, depth: number, inLink: boolean, onward: boolean) => {
        if (typeof value === "string") {
            if (inLink || isOpaque(value)) {
                mentions.push({ path, text: value, onward });
            }
        } else if (typeof value === "object" && value !== null && depth <= DEEPEST) {
            waiting.push({ value, path, depth, inLink, onward });
        }
    };
    for (const name in record) {
        const { isContent, isLink, isOnward } = factsOf(name);
        if (isContent) {
            look(record[name], name, 1, isLink, isOnward);
        }
    }
    for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { value, path, depth, inLink, onward } = next;
        if (Array.isArray(value)) {
            for (let place = 0; place < value.length; place += 1) {
                look(value[place], `${path}[]`, depth + 1, inLink, onward);
            }
            continue;
        }
        for (const name in value) {
            const { isLink } = factsOf(name);
            const inner = (value as Record<string, unknown>)[name];
            look(inner, `${path}.${name}`, depth + 1, inLink || isLink, onward && isLink);
        }
    }
    return mentions;
}
