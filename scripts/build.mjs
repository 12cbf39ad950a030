import { ensureBuild, main, say } from "./setup.mjs";

main(async () => {
    const built = await ensureBuild();
    say(built.length === 0 ? "build: up to date" : `build: done (${built.join(", ")})`);
});
