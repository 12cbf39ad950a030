/** Orders two texts, in the same way everywhere: as in sorting. */
export function compareTexts(one: string, other: string): number {
    return one < other ? -1 : Number(one > other);
}

/** The items in the order of their texts. */
export function sortedBy<T>(items: readonly T[], textOf: (item: T) => string): T[] {
    return items
        .map((item) => ({ item, text: textOf(item) }))
        .sort((one, other) => compareTexts(one.text, other.text))
        .map(({ item }) => item);
}

/** The items by what they have in common, in the order in which each comes first. */
export function groupedBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
    const groups = new Map<K, T[]>();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group) {
            group.push(item);
        } else {
            groups.set(key, [item]);
        }
    }
    return groups;
}
