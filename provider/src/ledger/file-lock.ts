import { lock } from "proper-lockfile";

/** A holder that has not been heard of for so long is dead, in milliseconds. */
const STALE = 10_000;
/** How often it is looked again, at most: about half a minute in all. */
const RETRIES = { retries: 1500, factor: 1, minTimeout: 10, maxTimeout: 10, randomize: true };

/** A file that nobody else appends to. */
export interface Held {
    /** Whether somebody else took the lock over, because this process was not heard of for too long. */
    readonly lost: boolean;
    release(): Promise<void>;
}

/**
 * Waits for a file of one's own. What a dead process holds is taken over.
 *
 * @param path a file that exists; links are followed, so that all its names have one lock.
 * @throws an error with the code `ELOCKED` when others hold it for too long.
 */
export async function holdFile(path: string): Promise<Held> {
    let lost = false;
    const unlock = await lock(path, {
        stale: STALE,
        retries: RETRIES,
        onCompromised: () => {
            lost = true;
        },
    });
    return {
        get lost() {
            return lost;
        },
        // A lock that cannot be taken away any more is stale soon.
        release: () => unlock().catch(() => undefined),
    };
}
