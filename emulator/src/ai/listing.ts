import type { Json, JsonObject } from "../json";
import { Refusal } from "../refusal";

/** Something that can stand in a list. */
export type Item = JsonObject & { readonly _id: string };

/** A query as it was sent. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** A part of a list. */
export interface ListPage {
    readonly items: readonly Item[];
    /** How many match, on all pages. */
    readonly total: number;
    /** To be sent as `next`; null on the last page. */
    readonly nextCursor: string | null;
    /** To be sent as `previous`; null on the first page. */
    readonly previousCursor: string | null;
}

/** How a list is asked for. */
export interface ListOptions {
    readonly defaultLimit: number;
    /** Query parameters of this call that are no fields of the items. */
    readonly own?: readonly string[];
    /** Whether items can be chosen by their fields. @default true */
    readonly hasFieldFilters?: boolean;
}

/** The most items that a list gives at once. */
export const maximumLimit = 100;

const paging = ["limit", "skip", "next", "previous", "sort", "filter"];

/**
 * A page of a list, newest first unless sorted otherwise.
 * @param items all items, oldest first
 * @throws Refusal when a parameter is wrong, or names no field
 */
export function pageOf(
    items: readonly Item[],
    query: Query,
    { defaultLimit, own = [], hasFieldFilters = true }: ListOptions,
): ListPage {
    const fields = Object.keys(query).filter((name) => ![...paging, ...own].includes(name));
    const chosen = items
        .filter((item) => matchesName(item, one(query, "filter")))
        .filter((item) => !hasFieldFilters || fields.every((name) => matchesField(item, name, query[name])));
    const sorted = sort([...chosen].reverse(), one(query, "sort"));
    const limit = Math.min(wholeNumber(query, "limit", defaultLimit, 1), maximumLimit);
    const start = startOf(sorted, query, limit);
    const page = sorted.slice(start, start + limit);
    return {
        items: page,
        total: sorted.length,
        nextCursor: start + limit < sorted.length ? (page.at(-1)?._id ?? null) : null,
        previousCursor: start > 0 ? (page.at(0)?._id ?? null) : null,
    };
}

function startOf(sorted: readonly Item[], query: Query, limit: number): number {
    const [next, previous] = [one(query, "next"), one(query, "previous")];
    if (next !== undefined) {
        return positionOf(sorted, next, "next") + 1;
    }
    if (previous !== undefined) {
        return Math.max(0, positionOf(sorted, previous, "previous") - limit);
    }
    return wholeNumber(query, "skip", 0, 0);
}

function positionOf(sorted: readonly Item[], cursor: string, name: string): number {
    const position = sorted.findIndex(({ _id }) => _id === cursor);
    if (position === -1) {
        throw Refusal.invalid(`${name} is no cursor of this list.`);
    }
    return position;
}

function matchesName({ name }: Item, filter: string | undefined): boolean {
    return (
        filter === undefined ||
        (typeof name === "string" && name.toLowerCase().includes(filter.toLowerCase()))
    );
}

function matchesField(item: Item, name: string, wanted: Query[string] | undefined): boolean {
    const plainName = name.replace(/\[\]$/, "");
    const value = item[plainName];
    if (value === undefined) {
        throw Refusal.invalid(`${plainName} is no field that this list can be filtered by.`);
    }
    const words = [wanted ?? []].flat().flatMap((text) => text.split(","));
    return words.includes(String(value));
}

function sort(items: Item[], text: string | undefined): Item[] {
    for (const part of (text ?? "").split(",").filter(Boolean).reverse()) {
        const [field = "", direction] = part.split(":");
        const sign = direction === "desc" ? -1 : 1;
        items.sort((a, b) => sign * compare(a[field], b[field]));
    }
    return items;
}

function compare(a: Json | undefined, b: Json | undefined): number {
    if (typeof a === "number" && typeof b === "number") {
        return a - b;
    }
    return String(a ?? "").localeCompare(String(b ?? ""), "en");
}

function one(query: Query, name: string): string | undefined {
    const value = query[name];
    if (Array.isArray(value)) {
        throw Refusal.invalid(`${name} must be given once.`);
    }
    return value as string | undefined;
}

function wholeNumber(query: Query, name: string, fallback: number, minimum: number): number {
    const text = one(query, name);
    if (text === undefined) {
        return fallback;
    }
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum) {
        throw Refusal.invalid(`${name} must be a whole number from ${minimum} on.`);
    }
    return value;
}
