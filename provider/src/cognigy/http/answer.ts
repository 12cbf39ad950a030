import type { Readable } from "node:stream";
import type * as z from "zod";
import { PlatformError } from "../errors.js";
import type { Address } from "./address.js";
import { AnswerTooLarge, NoUnicode, readText } from "./body.js";
import { excessOf } from "./extent.js";

/** An answer that holds more is not parsed. Flows of people have a dozen levels, and some 50 values a node. */
const MOST = { levels: 200, values: 2_000_000 };
const EXCESS = {
    levels: `it is nested more than ${MOST.levels} levels deep`,
    values: "it holds more than two million values",
};

/** What an answer is held against. */
export interface Contract<T> {
    /** The call, for messages. */
    name: string;
    schema: z.ZodType<T>;
    /** An answer longer than this breaks the contract, in bytes. */
    largest: number;
    address: Address;
}

/**
 * Reads an answer and holds it against the contract.
 *
 * @throws PlatformError of the kind `malformed` where it does not fit; what the network throws, as it is.
 */
export async function readAnswer<T>(body: Readable, contract: Contract<T>): Promise<T> {
    const { name, schema, largest } = contract;
    const text = await readText(body, largest).catch((error: unknown) => {
        throw error instanceof AnswerTooLarge
            ? malformed(name, `more than ${largest / 1024 / 1024} MB: expected a shorter JSON answer.`)
            : error instanceof NoUnicode
              ? malformed(name, `something that is no UTF-8. ${checkBaseUrl(contract.address)}`)
              : error;
    });
    // Before it is parsed: what comes after is written for depths that people make, and takes memory for each value.
    const excess = excessOf(text, MOST);
    if (excess) {
        throw misfit(name, EXCESS[excess]);
    }
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        throw malformed(
            name,
            `something that is no JSON (${text.length} characters). ${checkBaseUrl(contract.address)}`,
        );
    }
    const result = schema.safeParse(value);
    if (result.success) {
        return result.data;
    }
    const [issue] = result.error.issues;
    const field = issue?.path.join(".") || "the whole answer";
    throw misfit(name, `${field}: ${issue?.message ?? "invalid"}`);
}

/** The error of a call whose answer is for people to look at. */
export function webPage(name: string, address: Address): PlatformError {
    return malformed(name, `a web page. ${checkBaseUrl(address)}`);
}

function misfit(name: string, what: string): PlatformError {
    return malformed(name, `something that does not fit the contract: ${what}.`);
}

function malformed(name: string, what: string): PlatformError {
    return new PlatformError("malformed", name, `${name} was answered with ${what}`);
}

function checkBaseUrl({ origin, prefix, sources }: Address): string {
    return `Check that ${sources.baseUrl} (${origin}${prefix}) is the platform's address.`;
}
