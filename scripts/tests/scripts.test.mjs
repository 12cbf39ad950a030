import { start, useFolder, write, writeProgram } from "./support.mjs";

const folder = useFolder();

function runEngine(env) {
    const all = { ...process.env, PATH: folder("bin"), PULUMI_COGNIGY_CACHE: folder("cache"), ...env };
    return start(process.execPath, ["scripts/engine.mjs"], all).ended;
}

test("the engine script prints the folder, and nothing else, on stdout", async () => {
    writeProgram(folder("bin/pulumi"), "echo v3.200.0");
    writeProgram(folder("bin/pulumi-language-nodejs"), "");
    expect(await runEngine()).toEqual({
        code: 0,
        signal: null,
        stdout: `${folder("bin")}\n`,
        stderr: `engine: Pulumi v3.200.0 from PATH (${folder("bin")})\n`,
    });
});

test("without an engine it prints nothing on stdout and fails", async () => {
    write(folder("cache"), "a file where the folder should be");
    const { code, stdout, stderr } = await runEngine();
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^engine: there is no Pulumi engine to run on/);
});

test.each(["engine", "build", "lint", "test"])(
    "%s says in one line that this Node is too old",
    async (name) => {
        write(
            folder("old.cjs"),
            'Object.defineProperty(process, "versions", { value: { node: "20.18.3" } });',
        );
        const { code, stdout, stderr } = await start(process.execPath, [
            "--require",
            folder("old.cjs"),
            `scripts/${name}.mjs`,
        ]).ended;
        expect(code).toBe(1);
        expect(stdout).toBe("");
        expect(stderr).toMatch(/^pulumi-cognigy needs Node.js 20.19 or newer; this is 20.18.3 \(.*\)\.\n$/);
    },
);
