import { isRecord, sameValue } from "./canonical.js";
import type { ReleaseInputs } from "./inputs.js";
import { withoutUsual } from "./usual.js";

/** What holds for the arguments that a program leaves out. */
export const DEFAULTS = {
    createdBy: "pulumi",
    connection: "cognigy",
    dependencies: { validate: true },
    deployment: { strategy: "rolling", timeoutSeconds: 600, rollbackOnFailure: true, onConflict: "wait" },
    health: {
        intervalSeconds: 15,
        successesRequired: 1,
        failuresAllowed: 0,
        errorsAllowed: 3,
        timeoutSeconds: 300,
        onInconclusive: "rollback",
    },
    onDelete: "rollback",
    adopt: false,
} as const satisfies Partial<ReleaseInputs>;

/** What holds within a simulation, where one is declared. */
export const SIMULATION_DEFAULTS = { timeoutSeconds: 120, minPassRate: 1 } as const;

const OUTER: Properties = DEFAULTS;
const INNER: Properties = { ...DEFAULTS, simulation: SIMULATION_DEFAULTS };

type Properties = Record<string, unknown>;

/** One argument with its defaults: the whole of it where it is left out, or what it leaves out itself. */
export function withDefault(name: string, value: unknown): unknown {
    const inner = INNER[name];
    return value === undefined
        ? OUTER[name]
        : isRecord(value) && isRecord(inner)
          ? { ...inner, ...value }
          : value;
}

/** Arguments with their defaults. Values that are not known yet stay as they are. */
export function withDefaults(declared: Properties): Properties {
    const names = new Set([...Object.keys(OUTER), ...Object.keys(declared)]);
    return Object.fromEntries([...names].map((name) => [name, withDefault(name, declared[name])]));
}

/** Arguments without what is a default: {@link withDefaults} gives them back. */
export function withoutDefaults(inputs: Properties): Properties {
    return Object.fromEntries(
        Object.entries(inputs).flatMap(([name, value]) => {
            const inner = INNER[name];
            if (!isRecord(value) || !isRecord(inner)) {
                return sameValue(value, OUTER[name]) ? [] : [[name, value]];
            }
            const rest = withoutUsual(value, inner);
            return Object.keys(rest).length === 0 ? [] : [[name, rest]];
        }),
    );
}
