import Ajv, { type ErrorObject, type Schema } from "ajv";
import { Refusal } from "./refusal";

/** Formats that schemas may name, each with the words for what is expected. */
const formats = {
    "version-tag": {
        expectation: "a semantic version with an optional leading v, such as v1.4.2",
        pattern:
            /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(\+[\dA-Za-z-]+(\.[\dA-Za-z-]+)*)?$/,
    },
    "date-time": {
        expectation: "an ISO 8601 date and time with a zone, such as 2026-01-02T03:04:05Z",
        pattern:
            /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
    },
    "regular-expression": { expectation: "the source of a regular expression", pattern: isRegularExpression },
} as const;

const ajv = new Ajv({
    allowUnionTypes: true,
    discriminator: true,
    formats: Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, format.pattern])),
});

/** What is wrong with a value. */
export interface Flaw {
    /** A sentence naming the first wrong property. */
    readonly message: string;
    /** Whether the flaw is that a property is left out. */
    readonly isMissing: boolean;
}

/**
 * Compiles a JSON schema into a check. Nothing is coerced, defaulted or removed.
 * @param subject how the whole value is called in messages; its properties are called by their own path
 * @returns a function that gives the first flaw, or null when all is well
 */
export function compileFlawCheck(schema: Schema, subject: string): (value: unknown) => Flaw | null {
    const validate = ajv.compile(schema);
    return (value) => {
        if (validate(value)) {
            return null;
        }
        const error = validate.errors?.[0];
        return { message: describe(error, subject), isMissing: error?.keyword === "required" };
    };
}

/** As `compileFlawCheck`, but gives only the sentence. */
export function compileCheck(schema: Schema, subject: string): (value: unknown) => string | null {
    const check = compileFlawCheck(schema, subject);
    return (value) => check(value)?.message ?? null;
}

/** As `compileCheck`, but throws the sentence as a refusal. */
export function compileGuard(schema: Schema, subject: string): (value: unknown) => void {
    const check = compileCheck(schema, subject);
    return (value) => {
        const problem = check(value);
        if (problem !== null) {
            throw Refusal.invalid(problem);
        }
    };
}

function describe(error: ErrorObject | undefined, subject: string): string {
    if (error === undefined) {
        return `${subject} is not valid.`;
    }
    const { keyword, params } = error;
    const path = readablePath(error.instancePath);
    const name = path || subject;
    const inside = (property: string) => (path ? `${path}.${property}` : property);
    switch (keyword) {
        case "required":
            return `${inside(params.missingProperty)} is required.`;
        case "additionalProperties":
            return `${inside(params.additionalProperty)} is not a known property.`;
        case "type":
            return `${name} must be of type ${[params.type].flat().join(" or ")}.`;
        case "enum":
            return `${name} must be one of ${params.allowedValues.join(", ")}.`;
        case "discriminator":
            return `${inside(params.tag)} must be one of the known kinds.`;
        case "format":
            return `${name} must be ${expectationOf(params.format)}.`;
        case "minLength":
            return `${name} must not be empty.`;
        case "minItems":
            return `${name} must have at least ${params.limit} item${params.limit === 1 ? "" : "s"}.`;
        case "minProperties":
            return `${name} must have at least ${params.limit} propert${params.limit === 1 ? "y" : "ies"}.`;
        default:
            return `${name} ${error.message ?? "is not valid"}.`;
    }
}

/** `/bots/0/flows/1/id` → `bots[0].flows[1].id` */
function readablePath(pointer: string): string {
    return pointer
        .split("/")
        .slice(1)
        .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
        .reduce((path, segment) => {
            if (/^\d+$/.test(segment)) {
                return `${path}[${segment}]`;
            }
            return path ? `${path}.${segment}` : segment;
        }, "");
}

function expectationOf(format: string): string {
    return formats[format as keyof typeof formats]?.expectation ?? format;
}

function isRegularExpression(source: string): boolean {
    try {
        new RegExp(source);
        return true;
    } catch {
        return false;
    }
}
