import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { ReleaseError } from "../release/failure.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import type { Artifact } from "../release/state.js";
import type { Pipeline } from "./pipeline.js";

/** A file name's part that is longer is cut, and told apart by a digest. */
const LONGEST_PART = 80;

/**
 * Exports the version that went live to `<directory>/<bot>_<tag>.json`: streamed, and whole or not at all.
 *
 * @throws ReleaseError when the file cannot be written.
 */
export async function exportArtifact(
    pipeline: Pipeline,
    release: ReleaseInputs,
    directory: string,
): Promise<Artifact> {
    const path = join(directory, `${fileSafe(release.botId)}_${fileSafe(release.versionTag)}.json`);
    const target = isAbsolute(path) ? path : join(pipeline.projectFolder, path);
    const partial = `${target}.${process.pid}.part`;
    const onDisk = <T>(work: Promise<T>): Promise<T> =>
        work.catch((error: NodeJS.ErrnoException) => {
            throw new ReleaseError(
                `the artifact of ${releaseName(release)} cannot be written to ${target} (${error.code}): ` +
                    "`artifact.directory` is expected to be a folder that can be written.",
            );
        });
    try {
        await onDisk(mkdir(dirname(target), { recursive: true }));
        const written = await pipeline.platform.exportVersion(
            release.botId,
            release.versionTag,
            async (body) => {
                const file: FileHandle = await onDisk(open(partial, "w"));
                try {
                    const hash = createHash("sha256");
                    let bytes = 0;
                    for await (const chunk of body as AsyncIterable<Buffer>) {
                        hash.update(chunk);
                        bytes += chunk.length;
                        await onDisk(file.write(chunk));
                    }
                    return { sha256: hash.digest("hex"), bytes };
                } finally {
                    await file.close();
                }
            },
        );
        await onDisk(rename(partial, target));
        return { path, ...written };
    } finally {
        // Where there is no folder there is no part of a file either: what went wrong before is what is told.
        await rm(partial, { force: true }).catch(() => {});
    }
}

/** A part of a file name: no separators, and nothing that a file system reads otherwise. */
function fileSafe(text: string): string {
    const safe = text.replace(/[^\w.+@~-]/gu, encodeURIComponent);
    return safe.length <= LONGEST_PART
        ? safe
        : `${safe.slice(0, LONGEST_PART)}~${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
}
