import type { Clock } from "../clock.js";
import { type Evidence, keptVerdict, type Verdict } from "./evidence.js";
import { KeptFiles } from "./kept-files.js";
import type { Asking, EvidenceStore } from "./store.js";

/** Verdicts in files of the user's own, one for each name. */
export class FileEvidenceStore implements EvidenceStore {
    private readonly files: KeptFiles<Verdict>;

    /**
     * @param folder where the files are.
     * @param lifetime how long evidence counts, in milliseconds.
     */
    constructor(
        folder: string,
        private readonly lifetime: number,
        private readonly clock: Clock,
    ) {
        this.files = new KeptFiles(folder);
    }

    async kept(key: string): Promise<Evidence | undefined> {
        const asked = this.clock.now();
        const verdict = await this.files.kept(key, { read: (kept) => this.verdictIn(kept, asked, {}) });
        return verdict && "evidence" in verdict ? verdict.evidence : undefined;
    }

    async obtain(key: string, judge: () => Promise<Verdict>, asking: Asking = {}): Promise<Verdict> {
        const asked = this.clock.now();
        return this.files.obtain(key, {
            read: (kept) => this.verdictIn(kept, asked, asking),
            make: judge,
            keep: (verdict) => ({ schema: 2, madeAt: this.clock.now(), asker: asking.asker, verdict }),
        });
    }

    private async verdictIn(
        value: unknown,
        asked: number,
        { counts, asker }: Asking,
    ): Promise<Verdict | undefined> {
        const { data: kept } = keptVerdict.safeParse(value);
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
}
