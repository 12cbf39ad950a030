import { existsSync, rmSync } from "node:fs";
import { buildPackages } from "../lib/packages.mjs";
import { useFolder, useSaid, write } from "./support.mjs";

const folder = useFolder();
const said = useSaid();

beforeEach(() => {
    write(folder("package.json"), { workspaces: ["lib", "user", "examples/*", "later"] });
    write(folder("package-lock.json"), "{}");
    write(folder("tsconfig.base.json"), "{}");
    write(folder("lib/package.json"), { name: "@x/lib", scripts: { build: "make" } });
    write(folder("lib/src/index.ts"), "1");
    write(folder("lib/tests/index.test.ts"), "1");
    write(folder("user/package.json"), {
        name: "user",
        scripts: { build: "make" },
        peerDependencies: { "@x/lib": "*" },
    });
    write(folder("user/src/deep/index.ts"), "1");
    write(folder("examples/alone/package.json"), { name: "alone", scripts: { build: "make" } });
    write(folder("examples/unbuilt/package.json"), { name: "unbuilt", scripts: { test: "jest" } });
});

const places = { "@x/lib": "lib", user: "user", alone: "examples/alone" };
const npm = jest.fn(async (root, args) => {
    write(`${root}/${places[args.at(-1)]}/dist/index.js`, "built");
    return { ok: true };
});
beforeEach(() => npm.mockClear());

const build = (runNpm = npm) => buildPackages(folder(), runNpm);

test("packages that have a build script are built in the order of the workspaces", async () => {
    expect(await build()).toEqual(["@x/lib", "user", "alone"]);
    expect(npm.mock.calls.map(([, args]) => args.join(" "))).toEqual([
        "run --silent build -w @x/lib",
        "run --silent build -w user",
        "run --silent build -w alone",
    ]);
    expect(said()).toBe("build: @x/lib\nbuild: user\nbuild: alone\n");
});

test("nothing is built when nothing has changed", async () => {
    await build();
    write(folder("lib/tests/index.test.ts"), "2");
    expect(await build()).toEqual([]);
    expect(npm).toHaveBeenCalledTimes(3);
});

test("two at once build once", async () => {
    await Promise.all([build(), build()]);
    expect(npm).toHaveBeenCalledTimes(3);
});

test.each([
    ["a source", "user/src/deep/index.ts", ["user"]],
    ["a new source", "user/src/new.ts", ["user"]],
    ["build.mjs", "user/build.mjs", ["user"]],
    ["a tsconfig", "user/tsconfig.build.json", ["user"]],
    ["a package and who uses it", "lib/src/index.ts", ["@x/lib", "user"]],
    ["the shared tsconfig", "tsconfig.base.json", ["@x/lib", "user", "alone"]],
    ["the dependencies", "package-lock.json", ["@x/lib", "user", "alone"]],
])("a change is built: %s", async (_what, file, expected) => {
    await build();
    write(folder(file), "changed");
    expect(await build()).toEqual(expected);
    expect(await build()).toEqual([]);
});

test.each([
    ["removed", (file) => rmSync(file)],
    ["written by another build", (file) => write(file, "something else")],
])("a package is built again when its dist was %s", async (_what, change) => {
    await build();
    change(folder("lib/dist/index.js"));
    expect(await build()).toEqual(["@x/lib"]);
});

test("what is edited during its build is built again", async () => {
    await build(async (root, args) => {
        const outcome = await npm(root, args);
        write(folder("user/src/deep/index.ts"), "edited meanwhile");
        return outcome;
    });
    expect(await build()).toEqual(["user"]);
});

test("a failed build is told, and tried again the next time", async () => {
    const failing = async (root, args) => (args.at(-1) === "user" ? { ok: false } : npm(root, args));
    await expect(build(failing)).rejects.toThrow("build: user failed");
    expect(existsSync(folder(".stamps/build.lock"))).toBe(false);
    expect(await build()).toEqual(["user", "alone"]);
});
