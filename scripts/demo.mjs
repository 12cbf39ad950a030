// The main job, told in steps against an emulator of the platform: each step's outcome is checked.
import { ensureBuild, ensureEngine, main } from "./setup.mjs";

main(async () => {
    await ensureBuild();
    const engine = await ensureEngine();
    // The story needs what was installed and built only now.
    const { tellStory } = await import("./demo/story.mjs");
    return tellStory(engine);
});
