// Runs jest on a set-up checkout: `npm test -- --selectProjects unit` hands its arguments on.
import { join } from "node:path";
import { needsEngine } from "./lib/jest-arguments.mjs";
import { ensureBuild, ensureEngine, main, root, run } from "./setup.mjs";

main(async () => {
    const args = process.argv.slice(2);
    await ensureBuild();
    const engine = needsEngine(args) ? { PULUMI_COGNIGY_ENGINE: await ensureEngine() } : {};
    const jest = join(root, "node_modules", "jest", "bin", "jest.js");
    const options = { cwd: root, env: { ...process.env, ...engine }, output: "inherit" };
    const { code } = await run(process.execPath, [jest, ...args], options);
    return code;
});
