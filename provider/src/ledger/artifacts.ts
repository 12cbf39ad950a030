import type { LedgerEvent } from "./event.js";

/** An exported version as a ledger names it. */
export interface NamedArtifact {
    botId: string;
    versionTag: string;
    /** Where it was written: beside `Pulumi.yaml` unless it is absolute. */
    path: string;
    /** 64 hex digits. */
    sha256: string;
}

/** The artifacts that events name, in the order in which they were written; of several under one path, the last one. */
export async function artifactsIn(events: AsyncIterable<LedgerEvent>): Promise<NamedArtifact[]> {
    const byPath = new Map<string, NamedArtifact>();
    for await (const { bot_id, version_tag, details } of events) {
        const { artifact_path: path, artifact_sha256: sha256 } = details;
        if (typeof path === "string" && typeof sha256 === "string") {
            byPath.delete(path);
            byPath.set(path, { botId: bot_id, versionTag: version_tag, path, sha256 });
        }
    }
    return [...byPath.values()];
}
