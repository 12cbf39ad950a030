import { canonicalJson, isRecord } from "./canonical.js";
import type { ReleaseContext } from "./context.js";
import { contextIn, keptContext } from "./kept-context.js";
import { gatesIn, keptGates } from "./kept-gates.js";
import { fromText } from "./kept-text.js";
import { compact } from "./state.js";
import { withoutUsual } from "./usual.js";

type Properties = Record<string, unknown>;

/**
 * The property under which the engine keeps what is not declared: in the inputs what `check` found out, in the state that and
 * what came of it.
 */
export const RECORD_KEY = "record";

/** What holds for a bake that does not say otherwise. */
const NO_PROBLEMS = { failures: 0, errors: 0 };

/** What is known of a release beside what is declared, as one text, always the same for the same. */
export function keptRecord({ gates, health, context, ...rest }: Properties): string {
    return canonicalJson(
        compact({
            ...rest,
            gates: keptGates(gates),
            health: isRecord(health) ? withoutUsual(health, NO_PROBLEMS) : undefined,
            context: isRecord(context) ? keptContext(context as unknown as ReleaseContext) : undefined,
        }),
    );
}

/** What {@link keptRecord} was given; nothing where there is no text. */
export function recordIn(kept: unknown): Properties {
    const record = typeof kept === "string" ? fromText(kept) : undefined;
    if (!isRecord(record)) {
        return {};
    }
    const { gates, health, context, ...rest } = record;
    return compact({
        ...rest,
        gates: gatesIn(gates),
        health: isRecord(health) ? { ...NO_PROBLEMS, ...health } : undefined,
        context: isRecord(context) ? contextIn(context) : undefined,
    });
}
