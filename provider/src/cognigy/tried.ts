import { PlatformError } from "./errors.js";
import type { Found } from "./examination.js";

/** What a call came to: an answer, or why there is none. */
export type Tried<T> = { value: T } | { error: PlatformError };

/** Makes a call whose refusal tells something, too. */
export async function tried<T>(work: Promise<T>): Promise<Tried<T>> {
    try {
        return { value: await work };
    } catch (error) {
        if (error instanceof PlatformError) {
            return { error };
        }
        throw error;
    }
}

/** The items of a list that could be read; none of one that could not. */
export function itemsOf<T>(list: Tried<readonly T[]>): readonly T[] {
    return "value" in list ? list.value : [];
}

/** Why a call failed, as what was found. */
export function brokenBy(check: string, { message }: PlatformError): Found {
    return { check, verdict: "will not work", found: withoutStop(message) };
}

/** A message as a part of a longer sentence. */
export function withoutStop(message: string): string {
    return message.replace(/\.$/, "");
}
