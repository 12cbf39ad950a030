// Breaks the provider's sources in small ways and tells which breaks no test notices: `npm run mutants -- release/gates` takes
// one file, `-- release` a folder; nothing takes both folders.
import { join } from "node:path";
import { byFolder } from "./lib/mutants.mjs";
import { ensureBuild, main, root, run } from "./setup.mjs";

main(async () => {
    // The emulator is taken as it was built.
    await ensureBuild();
    const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
    let worst = 0;
    for (const [folder, files] of byFolder(process.argv.slice(2))) {
        const chosen = files.length > 0 ? ["--mutate", files.join(",")] : [];
        const args = [stryker, "run", join("test", "mutants", `${folder}.config.mjs`), ...chosen];
        const { code } = await run(process.execPath, args, { cwd: root, output: "inherit" });
        worst = Math.max(worst, code);
    }
    return worst;
});
