// Bundles the package: one file for each way in, so that the engine's provider process loads little and finds all of it.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const typescript = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
);

// Files of their own, which are loaded when they are needed, and not before: a ledger in PostgreSQL, spans for a collector,
// the page of a report and what draws it.
const BESIDE_US = {
    pg: "./pg.js",
    "./spans.js": "./spans.js",
    "../report/page/page.js": "./report-page.js",
};
const besideUs = {
    name: "beside-us",
    setup({ onResolve }) {
        onResolve({ filter: /^(pg|\.\/spans\.js|\.\.\/report\/page\/page\.js)$/ }, ({ kind, path }) =>
            kind === "entry-point" ? undefined : { path: BESIDE_US[path], external: true },
        );
    },
};

// Of undici only what makes a call: its own index takes along fetch, web sockets, mocks and caches, half a megabyte.
const AGENT = `
const Dispatcher = require("undici/lib/dispatcher/dispatcher");
Dispatcher.prototype.request = require("undici/lib/api/api-request");
exports.Agent = require("undici/lib/dispatcher/agent");
`;
const onlyTheAgent = {
    name: "only-the-agent",
    setup({ onResolve, onLoad }) {
        onResolve({ filter: /^undici$/ }, () => ({ path: "undici", namespace: "only-the-agent" }));
        onLoad({ filter: /./, namespace: "only-the-agent" }, () => ({ contents: AGENT, resolveDir: here }));
        // HTTP/2 is off unless an agent asks for it, and takes another part of Node along.
        onLoad({ filter: /undici\/lib\/dispatcher\/client-h2\.js$/ }, () => ({ contents: "" }));
    },
};

const common = {
    absWorkingDir: here,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["@pulumi/pulumi"],
    legalComments: "linked",
    logLevel: "warning",
    plugins: [besideUs, onlyTheAgent],
};

/** Only read when a report is drawn: small counts for more than readable. */
const PAGE = { loader: { ".css": "text" }, minify: true };

rmSync(join(here, "dist"), { recursive: true, force: true });
await build({
    ...common,
    // Loaded four times in each `up`, by the program and by the engine's host: each kilobyte is read and parsed.
    minify: true,
    entryPoints: { provider: "src/provider.ts" },
    outdir: "dist",
});
await build({ ...common, entryPoints: { release: "src/release/index.ts" }, outdir: "dist" });
await build({
    ...common,
    // Loaded when the first release asks for it, and not at all by programs that only read types.
    external: [...common.external, "./provider.js"],
    entryPoints: { index: "src/index.ts" },
    outdir: "dist",
});
await build({
    ...common,
    entryPoints: { cli: "src/cli/main.ts", pg: "pg", spans: "src/telemetry/spans.ts" },
    outdir: "dist",
});
await build({
    ...common,
    ...PAGE,
    entryPoints: { "report-page": "src/report/page/page.tsx" },
    outdir: "dist",
});
await build({
    ...common,
    ...PAGE,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: { "report-script": "src/report/page/browser.tsx" },
    outdir: "dist",
});
execFileSync(process.execPath, [typescript, "-p", join(here, "tsconfig.build.json")], { stdio: "inherit" });
