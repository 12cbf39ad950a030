import { mkdir, readFile, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lock } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import type { Clock } from "../clock.js";
import { type Evidence, keptEvidence } from "./evidence.js";
import type { EvidenceStore } from "./store.js";

/** A maker that has not been heard of for so long is dead, in milliseconds. */
const STALE = 5_000;
/** How often whoever waits for a maker looks again, in milliseconds. */
const LOOK_AGAIN = 100;

/** Evidence in files of the user's own, one for each name. */
export class FileEvidenceStore implements EvidenceStore {
    private readonly making = new Map<string, Promise<Evidence>>();

    /**
     * @param folder where the files are.
     * @param lifetime how long evidence counts, in milliseconds.
     */
    constructor(
        private readonly folder: string,
        private readonly lifetime: number,
        private readonly clock: Clock,
    ) {}

    async obtain(key: string, make: () => Promise<Evidence>, counts: Counts = always): Promise<Evidence> {
        const running = this.making.get(key);
        if (running) {
            return running;
        }
        const making = this.obtainAlone(key, make, counts).finally(() => this.making.delete(key));
        this.making.set(key, making);
        return making;
    }

    private async obtainAlone(key: string, make: () => Promise<Evidence>, counts: Counts): Promise<Evidence> {
        const file = join(this.folder, `${key}.json`);
        const kept = await this.read(file, counts);
        if (kept) {
            return kept;
        }
        const release = await this.lock(file);
        if (!release) {
            // A cache that cannot be written costs time, not correctness.
            return make();
        }
        try {
            return (await this.read(file, counts)) ?? (await this.keep(file, await make()));
        } finally {
            await release();
        }
    }

    private async lock(file: string): Promise<(() => Promise<void>) | undefined> {
        try {
            await mkdir(this.folder, { recursive: true, mode: 0o700 });
            for (let beat: Beat | undefined; ; ) {
                const unlock = await tryLock(file);
                if (unlock) {
                    return () => unlock().catch(() => {});
                }
                beat = await breakIfDead(file, beat);
                await delay(LOOK_AGAIN);
            }
        } catch {
            return undefined;
        }
    }

    private async read(file: string, counts: Counts): Promise<Evidence | undefined> {
        const kept = await readKept(file);
        const age = kept ? this.clock.now() - kept.madeAt : -1;
        const evidence = age >= 0 && age < this.lifetime ? (kept?.evidence as Evidence) : undefined;
        return evidence && (await counts(evidence)) ? evidence : undefined;
    }

    private async keep(file: string, evidence: Evidence): Promise<Evidence> {
        const kept = { schema: 1, madeAt: this.clock.now(), evidence };
        await writeFileAtomic(file, `${JSON.stringify(kept)}\n`, { mode: 0o600 }).catch(() => {});
        return evidence;
    }
}

type Counts = (kept: Evidence) => Promise<boolean>;

const always: Counts = async () => true;

async function readKept(file: string) {
    try {
        return keptEvidence.parse(JSON.parse(await readFile(file, "utf8")));
    } catch {
        // Not there, or not readable as evidence: then there is none.
        return undefined;
    }
}

/**
 * Takes the lock of a file, unless somebody else has it.
 *
 * @throws when there can be no lock, such as in a folder that cannot be written: waiting would not help.
 */
async function tryLock(file: string): Promise<(() => Promise<void>) | undefined> {
    try {
        return await lock(file, {
            realpath: false,
            stale: STALE,
            // A lock taken over while this process slept: the result is the same, so there is nothing to undo.
            onCompromised: () => {},
        });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ELOCKED") {
            return undefined;
        }
        throw error;
    }
}

/** When a maker's heart beat last by its own account, and since when that is all that was heard of it. */
interface Beat {
    stamp: number | undefined;
    since: number;
}

/**
 * Breaks the lock of a maker whose heart stands still. The lock's own judgement is by the wall's time: where that was
 * set back, the lock of a maker that was killed would hold for as long.
 */
async function breakIfDead(file: string, last: Beat | undefined): Promise<Beat> {
    const lockFolder = `${file}.lock`;
    const stamp = (await stat(lockFolder).catch(() => undefined))?.mtimeMs;
    // Hearts beat in real time, whatever time a test has.
    const now = performance.now();
    if (last === undefined || last.stamp !== stamp) {
        return { stamp, since: now };
    }
    if (now - last.since > STALE) {
        await rmdir(lockFolder).catch(() => {});
    }
    return last;
}
