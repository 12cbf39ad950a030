import * as z from "zod";
import type { Clock } from "../clock.js";
import type { Cache } from "./cache.js";
import { KeptFiles } from "./kept-files.js";

/** A value as it is kept. */
const kept = z.object({
    schema: z.literal(1),
    /** Milliseconds since 1970. */
    madeAt: z.number(),
    value: z.unknown(),
});

/** A cache in files of the user's own, one for each name. */
export class FileCache implements Cache {
    private readonly files: KeptFiles<unknown>;

    /**
     * @param folder where the files are.
     * @param lifetime how long a value counts, in milliseconds.
     */
    constructor(
        folder: string,
        private readonly lifetime: number,
        private readonly clock: Clock,
    ) {
        this.files = new KeptFiles(folder);
    }

    async obtain<T>(key: string, shape: z.ZodType<T>, find: () => Promise<T>): Promise<T> {
        return (await this.files.obtain(key, {
            read: (file) => this.valueIn(file, shape),
            make: find,
            keep: (value) => ({ schema: 1, madeAt: this.clock.now(), value }),
        })) as T;
    }

    private valueIn<T>(file: unknown, shape: z.ZodType<T>): T | undefined {
        const { data } = kept.safeParse(file);
        const age = data ? this.clock.now() - data.madeAt : -1;
        return data && age >= 0 && age < this.lifetime ? shape.safeParse(data.value).data : undefined;
    }
}
