import type { Json, JsonObject } from "../json";
import { isJsonObject } from "../json";

/** What a resource is called in HAL. */
export interface HalNames {
    /** Such as `snapshot`: the `_id` becomes `snapshotId`. */
    readonly one: string;
    /** Such as `snapshots`: where lists are. */
    readonly many: string;
}

/** The same answer in the other format of the API (application/hal+json). */
export function halOf(answer: Json, { one, many }: HalNames, path: string): Json {
    if (!isJsonObject(answer)) {
        return answer;
    }
    const { items, nextCursor, previousCursor, ...rest } = answer;
    if (!Array.isArray(items)) {
        return itemOf(answer, one, path);
    }
    return {
        _links: { self: { href: path } },
        ...rest,
        next: nextCursor ?? null,
        previous: previousCursor ?? null,
        _embedded: {
            [many]: (items as readonly JsonObject[]).map((item) => itemOf(item, one, `${path}/${item._id}`)),
        },
    };
}

function itemOf({ _id, ...item }: JsonObject, one: string, path: string): JsonObject {
    return {
        _links: { self: { href: path } },
        ...(_id === undefined ? {} : { [`${one}Id`]: _id }),
        ...item,
    };
}
