import { constants } from "node:os";

/** Something that can go wrong on a user's machine: told in its own words, without a stack trace. */
export class Failure extends Error {
    exitCode = 1;
}

/** A signal has ended what was going on: nothing else is tried. */
export class Interrupted extends Failure {
    /** @param {NodeJS.Signals} signal */
    constructor(signal) {
        super(`stopped by ${signal}`);
        this.exitCode = 128 + constants.signals[signal];
    }
}

/**
 * What a caught value says.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function reason(error) {
    return error instanceof Error ? error.message : String(error);
}
