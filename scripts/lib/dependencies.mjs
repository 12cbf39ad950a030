import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { say } from "./say.mjs";
import { hashFiles, readStamp, writeStamp } from "./stamp.mjs";
import { readManifest, workspaces } from "./workspaces.mjs";

const DECLARED = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/**
 * Makes sure that node_modules holds what package-lock.json says.
 *
 * @param {string} root
 * @param {(root: string, args: string[]) => Promise<{ ok: boolean }>} [runNpm]
 * @returns {Promise<boolean>} whether anything had to be installed
 */
export async function installDependencies(root, runNpm = npm) {
    // In node_modules, so that it goes when node_modules goes: npm removes that folder before it installs.
    const stamp = join(root, "node_modules", ".setup-stamp");
    const isCurrent = () => readStamp(stamp) === fingerprint(root);
    if (isCurrent()) {
        return false;
    }
    return withLock(join(root, ".stamps", "dependencies.lock"), "installing the dependencies", async () => {
        if (isCurrent()) {
            return false;
        }
        const current = fingerprint(root);
        const installed = !isInstalledByHand(root);
        if (installed) {
            say("dependencies: installing what package-lock.json lists (npm ci), once");
            const { ok } = await runNpm(root, ["ci", "--include=dev", "--no-audit", "--no-fund"]);
            if (!ok) {
                throw new Failure("dependencies: `npm ci` failed; its output above says why");
            }
        }
        writeStamp(stamp, current);
        return installed;
    });
}

/** Native packages differ by platform: a checkout that a container and its host share is installed for one of them. */
function fingerprint(root) {
    const manifests = workspaces(root).map(({ folder }) => join(root, folder, "package.json"));
    const files = [join(root, "package-lock.json"), join(root, "package.json"), ...manifests];
    return hashFiles(root, files, [process.platform, process.arch]);
}

/**
 * Whether npm has already put exactly the locked packages in place, for all that the package.json files declare. npm
 * notes what it installed in a file of its own, written last.
 */
function isInstalledByHand(root) {
    const noted = join(root, "node_modules", ".package-lock.json");
    if (!existsSync(noted)) {
        return false;
    }
    const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const installed = JSON.parse(readFileSync(noted, "utf8")).packages;

    const declared = [{ folder: "", manifest: readManifest(root) }, ...workspaces(root)];
    const lockIsCurrent = declared.every(({ folder, manifest }) =>
        DECLARED.every(
            (field) => JSON.stringify(manifest[field]) === JSON.stringify(locked[folder]?.[field]),
        ),
    );
    const isInPlace = ([path, entry]) => {
        const there = installed[path];
        return there === undefined
            ? entry.optional === true
            : there.version === entry.version &&
                  there.integrity === entry.integrity &&
                  existsSync(join(root, path));
    };
    return (
        lockIsCurrent &&
        Object.entries(locked)
            .filter(([path]) => path !== "")
            .every(isInPlace)
    );
}
