import type { Evidence, Verdict } from "./evidence.js";

/** Who asks for a verdict. */
export interface Asking {
    /** Whether evidence that was kept still counts; it does unless this says otherwise. */
    counts?: (kept: Evidence) => Promise<boolean>;
    /** Names who asks. What was refused to this one before is refused again, and not judged anew. */
    asker?: string | undefined;
}

/** Keeps verdicts, so that a gate runs once for one content however often it is asked for. */
export interface EvidenceStore {
    /** The evidence of that name that is kept and still counts. */
    kept(key: string): Promise<Evidence | undefined>;
    /**
     * Gives the evidence of that name, or has it judged. Whoever asks for the same meanwhile, in this process or another,
     * waits and gets the same verdict, a refusal too; who asks later has what was refused judged anew. What `judge` throws
     * is thrown to its caller and not kept.
     */
    obtain(key: string, judge: () => Promise<Verdict>, asking?: Asking): Promise<Verdict>;
}
