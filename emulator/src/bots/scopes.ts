/** The rights that a token can carry. */
export const scopes = [
    "bot:manage",
    "simulation:run",
    "deployment:execute",
    "export:read",
    "audit:write",
] as const;

/** A right that a call needs. */
export type Scope = (typeof scopes)[number];
