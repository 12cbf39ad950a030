import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure } from "../failure.mjs";
import { engineVersion } from "./engine-version.mjs";
import { findOnPath, isExecutable, LANGUAGE_HOST, PULUMI } from "./executables.mjs";
import { isAtLeast, OLDEST_ENGINE, parseVersion } from "./versions.mjs";

/**
 * The engine on PATH, when it can run this project.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} stamps
 * @returns {Promise<{ folder: string, version: string } | undefined>} nothing when there is none
 */
export async function engineOnPath(env, stamps) {
    const pulumi = findOnPath(PULUMI, env);
    if (pulumi === undefined) {
        return undefined;
    }
    const version = await engineVersion(pulumi, env, stamps);
    const parsed = parseVersion(version);
    if (parsed === undefined || parsed[0] !== 3 || !isAtLeast(parsed, OLDEST_ENGINE)) {
        throw new Failure(
            `${pulumi} is ${version || "of no known version"}; v${OLDEST_ENGINE} or newer (3.x) is needed`,
        );
    }
    const folder = realFolder(pulumi);
    const hasLanguageHost =
        [folder, dirname(pulumi)].some((place) => isExecutable(join(place, LANGUAGE_HOST))) ||
        findOnPath(LANGUAGE_HOST, env) !== undefined;
    if (!hasLanguageHost) {
        throw new Failure(`${pulumi} has no ${LANGUAGE_HOST} beside it, and there is none on PATH`);
    }
    return { folder, version };
}

/** A link to a file of another name is a version manager's: the folder with the engine's name is the one that works. */
function realFolder(pulumi) {
    const real = realpathSync(pulumi);
    return basename(real) === PULUMI ? dirname(real) : realpathSync(dirname(pulumi));
}
