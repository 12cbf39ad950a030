import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Clock } from "../clock.js";
import { type Held, holdFile } from "../file-lock.js";
import { keptVerdict, type Verdict } from "./evidence.js";
import type { Asking, EvidenceStore } from "./store.js";

/** How often whoever waits for a maker looks again, in milliseconds. */
const LOOK_AGAIN = 100;

/** Verdicts in files of the user's own, one for each name. */
export class FileEvidenceStore implements EvidenceStore {
    private readonly judging = new Map<string, Promise<Verdict>>();

    /**
     * @param folder where the files are.
     * @param lifetime how long evidence counts, in milliseconds.
     */
    constructor(
        private readonly folder: string,
        private readonly lifetime: number,
        private readonly clock: Clock,
    ) {}

    async obtain(key: string, judge: () => Promise<Verdict>, asking: Asking = {}): Promise<Verdict> {
        const running = this.judging.get(key);
        if (running) {
            return running;
        }
        const judging = this.obtainAlone(key, judge, asking).finally(() => this.judging.delete(key));
        this.judging.set(key, judging);
        return judging;
    }

    private async obtainAlone(key: string, judge: () => Promise<Verdict>, asking: Asking): Promise<Verdict> {
        const file = join(this.folder, `${key}.json`);
        const asked = this.clock.now();
        const kept = await this.read(file, asked, asking);
        if (kept) {
            return kept;
        }
        const held = await this.lock(file);
        if (!held) {
            // A cache that cannot be written costs time, not correctness.
            return judge();
        }
        try {
            return (
                (await this.read(file, asked, asking)) ?? (await this.keep(file, await judge(), asking.asker))
            );
        } finally {
            await held.release();
        }
    }

    private async lock(file: string): Promise<Held | undefined> {
        try {
            await mkdir(this.folder, { recursive: true, mode: 0o700 });
            // A lock that is lost while this process sleeps: the result is the same, so there is nothing to undo.
            return await holdFile(file, { lookAgain: LOOK_AGAIN });
        } catch {
            return undefined;
        }
    }

    private async read(file: string, asked: number, { counts, asker }: Asking): Promise<Verdict | undefined> {
        const kept = await readKept(file);
        const age = kept ? this.clock.now() - kept.madeAt : -1;
        if (!kept || age < 0 || age >= this.lifetime) {
            return undefined;
        }
        const verdict = kept.verdict as Verdict;
        if ("blocked" in verdict) {
            const same = asker !== undefined && asker === kept.asker;
            return same || kept.madeAt > asked ? verdict : undefined;
        }
        return !counts || (await counts(verdict.evidence)) ? verdict : undefined;
    }

    private async keep(file: string, verdict: Verdict, asker: string | undefined): Promise<Verdict> {
        const kept = { schema: 2, madeAt: this.clock.now(), asker, verdict };
        // No wait for the disk: what a power cut leaves of it is no verdict, and is judged anew.
        await writeFileAtomic(file, `${JSON.stringify(kept)}\n`, { mode: 0o600, fsync: false }).catch(
            () => {},
        );
        return verdict;
    }
}

async function readKept(file: string) {
    try {
        return keptVerdict.parse(JSON.parse(await readFile(file, "utf8")));
    } catch {
        // Not there, or not readable as a verdict: then there is none.
        return undefined;
    }
}
