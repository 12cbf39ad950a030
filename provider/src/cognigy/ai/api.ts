import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { PlatformError } from "../errors.js";
import type { Call, HttpClient } from "../http/client.js";
import * as answers from "./answers.js";

/** What stands before every path. */
const VERSION = "/new/v2.0";
/** As many as a list gives at once. */
const PAGE_SIZE = 100;
/** A list of more than this does not end. */
const MOST_ITEMS = 100_000;

const MB = 1024 * 1024;

/** What a call is made with, beside its path. */
export type CallParts = Omit<Call, "method" | "path">;

/** The calls of the Cognigy.AI API that are the same for all of its resources. */
export class AiApi {
    constructor(readonly http: HttpClient) {}

    get<T>(path: string, shape: z.ZodType<T>, parts: CallParts): Promise<T> {
        return this.http.json({ method: "GET", path: VERSION + path, ...parts }, shape);
    }

    /** Something that need not be there. */
    find<T>(path: string, shape: z.ZodType<T>, parts: CallParts): Promise<T | undefined> {
        return this.http.find({ method: "GET", path: VERSION + path, ...parts }, shape);
    }

    post<T>(path: string, shape: z.ZodType<T>, parts: CallParts): Promise<T> {
        return this.http.json({ method: "POST", path: VERSION + path, ...parts }, shape);
    }

    /** Changes something. Answers differ: with a body or without one. */
    async change(method: "PATCH" | "DELETE", path: string, parts: CallParts): Promise<void> {
        await this.http.status({ method, path: VERSION + path, ...parts }, []);
    }

    /** All items of a list. */
    async all<T>(path: string, item: z.ZodType<T>, parts: CallParts): Promise<T[]> {
        const all: T[] = [];
        const shape = answers.page(item);
        let last: readonly T[] = [];
        for (;;) {
            const query = { ...parts.query, limit: String(PAGE_SIZE), skip: String(all.length) };
            const { items, total } = await this.get(path, shape, { largest: 16 * MB, ...parts, query });
            // A platform that does not look at `skip` gives the same ones again and again.
            const isRepeated = items.length > 0 && isDeepStrictEqual(items, last);
            if (isRepeated || all.length + items.length > MOST_ITEMS) {
                throw new PlatformError(
                    "malformed",
                    `GET ${path}`,
                    `the list ${VERSION}${path} does not end.`,
                );
            }
            last = items;
            all.push(...items);
            if (
                items.length === 0 ||
                (total === undefined ? items.length < PAGE_SIZE : all.length >= total)
            ) {
                return all;
            }
        }
    }
}

/** An id of somebody else's making as a part of a path. */
export function part(id: string): string {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) {
        throw new PlatformError("rejected", id, `"${id.slice(0, 80)}" is no id of the Cognigy.AI API.`);
    }
    return id;
}
