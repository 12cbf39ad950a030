import * as z from "zod";
import { digest } from "../release/canonical.js";
import type { FlowReference } from "../release/flow.js";
import type { Blocked, GateSummary } from "../release/gates.js";
import type { ReleaseInputs } from "../release/inputs.js";

/** Proof that one content of a flow passed one set of gates. Holds no credential. */
export interface Evidence {
    /** Names the content: `sha256:<hex>`. */
    contentHash: string;
    /** Names what the flow needed: `sha256:<hex>` over the listing. */
    dependencies: string;
    gates: GateSummary;
}

/** What the gates say of one content: that it passed, or what one of them refused it for. */
export type Verdict = { evidence: Evidence } | { blocked: Blocked };

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

const evidence = z.object({
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
});

const blocked = z.object({
    gate: z.enum(["dependency_validation_failed", "simulation_failed"]),
    summary: z.string(),
    findings: z.array(z.string()),
    advice: z.string(),
});

/** A verdict as it is kept. */
export const keptVerdict = z.object({
    schema: z.literal(2),
    /** Milliseconds since 1970: decides how long evidence counts. */
    madeAt: z.number(),
    /** The asker that it was made for: a refusal counts for that one. */
    asker: z.string().optional(),
    verdict: z.union([z.object({ evidence }), z.object({ blocked })]),
});

/** Names the evidence for a subject: 64 hex digits, the same for the same subject. */
export function evidenceKey(subject: EvidenceSubject): string {
    return digest(subject).slice("sha256:".length);
}
