import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { delimiter } from "node:path";
import { resolveEngine } from "../lib/engine/resolve.mjs";
import { useFolder, useSaid, write, writeProgram } from "./support.mjs";

const folder = useFolder();
const said = useSaid();

const engineName = `3.170.0-${process.platform}-${process.arch}`;
const inCache = (...parts) => folder("cache", "engine", engineName, ...parts);

const ensureDependencies = jest.fn(async () => {});
const offline = jest.fn(async () => {
    throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND get.pulumi.com") });
});
const online = jest.fn(async () => ({ ok: true }));
beforeEach(() => {
    jest.clearAllMocks();
    for (const name of ["bin", "root/scripts/engine/pulumi", "root/scripts/engine/language-nodejs"]) {
        mkdirSync(folder(name), { recursive: true });
    }
});

function resolve({ fetcher = offline, path = [folder("bin")] } = {}) {
    const env = { PATH: path.join(delimiter), PULUMI_COGNIGY_CACHE: folder("cache") };
    return resolveEngine({ root: folder("root"), env, ensureDependencies, fetcher });
}

function writeEngine(place, version) {
    for (const name of [
        "pulumi-language-nodejs",
        "pulumi-resource-pulumi-nodejs",
        "pulumi-analyzer-policy",
    ]) {
        writeProgram(folder(place, name), "");
    }
    writeProgram(folder(place, "pulumi"), `echo ${version}`);
}

/** A `go` that notes what it is asked for, and whose builds are scripts. */
function writeGo({ version = "go1.24.1", build = "true" } = {}) {
    const shims = folder("sdk/nodejs/dist");
    writeProgram(`${shims}/pulumi-resource-pulumi-nodejs`, "");
    writeProgram(`${shims}/pulumi-analyzer-policy`, "");
    writeProgram(
        folder("bin/go"),
        `echo "$PWD: $*" >> ${folder("go.log")}
        case $1 in
        version) echo "go version ${version} linux/amd64" ;;
        build) ${build}; printf '#!/bin/sh\\necho v3.170.0\\n' > "$5"; /bin/chmod 755 "$5" ;;
        list) echo ${folder("sdk")} ;;
        esac`,
    );
}

const goLog = () =>
    readFileSync(folder("go.log"), "utf8").replaceAll(folder("root/scripts/engine/"), "").trim().split("\n");

/** Stands in for the script that runs the official installer. */
function writeInstaller(code) {
    write(folder("root/scripts/lib/engine/official-installer.mjs"), code);
}

describe("on PATH", () => {
    test("a usable engine is taken before all else", async () => {
        writeEngine("bin", "v3.200.0");
        writeEngine(`cache/engine/${engineName}`, "v3.170.0");
        expect(await resolve()).toBe(folder("bin"));
        expect(said()).toBe(`engine: Pulumi v3.200.0 from PATH (${folder("bin")})\n`);
    });

    test.each([
        ["fails", "echo broken >&2; exit 3", /`.*bin\/pulumi version` failed with exit code 3: broken/],
        [
            "is older than v3.150.0",
            "echo v3.149.9",
            /bin\/pulumi is v3.149.9; v3.150.0 or newer \(3.x\) is needed/,
        ],
        ["is of another major version", "echo v4.0.0", /bin\/pulumi is v4.0.0;/],
        ["says no version", "echo hello", /bin\/pulumi is hello;/],
        ["says nothing", "true", /bin\/pulumi is of no known version;/],
    ])("an engine that %s is told and passed over", async (_what, body, why) => {
        writeEngine("bin", "");
        writeProgram(folder("bin/pulumi"), body);
        writeEngine(`cache/engine/${engineName}`, "v3.170.0");
        expect(await resolve()).toBe(inCache());
        expect(said()).toMatch(why);
        expect(said()).toMatch(/engine: not from PATH: /);
    });

    test("the oldest usable version is used", async () => {
        writeEngine("bin", "v3.150.0");
        expect(await resolve()).toBe(folder("bin"));
    });

    test("an engine without the language host is passed over", async () => {
        writeProgram(folder("bin/pulumi"), "echo v3.200.0");
        writeEngine(`cache/engine/${engineName}`, "v3.170.0");
        expect(await resolve()).toBe(inCache());
        expect(said()).toMatch(/has no pulumi-language-nodejs beside it, and there is none on PATH/);
    });

    test("the language host may be elsewhere on PATH", async () => {
        writeProgram(folder("bin/pulumi"), "echo v3.200.0");
        writeProgram(folder("other/pulumi-language-nodejs"), "");
        expect(await resolve({ path: [folder("bin"), folder("other")] })).toBe(folder("bin"));
    });

    test("a link leads to the real folder", async () => {
        writeEngine("opt/pulumi/bin", "v3.200.0");
        symlinkSync(folder("opt/pulumi/bin/pulumi"), folder("bin/pulumi"));
        expect(await resolve()).toBe(folder("opt/pulumi/bin"));
    });

    test("a version manager's link stays where it is", async () => {
        writeEngine("bin", "");
        rmSync(folder("bin/pulumi"));
        writeProgram(folder("manager/manager"), "echo v3.200.0");
        symlinkSync(folder("manager/manager"), folder("bin/pulumi"));
        expect(await resolve()).toBe(folder("bin"));
    });

    test("a binary is asked for its version once, until it changes", async () => {
        writeEngine("bin", "");
        const binary = (version) => {
            const body = `echo asked >> ${folder("asked")}; echo ${version}; exit`;
            writeProgram(folder("bin/pulumi"), `${body}\n${"#".repeat(1024 * 1024)}`);
        };
        binary("v3.200.0");
        await resolve();
        await resolve();
        expect(readFileSync(folder("asked"), "utf8")).toBe("asked\n");
        binary("v3.201.10");
        await resolve();
        expect(said()).toMatch(/v3\.201\.10 from PATH/);
    });

    test("a version manager's script is asked each time", async () => {
        writeEngine("bin", "");
        writeProgram(folder("bin/pulumi"), `read version < ${folder("version")}; echo $version`);
        write(folder("version"), "v3.200.0\n");
        await resolve();
        write(folder("version"), "v3.201.0\n");
        await resolve();
        expect(said()).toMatch(/v3\.201\.0 from PATH/);
    });
});

describe("the cache", () => {
    test("an engine in the cache is taken", async () => {
        writeEngine(`cache/engine/${engineName}`, "v3.170.0");
        expect(await resolve({ fetcher: online })).toBe(inCache());
        expect(said()).toBe(`engine: Pulumi v3.170.0 from the cache (${inCache()})\n`);
        expect(online).not.toHaveBeenCalled();
    });

    test("half an engine is told once and replaced", async () => {
        writeEngine(`cache/engine/${engineName}`, "v3.170.0");
        rmSync(inCache("pulumi-language-nodejs"));
        writeGo();
        expect(await resolve()).toBe(inCache());
        expect(said().match(/not from the cache: .* lacks pulumi-language-nodejs/g)).toHaveLength(1);
        expect(existsSync(inCache("pulumi-language-nodejs"))).toBe(true);
        expect(readdirSync(folder("cache/engine"))).toEqual([engineName]);
    });
});

describe("the official installer", () => {
    const install = `
        import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
        import { dirname } from "node:path";
        const [version, target] = process.argv.slice(2);
        mkdirSync(target + "/bin", { recursive: true });
        if (dirname(process.env.TMPDIR) !== dirname(target)) throw new Error("the download would not be watched");
        console.log("noise");
        console.error("noise");
        for (const name of ["", "-language-nodejs", "-resource-pulumi-nodejs", "-analyzer-policy"]) {
            writeFileSync(target + "/bin/pulumi" + name, "#!/bin/sh\\necho v" + version);
            chmodSync(target + "/bin/pulumi" + name, 0o755);
        }`;

    test("installs into the cache, after the dependencies, when the network is there", async () => {
        writeInstaller(install);
        writeGo();
        expect(await resolve({ fetcher: online })).toBe(inCache());
        expect(ensureDependencies).toHaveBeenCalledTimes(1);
        expect(online.mock.calls[0][0]).toBe("https://get.pulumi.com");
        expect(said()).toBe(
            "engine: downloading Pulumi v3.170.0 with the official installer, once\n" +
                `engine: Pulumi v3.170.0 from the official installer (${inCache()})\n`,
        );
        expect(readdirSync(folder("cache/engine"))).toEqual([engineName]);
        expect(existsSync(folder("go.log"))).toBe(false);
    });

    test.each([
        ["is out of reach", offline, /cannot be reached: getaddrinfo ENOTFOUND get.pulumi.com/],
        ["is refused", async () => ({ ok: false, status: 403 }), /answered with status 403/],
        [
            "does not answer",
            async () => {
                throw new DOMException("", "TimeoutError");
            },
            /no answer within 3 s/,
        ],
    ])("is not even started when it %s", async (_what, fetcher, why) => {
        writeInstaller(install);
        writeGo();
        await resolve({ fetcher });
        expect(said()).toMatch(why);
        expect(said()).toMatch(/from the Go module proxy/);
        expect(ensureDependencies).not.toHaveBeenCalled();
    });

    test.each([
        ["fails", "console.error('no space left'); process.exit(1)", /official installer: no space left/],
        ["leaves an engine that does not run", install.replace("echo v", "exit 9 # "), /exit code 9/],
        [
            "leaves half an engine",
            install.replace('"-language-nodejs", ', ""),
            /lacks pulumi-language-nodejs/,
        ],
    ])("is given up for a build when it %s", async (_what, code, why) => {
        writeInstaller(code);
        writeGo();
        expect(await resolve({ fetcher: online })).toBe(inCache());
        expect(said()).toMatch(why);
        expect(said()).toMatch(/from the Go module proxy/);
    });
});

describe("the build with go", () => {
    test("builds the pinned modules and adds the shims", async () => {
        writeGo();
        expect(await resolve()).toBe(inCache());
        const log = goLog();
        expect(log[0]).toBe("pulumi: version");
        expect(log[1]).toMatch(
            /^pulumi: build -mod=readonly -trimpath -o \S+\/pulumi -ldflags -s -w -X \S+\.Version=v3\.170\.0 \S+\/pkg\/v3\/cmd\/pulumi$/,
        );
        expect(log[2]).toMatch(
            /^language-nodejs: build .*Version=v3\.68\.0 \S+\/cmd\/pulumi-language-nodejs$/,
        );
        expect(log[3]).toMatch(/^pulumi: list -mod=readonly -m /);
        expect(log).toHaveLength(4);
        expect(readdirSync(inCache()).sort()).toEqual([
            "pulumi",
            "pulumi-analyzer-policy",
            "pulumi-language-nodejs",
            "pulumi-resource-pulumi-nodejs",
        ]);
        expect(said()).toMatch(
            /building Pulumi v3.170.0 from the Go module proxy: 3 to 5 minutes on 2 cores, once/,
        );
    });

    test("two at once build once", async () => {
        writeGo();
        expect(await Promise.all([resolve(), resolve()])).toEqual([inCache(), inCache()]);
        expect(goLog().filter((line) => line.includes(": build "))).toHaveLength(2);
        expect(said()).toMatch(
            new RegExp(`waiting for process ${process.pid}, which is getting the Pulumi engine`),
        );
    });

    test("a failed build leaves nothing behind, and neither does one that was killed", async () => {
        write(folder("cache/engine", `.${engineName}-abandoned`, "pulumi"), "half");
        writeGo({
            build: "echo go: downloading x >&2; echo 'verifying module: checksum mismatch' >&2; exit 1",
        });
        await expect(resolve()).rejects.toThrow(
            /Go module proxy: `go build` failed: verifying module: checksum mismatch/,
        );
        expect(readdirSync(folder("cache/engine"))).toEqual([]);
    });

    test("an old go is told", async () => {
        writeGo({ version: "go1.20.14" });
        await expect(resolve()).rejects.toThrow(
            /bin\/go is too old \(go version go1.20.14 .*\); Go 1.23.0 or newer is needed/,
        );
    });

    test.each([
        ["half an engine", 'case "$5" in *language-nodejs) exit ;; esac'],
        ["an engine that does not run", 'printf \'exit 9\' > "$5"; /bin/chmod 755 "$5"; exit'],
    ])("%s never gets into the cache", async (_what, build) => {
        writeGo({ build });
        await expect(resolve()).rejects.toThrow(/Go module proxy: /);
        expect(readdirSync(folder("cache/engine"))).toEqual([]);
    });
});

describe("when there is no way to an engine", () => {
    test("the error lists all that was tried, why it failed, and what to do", async () => {
        writeProgram(folder("bin/pulumi"), "echo v2.0.0");
        await expect(resolve()).rejects.toThrow(
            [
                "engine: there is no Pulumi engine to run on. Tried, in this order:",
                `  1. PATH: ${folder("bin/pulumi")} is v2.0.0; v3.150.0 or newer (3.x) is needed`,
                "  2. the cache: no `pulumi` there",
                "  3. the official installer: https://get.pulumi.com cannot be reached: getaddrinfo ENOTFOUND get.pulumi.com",
                "  4. the Go module proxy: there is no `go` on PATH",
                "What to do: install Pulumi 3.150.0 or newer (https://www.pulumi.com/docs/install/) so that `pulumi` is",
                "on PATH, or install Go 1.23.0 or newer (https://go.dev/dl/), and run this again.",
            ].join("\n"),
        );
    });

    test("a cache that cannot be written is told", async () => {
        write(folder("cache"), "a file where the folder should be");
        await expect(resolve()).rejects.toThrow(/3\. a new engine: it cannot be kept in .*: E(EXIST|NOTDIR)/);
    });
});
