import { isRecord } from "../canonical.js";
import type { Json } from "./change.js";

/**
 * What a node holds, as it is compared: keys in order, and nothing in it that only names another node. Nested no deeper
 * than {@link DEEPEST}; whatever is below that is one text.
 */
export type Value = null | boolean | number | string | readonly Value[] | Fields;

/** A record of values, in the order of their names. Not an object: a flow may well name a property `__proto__`. */
export type Fields = ReadonlyMap<string, Value>;

/** Levels of nesting that are looked into. */
export const DEEPEST = 40;

/** Tells whether a value is a record. */
export function isFields(value: Value | undefined): value is Fields {
    return value instanceof Map;
}

/** Tells whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
    return Array.isArray(value);
}

/** Equal values give equal text. */
export function textOf(value: Value): string {
    if (isFields(value)) {
        const fields = [...value].map(([name, inner]) => `${JSON.stringify(name)}:${textOf(inner)}`);
        return `{${fields.join(",")}}`;
    }
    return isList(value) ? `[${value.map(textOf).join(",")}]` : JSON.stringify(value);
}

/** A value as plain JSON. */
export function jsonOf(value: Value): Json {
    if (isFields(value)) {
        return Object.fromEntries([...value].map(([name, inner]) => [name, jsonOf(inner)]));
    }
    return isList(value) ? value.map(jsonOf) : value;
}

/** The names of a record's properties, in order. */
export function namesIn(record: Record<string, unknown>): string[] {
    return Object.keys(record).sort();
}

/** Text of a value of any depth, with the keys in order: made without calling itself, for a flow may nest without end. */
export function deepText(value: unknown): string {
    const parts: string[] = [];
    const waiting: Piece[] = [{ value }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (typeof next === "string") {
            parts.push(next);
        } else {
            const pieces = piecesOf(next.value);
            for (let at = pieces.length - 1; at >= 0; at -= 1) {
                waiting.push(pieces[at] as Piece);
            }
        }
    }
    return parts.join("");
}

/** A text that stands as it is, or a value that is still to be written. */
type Piece = string | { value: unknown };

function piecesOf(value: unknown): Piece[] {
    if (Array.isArray(value)) {
        return ["[", ...value.flatMap((item): Piece[] => [{ value: item }, ","]), "]"];
    }
    if (isRecord(value)) {
        return [
            "{",
            ...namesIn(value)
                .filter((name) => value[name] !== undefined)
                .flatMap((name): Piece[] => [`${JSON.stringify(name)}:`, { value: value[name] }, ","]),
            "}",
        ];
    }
    return [JSON.stringify(value) ?? "null"];
}
