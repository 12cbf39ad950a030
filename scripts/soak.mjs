// Plays random histories of releases against the emulator until it is told to stop: Ctrl-C, `--histories N`, `--minutes N`.
// `--seed S` says where to begin; alone it plays that one history again.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ensureBuild, main, root, run } from "./setup.mjs";

main(async () => {
    // The emulator is taken as it was built.
    await ensureBuild();
    const outfile = join(root, ".stamps", "soak.cjs");
    mkdirSync(join(root, ".stamps"), { recursive: true });
    await build({
        entryPoints: [join(root, "provider", "tests", "model", "soak.ts")],
        outfile,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        sourcemap: "inline",
        external: ["cognigy-emulator"],
        logLevel: "warning",
    });
    const args = ["--enable-source-maps", outfile, ...process.argv.slice(2)];
    const { code } = await run(process.execPath, args, { cwd: root, output: "inherit" });
    return code;
});
