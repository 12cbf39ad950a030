import { groupedBy } from "./order.js";
import { type Fields, isFields, isList, textOf, type Value } from "./value.js";

/** A property that differs. */
export interface Difference {
    /** The names that lead to it; a place in a list as `[0]`. */
    path: string[];
    /** Undefined where there is none. Of a list, what is gone from it. */
    before: Value | undefined;
    /** Likewise; of a list, what is new in it. */
    after: Value | undefined;
    /**
     * What became of a list: `elements` differ, and only those are told; or it holds the same in another `order`, and is told
     * as a whole.
     */
    list?: "elements" | "order";
}

/** The deepest properties that differ between two records, in the order of their names. */
export function differences(before: Fields, after: Fields, path: string[] = []): Difference[] {
    const names = [...new Set([...before.keys(), ...after.keys()])].sort();
    return names.flatMap((name) => between(before.get(name), after.get(name), [...path, name]));
}

function between(before: Value | undefined, after: Value | undefined, path: string[]): Difference[] {
    if (isFields(before) && isFields(after)) {
        return differences(before, after, path);
    }
    if (isList(before) && isList(after)) {
        return betweenLists(before, after, path);
    }
    return before === after ? [] : [{ path, before, after }];
}

function betweenLists(before: readonly Value[], after: readonly Value[], path: string[]): Difference[] {
    const [gone, fresh] = [alone(before, after), alone(after, before)];
    if (gone.length === 0 && fresh.length === 0) {
        return before.every((value, place) => textOf(value) === textOf(after[place] as Value))
            ? []
            : [{ path, before, after, list: "order" }];
    }
    // As many new as gone, and all of them with parts: each has changed.
    const changed = gone.length === fresh.length && [...gone, ...fresh].every(({ value }) => hasParts(value));
    return changed
        ? gone.flatMap(({ value }, at) => {
              const { value: next, place } = fresh[at] as Placed;
              return between(value, next, [...path, `[${place}]`]);
          })
        : [{ path, before: valuesOf(gone), after: valuesOf(fresh), list: "elements" }];
}

/** An element of a list, and its place there from 0. */
interface Placed {
    value: Value;
    place: number;
}

/** What a list has that another one has not, or has more often. */
function alone(list: readonly Value[], other: readonly Value[]): Placed[] {
    const others = groupedBy(other, textOf);
    return list
        .map((value, place) => ({ value, place }))
        .filter(({ value }) => others.get(textOf(value))?.pop() === undefined);
}
function valuesOf(placed: readonly Placed[]): Value[] {
    return placed.map(({ value }) => value);
}

function hasParts(value: Value): boolean {
    return typeof value === "object" && value !== null;
}
