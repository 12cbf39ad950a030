import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { say } from "./say.mjs";
import { filesBelow, hashFiles, hashListing, readStamp, writeStamp } from "./stamp.mjs";
import { workspaces } from "./workspaces.mjs";

/**
 * Builds each workspace that has a `build` script and whose sources have changed since it was last built, in the order
 * of the root's `workspaces`. By convention a build reads `src` and the configuration beside it, and writes `dist`.
 *
 * @param {string} root
 * @param {(root: string, args: string[]) => Promise<{ ok: boolean }>} [runNpm]
 * @returns {Promise<string[]>} the names of those that had to be built
 */
export async function buildPackages(root, runNpm = npm) {
    if (stale(root).length === 0) {
        return [];
    }
    return withLock(join(root, ".stamps", "build.lock"), "building the packages", async () => {
        const needed = stale(root);
        for (const { name, stamp, hash, dist } of needed) {
            say(`build: ${name}`);
            const { ok } = await runNpm(root, ["run", "--silent", "build", "-w", name]);
            if (!ok) {
                throw new Failure(`build: ${name} failed; the output above says why`);
            }
            // The hash is from before the build: what was edited meanwhile is built again.
            writeStamp(stamp, stampValue(hash, dist));
        }
        return needed.map(({ name }) => name);
    });
}

/** The packages that must be built now. */
function stale(root) {
    return buildable(root).filter(({ stamp, hash, dist }) => readStamp(stamp) !== stampValue(hash, dist));
}

function stampValue(hash, dist) {
    return `${hash} ${hashListing(dist)}`;
}

function buildable(root) {
    const hashes = new Map();
    return workspaces(root)
        .filter(({ manifest }) => manifest.scripts?.build !== undefined)
        .map(({ folder, manifest }) => {
            const { name, dependencies, devDependencies, peerDependencies } = manifest;
            const uses = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
            // What it is compiled against counts as its source.
            const below = uses.filter((used) => hashes.has(used)).map((used) => hashes.get(used));
            const hash = hashFiles(root, sources(root, folder), below);
            hashes.set(name, hash);
            return {
                name,
                hash,
                dist: join(root, folder, "dist"),
                stamp: join(root, ".stamps", `build-${name}`),
            };
        });
}

function sources(root, folder) {
    const path = join(root, folder);
    const configuration = readdirSync(path)
        .filter((name) => name === "package.json" || name === "build.mjs" || /^tsconfig.*\.json$/.test(name))
        .map((name) => join(path, name));
    const shared = ["package-lock.json", "tsconfig.base.json"].map((name) => join(root, name));
    return [...filesBelow(join(path, "src")), ...configuration, ...shared.filter((file) => existsSync(file))];
}
