/** The engine that is installed or built where none is at hand. The pinned modules in scripts/engine are of this version. */
export const ENGINE_VERSION = "3.170.0";

/** The newest command of the SDK module that the Go module proxy serves. */
export const LANGUAGE_HOST_VERSION = "3.68.0";

/** The oldest engine on PATH that is used. */
export const OLDEST_ENGINE = "3.150.0";

/** The oldest Go that builds the pinned modules. */
export const OLDEST_GO = "1.23.0";

/**
 * @typedef {[major: number, minor: number, patch: number]} Version
 */

/**
 * The version in a text such as `v3.170.0`, `v3.200.0-alpha.1` or `go version go1.23 linux/amd64`.
 *
 * @param {string} text
 * @returns {Version | undefined}
 */
export function parseVersion(text) {
    const [, major, minor, patch] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
    return major === undefined ? undefined : [Number(major), Number(minor), Number(patch ?? 0)];
}

/**
 * @param {Version} version
 * @param {string} oldest
 * @returns {boolean}
 */
export function isAtLeast(version, oldest) {
    const wanted = parseVersion(oldest);
    const different = version.findIndex((number, index) => number !== wanted[index]);
    return different === -1 || version[different] > wanted[different];
}
