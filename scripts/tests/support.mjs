import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The checkout under test: jest runs in it. */
export const checkout = process.cwd();

/**
 * A new empty folder for each test of a file, removed afterwards.
 *
 * @returns {(...parts: string[]) => string} the path of something in the current test's folder
 */
export function useFolder() {
    let folder;
    beforeEach(() => {
        folder = realpathSync(mkdtempSync(join(tmpdir(), "scripts-test-")));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    return (...parts) => join(folder, ...parts);
}

/**
 * Collects what the code under test says on stderr.
 *
 * @returns {() => string} what was said in the current test
 */
export function useSaid() {
    let spy;
    beforeEach(() => {
        spy = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
    });
    afterEach(() => spy.mockRestore());
    return () => spy.mock.calls.map(([text]) => text).join("");
}

/**
 * Writes a file and the folders that it needs.
 *
 * @param {string} file
 * @param {string | object} content An object is written as JSON.
 */
export function write(file, content) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

/**
 * Writes an executable shell script.
 *
 * @param {string} file
 * @param {string} body
 */
export function writeProgram(file, body) {
    write(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
}

/**
 * Starts an ES module, given as text, in a process of its own.
 *
 * @param {string} code May import from `./scripts/…`.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function startModule(code, env) {
    return start(process.execPath, ["--input-type=module", "--eval", code], env);
}

/**
 * Starts a program in the checkout.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function start(command, args, env = process.env) {
    const child = spawn(command, args, { cwd: checkout, env, stdio: ["ignore", "pipe", "pipe"] });
    const printed = { stdout: "", stderr: "" };
    const waiting = new Set();
    for (const stream of ["stdout", "stderr"]) {
        child[stream].setEncoding("utf8").on("data", (text) => {
            printed[stream] += text;
            for (const check of waiting) {
                check();
            }
        });
    }
    const ended = new Promise((resolve) => {
        child.on("close", (code, signal) => resolve({ code, signal, ...printed }));
    });
    /** Resolves when stdout and stderr together match; fails when the program ends before. */
    const says = (pattern) =>
        new Promise((resolve, reject) => {
            const check = () => {
                if (pattern.test(printed.stdout + printed.stderr)) {
                    waiting.delete(check);
                    resolve();
                }
            };
            waiting.add(check);
            check();
            ended.then(() => reject(new Error(`never said ${pattern}: ${printed.stdout}${printed.stderr}`)));
        });
    return { child, ended, says };
}
