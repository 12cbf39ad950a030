import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { run } from "../run.mjs";
import { say, tilde } from "../say.mjs";
import { executable, findOnPath, LANGUAGE_HOST, PULUMI, SHIMS } from "./executables.mjs";
import { ENGINE_VERSION, isAtLeast, LANGUAGE_HOST_VERSION, OLDEST_GO, parseVersion } from "./versions.mjs";

const SDK = "github.com/pulumi/pulumi/sdk/v3";
const SIGN_OF_LIFE_MILLISECONDS = 30_000;

/**
 * Builds the engine from the Go module proxy with the user's own `go`. What is built is pinned, with checksums, by the
 * modules in scripts/engine: two of them, because the language host is only to be had from an older SDK.
 *
 * @param {string} draft An empty folder.
 * @param {object} options
 * @param {string} options.root The checkout.
 * @param {string} options.folder Where the engine will be kept, for the message.
 * @param {NodeJS.ProcessEnv} options.env
 * @returns {Promise<string>} the folder that holds the programs
 */
export async function buildWithGo(draft, { root, folder, env }) {
    const go = await findGo(root, env);
    say(
        `engine: building Pulumi v${ENGINE_VERSION} from the Go module proxy: 3 to 5 minutes on 2 cores, once; ` +
            `kept in ${tilde(folder)}`,
    );
    const out = join(draft, "built");
    mkdirSync(out);
    const pulumi = moduleFolder(root, "pulumi");
    const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
    await withSignsOfLife(async () => {
        await go(pulumi, buildArguments(join(out, PULUMI), ENGINE_VERSION, command));
        const host = `${SDK}/nodejs/cmd/pulumi-language-nodejs`;
        const languageHost = moduleFolder(root, "language-nodejs");
        await go(languageHost, buildArguments(join(out, LANGUAGE_HOST), LANGUAGE_HOST_VERSION, host));
    });
    const sdk = (await go(pulumi, ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK])).trim();
    for (const shim of SHIMS) {
        copyFileSync(join(sdk, "nodejs", "dist", shim), join(out, shim));
        // The module cache is read-only.
        chmodSync(join(out, shim), 0o755);
    }
    return out;
}

function moduleFolder(root, name) {
    return join(root, "scripts", "engine", name);
}

function buildArguments(file, version, command) {
    const flags = `-s -w -X ${SDK}/go/common/version.Version=v${version}`;
    return ["build", "-mod=readonly", "-trimpath", "-o", file, "-ldflags", flags, command];
}

/** @returns {Promise<(cwd: string, args: string[]) => Promise<string>>} runs `go`, for what it prints */
async function findGo(root, env) {
    const path = findOnPath(executable("go"), env);
    if (path === undefined) {
        throw new Failure("there is no `go` on PATH");
    }
    const go = async (cwd, args) => {
        // A go.work file above the checkout would leave these modules out.
        const { ok, stdout, stderr } = await run(path, args, { cwd, env: { ...env, GOWORK: "off" } });
        if (!ok) {
            throw new Failure(`\`go ${args[0]}\` failed: ${lastLines(stderr)}`);
        }
        return stdout;
    };
    // Asked within a module, go tells the toolchain that it would really use there, or why it can use none.
    const said = await go(moduleFolder(root, "pulumi"), ["version"]);
    const version = parseVersion(said);
    if (version === undefined || !isAtLeast(version, OLDEST_GO)) {
        throw new Failure(`${path} is too old (${said.trim()}); Go ${OLDEST_GO} or newer is needed`);
    }
    return go;
}

function lastLines(text) {
    const telling = text
        .split("\n")
        .filter((line) => line.trim() !== "" && !line.startsWith("go: downloading"));
    return telling.slice(-3).join(" ");
}

async function withSignsOfLife(task) {
    const since = Date.now();
    const timer = setInterval(
        () => say(`engine: still building (${Math.round((Date.now() - since) / 1000)} s)`),
        SIGN_OF_LIFE_MILLISECONDS,
    );
    try {
        await task();
    } finally {
        clearInterval(timer);
    }
}
