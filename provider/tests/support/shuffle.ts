import { isRecord } from "../../src/release/canonical.js";

/** The same list in another order. */
export function shuffle<T>(items: readonly T[], numbers: Iterator<number>): T[] {
    return items
        .map((item) => ({ item, place: Number(numbers.next().value) }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item);
}

/** The same value with the keys of every object in another order. */
export function shuffleKeys(value: unknown, numbers: Iterator<number>): unknown {
    if (Array.isArray(value)) {
        return value.map((inner) => shuffleKeys(inner, numbers));
    }
    if (!isRecord(value)) {
        return value;
    }
    return Object.fromEntries(
        shuffle(Object.entries(value), numbers).map(([key, inner]) => [key, shuffleKeys(inner, numbers)]),
    );
}
