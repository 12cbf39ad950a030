import type { Evidence } from "./evidence.js";

/** Keeps evidence, so that a gate runs once for one content however often it is asked for. */
export interface EvidenceStore {
    /**
     * Gives the evidence of that name, or makes it. Whoever asks for the same evidence meanwhile, in this process or
     * another, waits and gets it too. What `make` throws is thrown to its caller and not kept.
     *
     * @param counts whether evidence that was kept still counts.
     */
    obtain(
        key: string,
        make: () => Promise<Evidence>,
        counts?: (kept: Evidence) => Promise<boolean>,
    ): Promise<Evidence>;
}
