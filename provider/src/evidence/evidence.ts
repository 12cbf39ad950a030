import { z } from "zod";
import { digest } from "../release/canonical.js";
import type { FlowReference } from "../release/flow.js";
import type { GateSummary } from "../release/gates.js";
import type { ReleaseInputs } from "../release/inputs.js";

/** Proof that one content of a flow passed one set of gates. Holds no credential. */
export interface Evidence {
    /** Names the content: `sha256:<hex>`. */
    contentHash: string;
    /** Names what the flow needed: `sha256:<hex>` over the listing. */
    dependencies: string;
    gates: GateSummary;
}

/** What a gate's result depends on, beside what the flow needs: that is long in coming, and stands in the evidence. */
export interface EvidenceSubject extends FlowReference {
    platform: string;
    /**
     * A new version is judged anew, even with the same content: what its gates look at, such as an intent's example
     * sentences, is not all in the flow.
     */
    versionTag: string;
    contentHash: string;
    gates: Pick<ReleaseInputs, "dependencies" | "simulation">;
}

/** Evidence as it is kept: when it was made decides how long it counts. */
export const keptEvidence = z.object({
    schema: z.literal(1),
    /** Milliseconds since 1970. */
    madeAt: z.number(),
    evidence: z.object({
        contentHash: z.string(),
        dependencies: z.string(),
        gates: z.object({
            dependencies: z.object({ validated: z.boolean(), checked: z.number() }),
            simulation: z
                .object({
                    passed: z.number(),
                    total: z.number(),
                    passRate: z.number(),
                    minPassRate: z.number(),
                })
                .optional(),
        }),
    }),
});

/** Names the evidence for a subject: 64 hex digits, the same for the same subject. */
export function evidenceKey(subject: EvidenceSubject): string {
    return digest(subject).slice("sha256:".length);
}
