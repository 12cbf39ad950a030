import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineEnv } from "./engine/env.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

/**
 * A stack of a throw-away Pulumi project, apart from everything of the user's: own state, own home, own caches.
 */
export class Stack {
    /**
     * @param {string} engine The folder that holds `pulumi`.
     * @param {object} options
     * @param {Record<string, string>} options.files The project's files by name; `Pulumi.yaml` among them.
     * @param {NodeJS.ProcessEnv} [options.env] Added to the environment, such as the credentials.
     * @param {string} [options.modules] The `node_modules` that the program sees; the workspace's own by default.
     */
    constructor(engine, { files, env = {}, modules = join(root, "node_modules") }) {
        /** The folder that holds all of it. */
        this.folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-"));
        /** The folder of `Pulumi.yaml`. */
        this.project = this.make("project");
        for (const [name, text] of Object.entries(files)) {
            this.write(name, text);
        }
        symlinkSync(modules, join(this.project, "node_modules"));
        /** @type {Record<string, string>} */
        this.env = {
            ...engineEnv(engine, { home: this.make("home"), backend: this.make("state") }),
            XDG_CACHE_HOME: this.make("cache"),
            ...env,
        };
    }

    /** @param {string} name */
    make(name) {
        const folder = join(this.folder, name);
        mkdirSync(folder);
        return folder;
    }

    /**
     * Writes a file of the project.
     *
     * @param {string} name
     * @param {string} text
     */
    write(name, text) {
        writeFileSync(join(this.project, name), text);
    }

    /**
     * Runs `pulumi`, in the project.
     *
     * @param {string[]} args
     * @param {object} [options]
     * @param {"capture" | "tee"} [options.output] Kept for the caller (default), or shown as it comes too.
     * @param {AbortSignal} [options.abort] Kills the engine.
     * @returns {Promise<{ code: number, text: string }>} The exit code, and all that was printed.
     */
    async pulumi(args, { output = "capture", abort } = {}) {
        const { code, stdout, stderr } = await run(
            "pulumi",
            [...args, "--non-interactive", "--color", "never"],
            { cwd: this.project, env: this.env, output, abort },
        );
        return { code, text: `${stdout}${stderr}` };
    }

    /** Makes the stack, and chooses it. */
    async init() {
        const { code, text } = await this.pulumi(["stack", "init", "demo"]);
        if (code !== 0) {
            throw new Error(`pulumi stack init failed: ${text}`);
        }
    }

    /** Throws all of it away. */
    remove() {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
