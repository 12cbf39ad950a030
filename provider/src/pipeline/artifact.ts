import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { Readable } from "node:stream";
import { ReleaseError } from "../release/failure.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import type { Artifact } from "../release/state.js";
import { exportedBefore } from "./exported-before.js";
import { partOf, removeAbandonedParts } from "./part.js";
import type { Pipeline } from "./pipeline.js";
import { putIfNew } from "./put-if-new.js";

/** A file name's part that is longer is cut, and told apart by a digest. */
const LONGEST_PART = 80;
const GB = 1024 ** 3;
/** What is larger than this, in bytes, is no exported version: it would fill the disk. */
const LARGEST_ARTIFACT = 2 * GB;

/**
 * Exports the version that went live to `<directory>/<bot>_<tag>.<type>`: streamed, and whole or not at all. A file that is
 * there already is never written over; one that an earlier release of the same content has exported stays as it is.
 *
 * @param contentHash of the version.
 * @param largest bytes.
 * @throws ReleaseError when the file cannot be written, or is there with other content.
 */
export async function exportArtifact(
    pipeline: Pipeline,
    release: ReleaseInputs,
    directory: string,
    contentHash?: string,
    largest = LARGEST_ARTIFACT,
): Promise<Artifact> {
    const path = join(
        directory,
        `${fileSafe(release.botId)}_${fileSafe(release.versionTag)}.${pipeline.platform.artifactType}`,
    );
    const target = isAbsolute(path) ? path : join(pipeline.projectFolder, path);
    const kept = await exportedBefore(pipeline, release, contentHash, target);
    if (kept) {
        return { path, ...kept };
    }
    const part = partOf(target);
    const onDisk = <T>(work: Promise<T>): Promise<T> =>
        work.catch((error: NodeJS.ErrnoException) => {
            throw new ReleaseError(
                `the artifact of ${releaseName(release)} cannot be written to ${target} (${error.code}): ` +
                    "`artifact.directory` is expected to be a folder that can be written.",
            );
        });
    const write = async (body: Readable): Promise<Pick<Artifact, "sha256" | "bytes">> => {
        const file = await onDisk(open(part, "w"));
        try {
            const hash = createHash("sha256");
            let bytes = 0;
            for await (const chunk of body as AsyncIterable<Buffer>) {
                hash.update(chunk);
                bytes += chunk.length;
                if (bytes > largest) {
                    throw new ReleaseError(
                        `the artifact of ${releaseName(release)} is larger than ${Number((largest / GB).toFixed(3))} GB: ` +
                            "expected the exported version.",
                    );
                }
                // Not `write`: on a disk that gets full it writes a part, and is content.
                await onDisk(file.writeFile(chunk));
            }
            await onDisk(file.sync());
            return { sha256: hash.digest("hex"), bytes };
        } finally {
            await file.close();
        }
    };
    try {
        await onDisk(mkdir(dirname(target), { recursive: true }));
        await removeAbandonedParts(dirname(target));
        const written = await pipeline.platform.exportVersion(release.botId, release.versionTag, write);
        const there = await onDisk(putIfNew(part, target));
        if (there !== undefined && there !== written.sha256) {
            throw new ReleaseError(
                `${target} is there with other content, and an artifact is never written over: its SHA-256 is ${there}, that ` +
                    `of the artifact of ${releaseName(release)} is ${written.sha256}. Move the file away, or declare another ` +
                    "`artifact.directory`.",
            );
        }
        return { path, ...written };
    } finally {
        // Where there is no folder there is no part of a file either: what went wrong before is what is told.
        await rm(part, { force: true }).catch(() => {});
    }
}

/** A part of a file name: no separators, and nothing that a file system reads otherwise. */
function fileSafe(text: string): string {
    // Not `encodeURIComponent`: it leaves an asterisk as it is.
    const safe = text.replace(/[^\w.+@~-]/gu, (character) =>
        Buffer.from(character).toString("hex").toUpperCase().replace(/../g, "%$&"),
    );
    return safe.length <= LONGEST_PART
        ? safe
        : `${safe.slice(0, LONGEST_PART)}~${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
}
