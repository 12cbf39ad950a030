import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Workspace
 * @property {string} folder Relative to the root, with forward slashes: "examples/booking".
 * @property {Record<string, any>} manifest Its package.json.
 */

/**
 * The workspaces in the order in which the root's package.json lists them; `folder/*` stands for each package in it.
 *
 * @param {string} root
 * @returns {Workspace[]}
 */
export function workspaces(root) {
    return readManifest(root)
        .workspaces.flatMap((pattern) =>
            pattern.endsWith("/*") ? children(root, pattern.slice(0, -2)) : [pattern],
        )
        .filter((folder) => existsSync(join(root, folder, "package.json")))
        .map((folder) => ({ folder, manifest: readManifest(join(root, folder)) }));
}

/**
 * @param {string} folder
 * @returns {Record<string, any>}
 */
export function readManifest(folder) {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function children(root, folder) {
    const path = join(root, folder);
    return existsSync(path)
        ? readdirSync(path)
              .sort()
              .map((name) => `${folder}/${name}`)
        : [];
}
