import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { Failure } from "../failure.mjs";
import { askVersion, engineVersion } from "./engine-version.mjs";
import { isExecutable, LANGUAGE_HOST, PULUMI, SHIMS } from "./executables.mjs";
import { ENGINE_VERSION } from "./versions.mjs";

/**
 * Where the engine of the pinned version is kept for this user.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function cacheFolder(env) {
    return join(cacheRoot(env), "engine", `${ENGINE_VERSION}-${process.platform}-${process.arch}`);
}

function cacheRoot(env) {
    return env.PULUMI_COGNIGY_CACHE
        ? resolve(env.PULUMI_COGNIGY_CACHE)
        : join(userCache(env), "pulumi-cognigy");
}

function userCache(env) {
    const home = env.HOME || homedir();
    // A relative path is to be ignored, says the XDG base directory specification.
    if (isAbsolute(env.XDG_CACHE_HOME ?? "")) {
        return env.XDG_CACHE_HOME;
    }
    switch (process.platform) {
        case "darwin":
            return join(home, "Library", "Caches");
        case "win32":
            return env.LOCALAPPDATA ?? join(home, "AppData", "Local");
        default:
            return join(home, ".cache");
    }
}

/**
 * The engine in the cache.
 *
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {string} stamps
 * @returns {Promise<{ folder: string, version: string } | undefined>} nothing when none is there yet
 */
export async function cachedEngine(folder, env, stamps) {
    if (!existsSync(folder)) {
        return undefined;
    }
    assertComplete(folder);
    return { folder, version: await engineVersion(join(folder, PULUMI), env, stamps) };
}

/**
 * Puts an engine into the cache in one step: it is made in a draft folder beside its place, tried, and then moved, so
 * that whatever happens on the way nobody finds half an engine. The caller holds the engine's lock.
 *
 * @param {string} folder
 * @param {(draft: string) => Promise<string>} make Returns the folder within the draft that holds the programs.
 * @param {NodeJS.ProcessEnv} env
 */
export async function addToCache(folder, make, env) {
    const parent = dirname(folder);
    const prefix = `.${basename(folder)}-`;
    for (const abandoned of readdirSync(parent).filter((name) => name.startsWith(prefix))) {
        rmSync(join(parent, abandoned), { recursive: true, force: true });
    }
    const draft = mkdtempSync(join(parent, prefix));
    try {
        const made = await make(draft);
        assertComplete(made);
        await askVersion(join(made, PULUMI), env);
        if (existsSync(folder)) {
            renameSync(folder, join(draft, "replaced"));
        }
        renameSync(made, folder);
    } finally {
        rmSync(draft, { recursive: true, force: true });
    }
}

function assertComplete(folder) {
    const missing = [PULUMI, LANGUAGE_HOST, ...SHIMS].filter((file) => !isExecutable(join(folder, file)));
    if (missing.length > 0) {
        throw new Failure(`${folder} lacks ${missing.join(", ")}`);
    }
}
