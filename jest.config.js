// Dependencies that are ESM only, or import() something, are compiled too: jest's module loader can do neither as Node does.
const transform = {
    "^.+\\.(ts|js|mjs)$": [
        "@swc/jest",
        { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
};
const esmOnly = [
    "@opentelemetry",
    "p-retry",
    "p-limit",
    "yocto-queue",
    "is-network-error",
    "zod",
    "fast-check",
    "pure-rand",
];
const shared = {
    transform,
    transformIgnorePatterns: [`/node_modules/(?!(?:${esmOnly.join("|")})/)`],
    moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
    testEnvironment: "node",
};

/** @type {import("jest").Config} */
module.exports = {
    projects: [
        {
            ...shared,
            displayName: "unit",
            testMatch: [
                "<rootDir>/{provider,emulator,policy-pack}/**/*.test.ts",
                "<rootDir>/scripts/**/*.test.mjs",
            ],
            testPathIgnorePatterns: ["/node_modules/", "/dist/"],
        },
        { ...shared, displayName: "engine", testMatch: ["<rootDir>/test/**/*.test.ts"] },
    ],
    testSequencer: "./scripts/lib/slow-first.cjs",
    // The engine needs both cores; side by side the runs only get in each other's way.
    maxWorkers: 2,
    // Half a second is little for a worker to end in, where others have the cores; it is waited for no longer than it takes.
    workerGracefulExitTimeout: 30_000,
    // Nothing waits for real time; a machine that does something else beside it may be slow all the same.
    testTimeout: 20_000,
};
