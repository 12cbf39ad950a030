import type * as z from "zod";

/** Keeps for a while what costs calls to find out and may be a little old: for people to look at, never to decide by. */
export interface Cache {
    /**
     * Gives what is kept under a name, or finds it out. Whoever asks for the same meanwhile, in this process or another,
     * waits and gets the same. What `find` throws is thrown to its caller and not kept.
     *
     * @param key goes into a file's name: hex digits.
     * @param shape what does not have it is found out anew.
     */
    obtain<T>(key: string, shape: z.ZodType<T>, find: () => Promise<T>): Promise<T>;
}
