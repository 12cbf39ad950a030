import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Resource } from "./resource";
import { TaskFailure } from "./tasks";

/** What a file brings from one project into another. */
export interface Archive {
    readonly name: string;
    readonly description: string;
    readonly resources: readonly Resource[];
}

const cipher = "aes-256-gcm";
/** Keeps nothing secret: it makes snapshot files as opaque as the real ones are. */
const key = createHash("sha256").update("cognigy-emulator").digest();
const nonceBytes = 12;
const tagBytes = 16;
const entryName = "package.json";

/** A snapshot as a file (.csnap): opaque bytes. */
export function sealSnapshot(archive: Archive): Buffer {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, key, nonce);
    const body = Buffer.concat([sealing.update(JSON.stringify(archive)), sealing.final()]);
    return Buffer.concat([nonce, sealing.getAuthTag(), body]);
}

/** @throws TaskFailure when the bytes are no snapshot, or not a whole one */
export function openSnapshot(bytes: Buffer): Archive {
    return opened("snapshot", () => {
        const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes));
        opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        const body = opening.update(bytes.subarray(nonceBytes + tagBytes));
        return Buffer.concat([body, opening.final()]).toString();
    });
}

/** A package as a file (.zip). */
export function zipPackage(archive: Archive): Buffer {
    return Buffer.from(zipSync({ [entryName]: strToU8(JSON.stringify(archive)) }));
}

/** @throws TaskFailure when the bytes are no package, or not a whole one */
export function unzipPackage(bytes: Buffer): Archive {
    return opened("package", () => {
        const entry = unzipSync(bytes)[entryName];
        if (entry === undefined) {
            throw new Error(`It has no ${entryName}.`);
        }
        return strFromU8(entry);
    });
}

function opened(kind: string, read: () => string): Archive {
    try {
        return JSON.parse(read()) as Archive;
    } catch {
        throw new TaskFailure(`The uploaded file is not a valid ${kind}.`);
    }
}
