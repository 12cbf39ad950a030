import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

/** A new empty folder, which {@link removeTemporaryFolders} takes away. */
export function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-test-"));
    folders.push(folder);
    return folder;
}

/** For `afterAll`. */
export function removeTemporaryFolders(): void {
    for (const folder of folders.splice(0)) {
        rmSync(folder, { recursive: true, force: true });
    }
}
