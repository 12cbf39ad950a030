/** What the state keeps of a release, in full: each object is one text there, and what is not declared is one together. */
export function inFull({ record, ...kept }: Record<string, unknown>): Record<string, unknown> {
    const declared = Object.entries(kept).map(([name, value]) => [name, read(value)] as const);
    const properties: Record<string, unknown> = Object.fromEntries(declared);
    for (const [name, value] of Object.entries((read(record) ?? {}) as object)) {
        const own = properties[name];
        properties[name] = typeof own === "object" ? { ...own, ...value } : value;
    }
    return properties;
}

function read(value: unknown): unknown {
    return typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;
}
