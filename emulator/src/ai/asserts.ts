import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json, type JsonObject } from "../json";
import { similarity } from "../match";
import type { PlaybookAssert } from "./resource";
import type { Turn } from "./walk";

/** From this similarity on a fuzzy text counts as the expected one. */
const fuzzyThreshold = 0.6;

/** Whether an assert holds for an answer, and what the answer was. */
export interface AssertVerdict {
    readonly holds: boolean;
    readonly actual: JsonObject;
}

/** Judges one assert of a playbook. */
export function judge({ type, params }: PlaybookAssert, turn: Turn): AssertVerdict {
    const { met, actual } = compare(type, params, turn);
    return { holds: met !== (params.negate === true), actual };
}

function compare(
    type: PlaybookAssert["type"],
    params: JsonObject,
    turn: Turn,
): { readonly met: boolean; readonly actual: JsonObject } {
    switch (type) {
        case "assertText": {
            const text = turn.outputs.join(" ");
            return { met: isText(text, String(params.text ?? ""), params.fuzzy === true), actual: { text } };
        }
        case "assertIntent":
            return { met: turn.intent === params.intent, actual: { intent: turn.intent } };
        case "assertSlot":
            return { met: turn.slots.includes(String(params.slot)), actual: { slots: turn.slots } };
        case "assertState":
            return { met: params.state === "default", actual: { state: "default" } };
        case "assertContext":
            return { met: isData(turn.state.context, params), actual: { data: turn.state.context } };
        case "assertData":
            return { met: isData({}, params), actual: { data: {} } };
    }
}

function isText(said: string, expected: string, isFuzzy: boolean): boolean {
    return said === expected || (isFuzzy && similarity(said, expected) >= fuzzyThreshold);
}

function isData(actual: Json, { data = {}, partial }: JsonObject): boolean {
    return partial === true ? includes(actual, data) : isDeepStrictEqual(actual, data);
}

/** Whether all that is expected is there; there may be more. */
function includes(actual: Json | undefined, expected: Json): boolean {
    if (!isJsonObject(expected)) {
        return isDeepStrictEqual(actual, expected);
    }
    return Object.entries(expected).every(
        ([name, value]) => isJsonObject(actual) && includes(actual[name], value),
    );
}
