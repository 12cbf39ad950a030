// Checks format, lint rules and types; `--fix` repairs what biome can repair.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { workspaces } from "./lib/workspaces.mjs";
import { ensureBuild, main, root, run, say } from "./setup.mjs";

main(async () => {
    // The packages see each other's types as users do: in what was built.
    await ensureBuild();
    const fix = process.argv.includes("--fix");
    const failed = [];
    if (!(await tool("@biomejs/biome/bin/biome", ["check", ...(fix ? ["--write"] : [])]))) {
        failed.push("biome");
    }
    const folders = [...workspaces(root).map(({ folder }) => folder), "test"];
    for (const folder of folders.filter((name) => existsSync(join(root, name, "tsconfig.json")))) {
        if (!(await tool("typescript/bin/tsc", ["--noEmit", "-p", folder]))) {
            failed.push(`types in ${folder}`);
        }
    }
    say(failed.length === 0 ? "lint: all good" : `lint: failed: ${failed.join(", ")}`);
    return failed.length === 0 ? 0 : 1;
});

/** Runs a tool from node_modules; what it has to say goes where it would go without us. */
async function tool(script, args) {
    const path = join(root, "node_modules", script);
    return (await run(process.execPath, [path, ...args], { cwd: root, output: "inherit" })).ok;
}
