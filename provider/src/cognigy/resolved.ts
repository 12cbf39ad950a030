import type { InputProblem } from "../release/inputs.js";

/** A connection, or what is wrong with its settings. */
export type Resolved<T> = { connection: T } | { problems: [InputProblem, ...InputProblem[]] };

/** Puts a connection together where nothing is wrong. */
export function resolved<T>(problems: readonly InputProblem[], connection: () => T): Resolved<T> {
    const [first, ...others] = problems;
    return first ? { problems: [first, ...others] } : { connection: connection() };
}
