// Breaks the provider's sources in small ways and tells which breaks no test notices: `npm run mutants -- release/gates` takes
// one file, `-- release` a folder; nothing takes both folders.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { byFolder } from "./lib/mutants.mjs";
import { ensureBuild, main, root, run } from "./setup.mjs";

/** Files in memory: no mutant is about what a power cut leaves on the disk, and the tests would wait for it half of their time. */
const MEMORY = "/dev/shm";

main(async () => {
    // The emulator is taken as it was built.
    await ensureBuild();
    const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
    const temporary = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "pulumi-cognigy-mutants-"));
    const env = { ...process.env, TMPDIR: temporary };
    let worst = 0;
    try {
        for (const [folder, files] of byFolder(process.argv.slice(2))) {
            const chosen = files.length > 0 ? ["--mutate", files.join(",")] : [];
            const args = [stryker, "run", join("test", "mutants", `${folder}.config.mjs`), ...chosen];
            const { code } = await run(process.execPath, args, { cwd: root, env, output: "inherit" });
            worst = Math.max(worst, code);
        }
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
    return worst;
});
