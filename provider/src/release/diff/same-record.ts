import { isContent } from "./names.js";
import { DEEPEST } from "./value.js";

/**
 * Tells whether two records are the same, with their names in the same order, but for what is no content of a node. The
 * quick look, which is enough for most: one that nests too deep is not the same as any.
 */
export function sameRecord(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
    return sameFields(one, other, 0);
}

function sameFields(one: object, other: object, depth: number): boolean {
    const names = Object.keys(one) as (keyof typeof one)[];
    const others = Object.keys(other);
    if (names.length !== others.length || depth > DEEPEST) {
        return false;
    }
    for (let place = 0; place < names.length; place += 1) {
        const name = names[place] as keyof typeof one;
        if (name !== others[place]) {
            return false;
        }
        if (!sameValue(one[name], other[name], depth + 1) && (depth > 0 || isContent(name))) {
            return false;
        }
    }
    return true;
}

function sameValue(one: unknown, other: unknown, depth: number): boolean {
    if (one === other) {
        return true;
    }
    if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
        return false;
    }
    return Array.isArray(one) === Array.isArray(other) && sameFields(one, other, depth);
}
