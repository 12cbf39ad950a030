import { existsSync, readFileSync, rmSync } from "node:fs";
import { installDependencies } from "../lib/dependencies.mjs";
import { useFolder, useSaid, write } from "./support.mjs";

const folder = useFolder();
const said = useSaid();

const locked = {
    "": { devDependencies: { tool: "1.0.0" } },
    app: { name: "app", dependencies: { lib: "2.0.0" } },
    "node_modules/app": { resolved: "app", link: true },
    "node_modules/tool": { version: "1.0.0", integrity: "sha512-tool" },
    "node_modules/lib": { version: "2.0.0", integrity: "sha512-lib" },
    "node_modules/native-elsewhere": { version: "1.0.0", integrity: "sha512-native", optional: true },
};

beforeEach(() => {
    write(folder("package.json"), { workspaces: ["app"], devDependencies: { tool: "1.0.0" } });
    write(folder("app/package.json"), { name: "app", dependencies: { lib: "2.0.0" } });
    write(folder("package-lock.json"), { packages: locked });
});

/** Does what npm does: removes node_modules, puts the packages there, and notes at the end what it has installed. */
const npm = jest.fn(async (root) => {
    rmSync(folder("node_modules"), { recursive: true, force: true });
    const { "": _root, "node_modules/native-elsewhere": _native, ...packages } = locked;
    for (const path of Object.keys(packages)) {
        write(folder(path, "index.js"), "");
    }
    write(`${root}/node_modules/.package-lock.json`, { packages });
    return { ok: true };
});
beforeEach(() => npm.mockClear());

const install = (runNpm = npm) => installDependencies(folder(), runNpm);

test("a fresh clone is installed once, and says so", async () => {
    expect(await install()).toBe(true);
    expect(npm).toHaveBeenCalledTimes(1);
    expect(npm.mock.calls[0][1]).toEqual(["ci", "--include=dev", "--no-audit", "--no-fund"]);
    expect(said()).toMatch(/installing what package-lock.json lists \(npm ci\)/);

    expect(await install()).toBe(false);
    expect(npm).toHaveBeenCalledTimes(1);
});

test("two at once install once", async () => {
    const results = await Promise.all([install(), install()]);
    expect(npm).toHaveBeenCalledTimes(1);
    expect(results.sort()).toEqual([false, true]);
});

test("who has waited for the lock looks at the stamp again", async () => {
    const unnoted = jest.fn(async (root) => {
        const outcome = await npm(root);
        rmSync(folder("node_modules/.package-lock.json"));
        return outcome;
    });
    await Promise.all([install(unnoted), install(unnoted)]);
    expect(unnoted).toHaveBeenCalledTimes(1);
});

test("what npm has installed by hand is taken as it is", async () => {
    await npm(folder());
    npm.mockClear();
    expect(await install()).toBe(false);
    expect(npm).not.toHaveBeenCalled();
    expect(said()).toBe("");
});

test.each([
    ["another version", { version: "2.0.1", integrity: "sha512-lib" }],
    ["other contents", { version: "2.0.0", integrity: "sha512-other" }],
])("an installation by hand with %s is not trusted", async (_what, lib) => {
    await npm(folder());
    npm.mockClear();
    write(folder("package-lock.json"), { packages: { ...locked, "node_modules/lib": lib } });
    expect(await install()).toBe(true);
});

test("an installation by hand that lacks a package is not trusted", async () => {
    await npm(folder());
    rmSync(folder("node_modules/lib"), { recursive: true });
    expect(await install()).toBe(true);
});

test("npm has its say when a package.json asks for what the lock file does not have", async () => {
    await install();
    write(folder("app/package.json"), { name: "app", dependencies: { lib: "3.0.0" } });
    expect(await install()).toBe(true);
});

test("removing node_modules is noticed", async () => {
    await install();
    rmSync(folder("node_modules"), { recursive: true });
    expect(await install()).toBe(true);
});

test("a failed installation is told, and tried again the next time", async () => {
    await expect(install(async () => ({ ok: false }))).rejects.toThrow(/`npm ci` failed/);
    expect(existsSync(folder("node_modules/.setup-stamp"))).toBe(false);
    expect(existsSync(folder(".stamps/dependencies.lock"))).toBe(false);
    expect(await install()).toBe(true);
    expect(readFileSync(folder("node_modules/.setup-stamp"), "utf8")).not.toBe("");
});
