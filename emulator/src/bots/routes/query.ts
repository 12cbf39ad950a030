import type { FastifyRequest } from "fastify";
import { Refusal } from "../../refusal";

/** The parameters of a query, each given at most once. @throws Refusal for an unknown or a repeated one */
export function queryOf<Name extends string>(
    request: FastifyRequest,
    names: readonly Name[],
): Partial<Record<Name, string>> {
    const query = request.query as Record<string, string | string[]>;
    for (const [name, value] of Object.entries(query)) {
        if (!(names as readonly string[]).includes(name)) {
            throw Refusal.invalid(`${name} is not a query parameter of this call: ${names.join(", ")}.`);
        }
        if (Array.isArray(value)) {
            throw Refusal.invalid(`${name} must be given once.`);
        }
    }
    return query as Partial<Record<Name, string>>;
}

/** The value of a parameter that must be there. @throws Refusal when it is not */
export function required<Name extends string>(query: Partial<Record<Name, string>>, name: Name): string {
    const value = query[name];
    if (!value) {
        throw Refusal.invalid(`${name} is required.`);
    }
    return value;
}

/** The value of a parameter that is a whole number. @throws Refusal when it is something else or out of bounds */
export function integer<Name extends string>(
    query: Partial<Record<Name, string>>,
    name: Name,
    fallback: number,
    maximum = Number.MAX_SAFE_INTEGER,
): number {
    const text = query[name];
    if (text === undefined) {
        return fallback;
    }
    const value = Number(text);
    if (!/^[1-9]\d*$/.test(text) || value > maximum) {
        const bound = maximum === Number.MAX_SAFE_INTEGER ? "from 1 on" : `from 1 to ${maximum}`;
        throw Refusal.invalid(`${name} must be a whole number ${bound}.`);
    }
    return value;
}

/** The value of a parameter that is one of a few words. @throws Refusal when it is another one */
export function choice<Name extends string, Word extends string>(
    query: Partial<Record<Name, string>>,
    name: Name,
    words: readonly Word[],
): Word | undefined {
    const value = query[name];
    const word = words.find((known) => known === value);
    if (value !== undefined && word === undefined) {
        throw Refusal.invalid(`${name} must be one of ${words.join(", ")}.`);
    }
    return word;
}
