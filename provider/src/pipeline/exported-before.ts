import { stat } from "node:fs/promises";
import { fileDigest } from "../file-digest.js";
import type { ReleaseInputs } from "../release/inputs.js";
import type { Artifact } from "../release/state.js";
import type { Pipeline } from "./pipeline.js";

/**
 * The file of a version that an earlier release of the same content has exported and that is still what it was. A platform
 * may pack a version otherwise each time: then no second export would ever be equal to it.
 *
 * @param target the file.
 */
export async function exportedBefore(
    { ledger }: Pick<Pipeline, "ledger">,
    { botId, versionTag }: Pick<ReleaseInputs, "botId" | "versionTag">,
    contentHash: string | undefined,
    target: string,
): Promise<Pick<Artifact, "sha256" | "bytes"> | undefined> {
    const found = await stat(target).catch(() => undefined);
    if (!found?.isFile() || contentHash === undefined) {
        return undefined;
    }
    const sha256 = await fileDigest(target);
    for await (const { bot_id, version_tag, content_hash, details } of ledger.events()) {
        const isOfVersion = bot_id === botId && version_tag === versionTag && content_hash === contentHash;
        if (isOfVersion && details.artifact_sha256 === sha256) {
            return { sha256, bytes: found.size };
        }
    }
    return undefined;
}
