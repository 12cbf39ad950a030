import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The programs that an engine folder holds. */
export const PULUMI = executable("pulumi");
export const LANGUAGE_HOST = executable("pulumi-language-nodejs");
export const SHIMS = ["pulumi-resource-pulumi-nodejs", "pulumi-analyzer-policy"].map((name) =>
    process.platform === "win32" ? `${name}.cmd` : name,
);

/**
 * The file name of a program on this platform.
 *
 * @param {string} name
 * @returns {string}
 */
export function executable(name) {
    return process.platform === "win32" ? `${name}.exe` : name;
}

/**
 * @param {string} file
 * @returns {boolean}
 */
export function isExecutable(file) {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

/**
 * Where a program is on PATH.
 *
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} its full path
 */
export function findOnPath(file, env) {
    return (env.PATH ?? "")
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, file))
        .find(isExecutable);
}
