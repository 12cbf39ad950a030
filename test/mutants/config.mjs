import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TESTS = new URL("../../provider/tests/", import.meta.url);
const BUNDLE = fileURLToPath(new URL("bundle.mjs", import.meta.url));

/**
 * The files of tests in a folder and below it.
 *
 * @param {string} folder below provider/tests
 * @param {RegExp} [except]
 * @returns {string[]}
 */
export function testsIn(folder, except = /^$/) {
    return readdirSync(new URL(folder, TESTS), { recursive: true })
        .filter((name) => name.endsWith(".test.ts") && !except.test(name))
        .map((name) => `${folder}/${name}`);
}

/**
 * How the mutants of a folder of the provider are tried.
 *
 * @param {string} folder below provider/src
 * @param {string[]} testFiles below provider/tests
 * @returns {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export function configFor(folder, testFiles) {
    // For bundle.mjs.
    process.env.MUTANTS_TESTS = testFiles.join(",");
    return {
        mutate: [`provider/src/${folder}/**/*.ts`],
        // A space in a path is escaped here, not quoted.
        buildCommand: [process.execPath, BUNDLE].map((path) => path.replaceAll(" ", "\\ ")).join(" "),
        testRunner: "jest",
        jest: { configFile: "test/mutants/jest.config.js", enableFindRelatedTests: false },
        coverageAnalysis: "perTest",
        // What runs while a file is loaded is covered by every test, and would need them all.
        ignoreStatic: true,
        // Outside of the repository, where jest would find every package twice.
        tempDirName: join(tmpdir(), "pulumi-cognigy-mutants"),
        ignorePatterns: ["/*", "!/provider", "/provider/dist", "!/test"],
        concurrency: 1,
        // Jest keeps some of what each run loaded: a process that grows to gigabytes gets slow.
        maxTestRunnerReuse: 20,
        // The first run has to watch what each test covers, on a machine that may be busy.
        dryRunTimeoutMinutes: 20,
        reporters: ["clear-text", "progress-append-only", "html", "json"],
        clearTextReporter: { allowColor: false, logTests: false },
        htmlReporter: { fileName: `reports/mutants/${folder}.html` },
        jsonReporter: { fileName: `reports/mutants/${folder}.json` },
    };
}
