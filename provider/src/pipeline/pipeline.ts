import type { Clock } from "../clock.js";
import type { Platform } from "../cognigy/platform.js";
import type { Cache } from "../evidence/cache.js";
import type { Handover } from "../evidence/handover.js";
import type { EvidenceStore } from "../evidence/store.js";
import type { Ledger } from "../ledger/ledger.js";
import type { FreezeWindow } from "../release/freeze.js";
import type { Trace } from "../telemetry/trace.js";

/** What the steps of a release work with. */
export interface Pipeline {
    platform: Platform;
    evidence: EvidenceStore;
    /** What other flows use, for a while. */
    cache: Cache;
    /** From the gates that are started ahead to `check`, which is asked in another process. */
    handover: Handover;
    ledger: Ledger;
    clock: Clock;
    /** A number from 0 up to 1. */
    random: () => number;
    /** Runs a task when fewer than `cognigy:maxConcurrency` others of all releases are running. */
    limit: <T>(task: () => Promise<T>) => Promise<T>;
    /** When nothing is released. */
    freezeWindows: readonly FreezeWindow[];
    /** The folder that relative paths of a release start from. */
    projectFolder: string;
    /** Lets an observer know how long each part of a release takes. */
    trace: Trace;
    /** Tells people how far a release is, one line at a time. */
    progress: (line: string) => void;
}
