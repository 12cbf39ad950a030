/** Finds something out when it is asked for, and then no more. */
export function once<T>(find: () => T): () => T {
    let found: { value: T } | undefined;
    return () => {
        found ??= { value: find() };
        return found.value;
    };
}
