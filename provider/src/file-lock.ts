import * as fs from "node:fs";
import { rmdir, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { lock } from "proper-lockfile";

/** A holder that has not been heard of for so long is dead, in milliseconds. */
const STALE = 5_000;

/** A file that nobody else holds. */
export interface Held {
    /** Whether somebody else took it over, because this process was not heard of for too long. */
    readonly lost: boolean;
    release(): Promise<void>;
}

/** How one waits for a file, in milliseconds. */
export interface Waiting {
    /** How long it is until one looks again; by half of it longer or shorter, so that not all look at the same time. */
    lookAgain: number;
    /** How long one waits at most. */
    patience?: number;
}

/**
 * Waits until nobody else on this machine, or on a file system that is shared, holds a file, which need not exist. What a
 * dead process holds is taken over.
 *
 * @throws an error with the code `ELOCKED` when others hold it for too long, and another one when there can be no lock, such
 * as in a folder that cannot be written.
 */
export async function holdFile(
    path: string,
    { lookAgain, patience = Number.POSITIVE_INFINITY }: Waiting,
): Promise<Held> {
    // Hearts beat in real time, whatever time a test has.
    const until = performance.now() + patience;
    for (let beat: Beat | undefined; ; ) {
        try {
            return await tryToHold(path);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ELOCKED" || performance.now() > until) {
                throw error;
            }
        }
        beat = await breakIfDead(path, beat);
        await delay(lookAgain * (0.5 + Math.random()));
    }
}

/**
 * The file system as a lock uses it. What takes microseconds is done in place: handing it to another thread and back takes
 * ten times as long. Taking a folder away may have to wait for the disk.
 */
const mostlyInPlace = {
    ...fs,
    mkdir: called(fs.mkdirSync),
    stat: called(fs.statSync),
    utimes: called(fs.utimesSync),
};

type Callback = (error: unknown, result?: unknown) => void;

/** A function of the file system as it is called when its result is handed to a callback. */
function called(work: (path: string, ...args: never[]) => unknown) {
    return (...args: unknown[]) => {
        const done = args.pop() as Callback;
        let result: unknown;
        try {
            result = work(...(args as [string, ...never[]]));
        } catch (error) {
            done(error);
            return;
        }
        done(null, result);
    };
}

async function tryToHold(path: string): Promise<Held> {
    let lost = false;
    const unlock = await lock(path, {
        realpath: false,
        stale: STALE,
        fs: mostlyInPlace,
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

/** When a holder's heart beat last by its own account, and since when that is all that was heard of it. */
interface Beat {
    stamp: number | undefined;
    since: number;
}

/**
 * Breaks the lock of a holder whose heart stands still. The lock's own judgement is by the wall's time: where that was
 * set back, the lock of a process that was killed would hold for as long.
 */
async function breakIfDead(path: string, last: Beat | undefined): Promise<Beat> {
    const lockFolder = `${path}.lock`;
    const stamp = (await stat(lockFolder).catch(() => undefined))?.mtimeMs;
    const now = performance.now();
    if (last === undefined || last.stamp !== stamp) {
        return { stamp, since: now };
    }
    if (now - last.since > STALE) {
        await rmdir(lockFolder).catch(() => {});
    }
    return last;
}
