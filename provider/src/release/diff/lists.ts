import { isRecord } from "../canonical.js";
import { ID_NAMES, isOpaque } from "./names.js";

/** What a flow lists beside its nodes, by the property's name. */
export type Lists = Map<string, Record<string, unknown>[]>;

/**
 * Finds what the flow lists: properties that hold nothing but records with an id or a name, such as its intents. An empty
 * list may be one of these too.
 *
 * @param flow what the flow holds beside its nodes and edges.
 * @returns the lists; and what is left of the flow.
 */
export function listsIn(flow: Record<string, unknown>): { lists: Lists; rest: Record<string, unknown> } {
    const lists: Lists = new Map();
    const rest: [string, unknown][] = [];
    for (const [name, value] of Object.entries(flow)) {
        if (Array.isArray(value) && value.every(isNamed)) {
            lists.set(name, value);
        } else {
            rest.push([name, value]);
        }
    }
    return { lists, rest: Object.fromEntries(rest) };
}

/** What the ids stand for that no person wrote, where their records have a name. */
export function namesById(lists: Lists): Map<string, string> {
    const names = new Map<string, string>();
    for (const record of [...lists.values()].flat()) {
        const { name } = record;
        for (const property of ID_NAMES) {
            const id = record[property];
            if (typeof id === "string" && isOpaque(id) && typeof name === "string" && name !== "") {
                names.set(id, name);
            }
        }
    }
    return names;
}

/** What one element of a list is: of `entities` an `entity`. */
export function singular(name: string): string {
    return name.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
}

function isNamed(item: unknown): item is Record<string, unknown> {
    return isRecord(item) && [...ID_NAMES, "name"].some((name) => typeof item[name] === "string");
}
