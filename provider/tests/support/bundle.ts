import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";

const PROVIDER = join(__dirname, "../..");

/** Bundles a program of the source as it is now, as `build.mjs` does, for processes of its own, or for a browser. */
export function bundle(program: string, to: string, options: readonly string[] = []): void {
    const esbuild = join(dirname(require.resolve("esbuild/package.json")), "bin", "esbuild");
    execFileSync(esbuild, [
        join(PROVIDER, program),
        "--bundle",
        "--platform=node",
        "--target=node20",
        "--format=cjs",
        "--loader:.css=text",
        "--log-level=warning",
        ...options,
        `--outfile=${to}`,
    ]);
}
